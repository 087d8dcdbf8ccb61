"""Names: how records name the things of the site, and what they say of a page."""

from collections.abc import Iterable
from typing import Any

from . import addresses
from .catalogue import Catalogue
from .claimreview import absolute
from .leaves import Leaf
from .page import Page
from .records import Named, Rated
from .shown import Shown


class Names:
    """The things of a site as its records name them, with full addresses."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue, self.site = catalogue, catalogue.library.site

    def absolute(self, address: str) -> str:
        """Return the full address of a page."""
        return absolute(self.site, address)

    def named(self, name: str, title: str, address: str) -> Named:
        """Return a thing as others name it."""
        return Named(id=name, name=title, url=self.absolute(address))

    def claims(self, claims: Iterable[Shown]) -> tuple[Rated, ...]:
        """Return claims as lists name them."""
        return tuple(map(self.rated, claims))

    def rated(self, claim: Shown) -> Rated:
        """Return a claim as lists name it."""
        url, verdict = self.absolute(claim.address), claim.verdict.label
        return Rated(id=claim.id, name=claim.title, url=url, verdict=verdict)

    def event(self, name: str) -> Named | None:
        """Return an event as others name it, None where there is none."""
        found = self.catalogue.happenings.get(name)
        return found and self.named(name, found[1], addresses.event(found[0], name))

    def head(self, page: Page, kind: str) -> dict[str, Any]:
        """Return what the record of a page begins with."""
        return {
            "schema_": self.absolute(addresses.schema(kind)),
            "type": kind,
            "url": self.absolute(page.address),
            "title": page.title or self.site.title,
            "description": page.description,
            "language": page.language or self.site.language,
            "licence": self.site.licence.url,
            "changed": page.changed,
        }

    def leafed(self, page: Page, kind: str, leaf: Leaf[Any]) -> dict[str, Any]:
        """Return the same of one page of a list."""
        following = self.absolute(addresses.twin(leaf.after)) if leaf.after is not None else None
        return {**self.head(page, kind), "total": leaf.total, "following": following}
