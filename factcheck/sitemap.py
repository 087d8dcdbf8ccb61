"""The sitemap: which pages there are, as search engines read it (sitemaps.org, protocol 0.9)."""

from collections.abc import Iterator, Mapping, Sequence

from .page import Made, Page, showing
from .renderer import Renderer, render
from .sections import Listed, Plan

MOST = 50_000  # addresses that fit into one


def mapped(renderer: Renderer, plan: Plan, _files: Mapping[str, bytes]) -> Mapping[str, Made]:
    """Return the sitemap, made when it is known which pages there are."""
    listed = [one for name in plan.sections for one in plan.listed(name)]
    return {page.address: render(renderer, page) for page in sitemaps(listed)}


def sitemaps(listed: Sequence[Listed], most: int = MOST) -> Iterator[Page]:
    """Yield the sitemap; where it is too long, the parts that it then names."""
    parts = [listed[at : at + most] for at in range(0, len(listed), most)]
    if len(parts) < 2:
        yield Page("sitemap.xml", "sitemap.xml", "", "", showing(listed=listed), listed=False)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield Page("sitemap.xml", "sitemaps.xml", "", "", showing(parts=names), listed=False)
    for name, part in zip(names, parts, strict=True):
        yield Page(name, "sitemap.xml", "", "", showing(listed=part), listed=False)
