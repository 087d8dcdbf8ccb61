"""What Markdown of a card may come to, as a parser of HTML5 reads it."""

import re

from selectolax.lexbor import LexborHTMLParser

ELEMENTS = frozenset((
    "p", "ul", "ol", "li", "blockquote", "pre", "table", "thead", "tbody", "tr", "th", "td", "hr", "h2", "h3",
    "a", "sup", "em", "strong", "code", "br",
))  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_OF_A_CITATION = {"id", "class", "role", "aria-label"}
_LEFT_OUT = re.compile("^[\0-\x20]+|[\t\n\r]")  # of addresses: WHATWG, URL Standard, 4.4


def harms(html: str, citations: bool = False) -> list[str]:
    """Return the elements, attributes and addresses that may not be there."""
    found = []
    for node in LexborHTMLParser(f"<!doctype html><body>{html}").css("body *, head *"):
        tag = str(node.tag)
        if tag not in ELEMENTS:
            found.append(f"<{tag}>")
        known = ATTRIBUTES.get(tag, set()) | (_OF_A_CITATION if citations and tag == "a" else set())
        found += [f"<{tag} {name}>" for name in node.attributes if name not in known]
        link = _LEFT_OUT.sub("", node.attributes.get("href") or "").lower()
        scheme = re.match("([a-z][a-z0-9+.-]*):", link)
        if scheme and scheme[1] not in ("http", "https", "mailto"):
            found.append(link)
    return found
