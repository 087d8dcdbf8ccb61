"""Twins: beside every page the same as data, `index.json`, and beside a claim's page as Markdown."""

from collections.abc import Iterator

from . import addresses, rolls, things
from .catalogue import Catalogue
from .naming import Names
from .page import Page, text_file
from .prose import prose
from .records import PlainRecord, Thing
from .shown import Shown

_MAKERS = {**things.MAKERS, **rolls.MAKERS}


def twins(catalogue: Catalogue, names: Names, page: Page) -> Iterator[Page]:
    """Yield the twins of a page. That of search is its index."""
    if page.template == "search.html":
        return
    yield text_file(addresses.twin(page.address), _data, names, page)
    if claim := _claim(catalogue, page):
        yield text_file(f"{page.address}index.md", prose, _spoken(catalogue, page), claim)


def _claim(catalogue: Catalogue, page: Page) -> Shown | None:
    """Return the claim that a page shows, if it is a claim's."""
    if page.template != "claim.html":
        return None
    address = page.address.removesuffix(f"{page.language}/") if page.language else page.address
    return _spoken(catalogue, page).by_id[address.removeprefix("documents/").rstrip("/")]


def _spoken(catalogue: Catalogue, page: Page) -> Catalogue:
    """Return the catalogue in the language of a page."""
    return catalogue.abroad[page.language] if page.language else catalogue


def _data(names: Names, page: Page) -> str:
    return written(record(names, page), indent=1) + "\n"


def record(names: Names, page: Page) -> Thing:
    """Return the record of a page."""
    if claim := _claim(names.catalogue, page):  # what its page shows besides need not be worked out
        return things.claim_of(names, page, claim)
    make = _MAKERS.get(page.template)
    return make(names, page, page.values()) if make else PlainRecord(**names.head(page, "page"))


def written(record: Thing, indent: int | None = None) -> str:
    """Return a record as JSON, without what it leaves open."""
    return record.model_dump_json(by_alias=True, exclude_none=True, indent=indent)
