"""What the tests in a browser share: the site, its kinds of page, a tab that is listened to."""

import datetime as dt
import gzip
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import parse_qs

from axe_playwright_python.sync_playwright import Axe
from conftest import DRAWN, ROOT
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from build import Site, assemble
from factcheck.abroad import in_all
from factcheck.catalogue import Catalogue
from factcheck.folder import read_folder
from factcheck.languages import read_all
from factcheck.library import read_library
from factcheck.pages import Page, plan
from factcheck.revisions import versions
from factcheck.shown import Shown

TODAY = dt.date(2026, 11, 22)
SUBPATH = "https://example.org/some/where/"  # as `publish` serves it
SIZES = {1280: 800, 768: 1024, 320: 640}
Publish = Callable[..., str]
expect.set_options(timeout=30_000)

AXE = Axe().axe_script
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
CONTRAST = ("color-contrast", "link-in-text-block")  # all that colours change
ROOM = ("scrollable-region-focusable", "target-size")  # all that the size of text changes


# ---------- the site ----------


@cache
def site() -> Site:
    found = assemble(ROOT, TODAY, address=SUBPATH, memory=DRAWN, versions=versions(ROOT))
    assert [str(problem) for problem in found.problems] == []
    return found


@cache
def shown() -> Catalogue:
    library, _ = read_library(ROOT)
    assert library
    words, _ = read_all([library.site.language, *library.languages], read_folder(ROOT / "templates")[0])
    return in_all(library, words)


@cache
def pages() -> list[Page]:
    return [page for page in plan(shown(), TODAY).values() if page.template.endswith(".html")]


def varieties(page: Page) -> list[str]:
    """Return what a page has that others of its template have not."""
    values = page.values()
    if page.template == "claim.html":
        claim = values["claim"]
        marks = {
            "unproven": claim.card.verdict == "unproven",
            "overtaken": claim.card.overtaken,
            "relayed": claim.card.reporting,
        }
        return [claim.card.kind, *(name for name, found in marks.items() if found)]
    if page.template == "speaker.html":
        return ["with a plot" if values["plot"] else "without a plot"]
    if page.template == "document.html":
        return ["with an inferred date" if values["document"].card.date_note else "with a date"]
    return [""]


@cache
def kinds() -> dict[str, str]:
    """Return one address for each kind of page; one that leads away at once shows nothing."""
    found: dict[str, str] = {}
    for page in pages():
        for variety in varieties(page) if page.template != "redirect.html" else ():
            found.setdefault(f"{page.template.removesuffix('.html')} {variety}".strip(), page.address)
    return found


def first(template: str) -> str:
    """Return the address of the first kind of page that a template makes."""
    return next(path for kind, path in kinds().items() if kind.split()[0] == template)


def claims() -> tuple[Shown, ...]:
    return shown().claims


def most_cited() -> Shown:
    return max(claims(), key=lambda claim: (len(claim.card.sources), claim.id))


def plain(text: str) -> str:
    return " ".join(text.split())


# ---------- the browser ----------


@dataclass
class Heard:
    """What a tab said and asked for since it was last cleared."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def listen(self, tab: Tab) -> None:
        tab.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        tab.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        tab.on("request", lambda request: self.asked.append(request.url))

    def clear(self) -> None:
        self.said.clear()
        self.asked.clear()


@contextmanager
def opened(browser: Browser, width: int = 1280, **options: object) -> Iterator[tuple[Tab, Heard]]:
    """Open a tab of its own, as wide as said."""
    context = browser.new_context(viewport={"width": width, "height": SIZES.get(width, 740)}, **options)
    tab, heard = context.new_page(), Heard()
    heard.listen(tab)
    try:
        yield tab, heard
    finally:
        context.close()


def findings(tab: Tab, only: Sequence[str] = (), but: Sequence[str] = ()) -> list[str]:
    """Return what axe finds in a page: by all its standards, by these rules only, or by all but these."""
    options = {
        "resultTypes": ["violations"],
        "runOnly": {"type": "rule", "values": only} if only else {"type": "tag", "values": TAGS},
        "rules": {"target-size": {"enabled": True}, **{rule: {"enabled": False} for rule in but}},
        "preload": False,  # for style sheets of other hosts; there are none
    }
    if tab.evaluate("typeof axe") == "undefined":
        tab.evaluate(AXE)
    found = tab.evaluate("options => axe.run(document, options).then(r => r.violations)", options)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]
    ]


def sideways(tab: Tab) -> int:
    """Return by how much a page is wider than its window."""
    return int(tab.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)"))


def asked(tab: Tab) -> dict[str, list[str]]:
    return parse_qs(tab.evaluate("location.search.slice(1)"))


def squeezed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def without_fading(tab: Tab) -> None:
    tab.evaluate("document.styleSheets[0].insertRule('* {transition: none !important}')")
