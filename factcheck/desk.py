"""The desk: where a reader reports an error, with the page and the part of it already named."""

from functools import lru_cache
from html import unescape
from urllib.parse import quote_plus

from .claimreview import absolute
from .content import Site
from .page import Page
from .words import Words

_quoted = lru_cache(maxsize=1000)(quote_plus)  # what is sent from the parts of a page differs little


def desk(site: Site, words: Words, page: Page, part: str = "", heading: str = "") -> str:
    """Return the address at which an error is reported: that of a new issue, else of a letter (RFC 6068).

    `part` is the fragment of the part that is meant, `heading` what stands over it, as HTML.
    """
    here = absolute(site, page.address)
    before, after = words.gettext("Page: %(address)s", address="\n").split("\n")
    asked = words.gettext("What is wrong, and the source that shows it:")
    below = f"{after}\n{unescape(heading)}" if heading else after
    body = _quoted(f"{before}{here}") + _quoted(part) + _quoted(f"{below}\n\n{asked}\n")
    if site.repository:
        shown = (page.address if page.listed else "") or page.title or site.title
        title = _quoted(words.gettext("Error: %(page)s", page=shown))
        return f"{site.repository}/issues/new?title={title}&body={body}"
    subject = _quoted(words.gettext("Error: %(page)s", page=here))
    letter = f"subject={subject}&body={body}".replace("+", "%20")
    return f"mailto:{site.contact}?{letter}"
