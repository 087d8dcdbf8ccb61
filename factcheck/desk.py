"""The desk: where a reader reports an error, with the page and the part of it already named."""

from functools import lru_cache
from html import unescape
from urllib.parse import quote, quote_plus

from .claimreview import absolute
from .content import Site
from .page import Page
from .words import Words


class Desk:
    """Gives the address at which an error is reported: that of a new issue, else of a letter (RFC 6068)."""

    def __init__(self, site: Site, words: Words) -> None:
        self.site, self.words = site, words
        self._quoted = quote_plus if site.repository else _quoted
        self._before, self._after = words.gettext("Page: %(address)s", address="\n").split("\n")
        self._about = lru_cache(1)(self._of_page)  # of which many parts are asked for, one after the other
        self._told = lru_cache(100)(self._of_part)

    def __call__(self, page: Page, part: str = "", heading: str = "") -> str:
        """Return the address for a page.

        `part` is the fragment of the part that is meant, `heading` what stands over it, as HTML.
        """
        return self._about(page.address, page.title, page.listed) + self._told(part, heading)

    def _of_page(self, address: str, title: str, listed: bool) -> str:
        here = absolute(self.site, address)
        body = self._quoted(f"{self._before}{here}")
        if self.site.repository:
            shown = (address if listed else "") or title or self.site.title
            error = self._quoted(self.words.gettext("Error: %(page)s", page=shown))
            return f"{self.site.repository}/issues/new?title={error}&body={body}"
        subject = self._quoted(self.words.gettext("Error: %(page)s", page=here))
        return f"mailto:{self.site.contact}?subject={subject}&body={body}"

    def _of_part(self, part: str, heading: str) -> str:
        asked = self.words.gettext("What is wrong, and the source that shows it:")
        below = f"{self._after}\n{unescape(heading)}" if heading else self._after
        return self._quoted(part) + self._quoted(f"{below}\n\n{asked}\n")


def _quoted(text: str) -> str:
    """Return a text as it stands in the address of a letter, where "+" is no space."""
    return quote(text, safe="")
