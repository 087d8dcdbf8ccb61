"""Offline: the whole record in one file, to keep and to read where there is no network.

The file holds what the pages show, with fonts, styles and script in it. Links between its pages lead
within the file, all others to the living site. A site with more claims than `api.BOUND` has such a
file for each document instead, as far as that has no more.
"""

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from html import unescape
from posixpath import normpath
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from . import addresses, assets
from .api import Kept, kept
from .catalogue import Catalogue
from .claimreview import absolute
from .facets import Facet, facets
from .lazy import Anew
from .page import Made, Page
from .renderer import Renderer, render
from .shelf import told
from .shown import Shown

_APART = ("search.html", "feeds.html", "data.html", "404.html")
# Only tags and the style are rewritten: a text of a card may look like either. No text and no value has
# "<" or ">" in it, so what stands in a tag is what ">" follows before any "<".
# What a tag uses of the sprite stays.
_HELD = re.compile(
    r'( (?:id|for|(?<!<use )href|aria-(?:labelled|described)by|data-copy)="(?!https?://)[^"]*+")'
    r"(?=[^<>]*+>)"
)
_BROKEN = re.compile(r'\n\s*(?=(?:id|for|href|aria-\w+|data-copy)="[^"]*+"[^<>]*+>)')  # a line, within a tag
_STYLE = re.compile(rb"<style>.*?</style>", re.DOTALL)
_MAIN, _END = b'<main id="main">', b"</main>"
_SELECTED = re.compile(r'\[href="#([\w-]+)"\]|#([a-zA-Z][\w-]*)')
_FONT = re.compile(rb"url\((?:\.\./)*(assets/[\w.-]+\.woff2)\)")


def books(
    renderer: Renderer, catalogue: Catalogue, pages: Mapping[str, Page], files: Mapping[str, bytes]
) -> Mapping[str, Made]:
    """Return the files to keep, by their address: of all pages, or of each document's own."""
    of = {one.address: one for one in kept(catalogue)}

    def held(one: Kept) -> list[str]:
        if not one.document:
            return [name for name, page in pages.items() if page.listed and page.template not in _APART]
        own = [addresses.document(one.document), *(claim.address for claim in one.claims)]
        return [addresses.file_of(address) for address in own]

    def parts(address: str) -> list[object]:  # what a page is called and how it is styled stands in it
        return [of[address], *(told(files, name).sha256 for name in held(of[address]))]

    def book(address: str) -> Made:
        return _book(renderer, catalogue, of[address], [pages[name] for name in held(of[address])], files)

    return Anew(of, book, parts)


def _book(
    renderer: Renderer,
    catalogue: Catalogue,
    one: Kept,
    held: Sequence[Page],
    files: Mapping[str, bytes],
) -> Made:
    page = Page(one.address, "offline.html", one.title, "",
                partial(_values, catalogue, one.claims, held, files),
                "".join(dict.fromkeys(map(_rules, held))), listed=False)  # fmt: skip
    content, faults = render(renderer, page)
    return _bound(content, files), faults


def _values(
    catalogue: Catalogue,
    claims: Sequence[Shown],
    held: Sequence[Page],
    files: Mapping[str, bytes],
) -> Mapping[str, Any]:
    site = catalogue.library.site
    lead = lru_cache(1000)(partial(_lead, partial(absolute, site), {page.address for page in held}))
    found = facets(catalogue, claims)
    return {
        "parts": [
            (key(page.address), page.title or site.title, page.language, _part(page, files, lead))
            for page in held
        ],
        "claims": [(claim, _narrowing(found, place)) for place, claim in enumerate(claims)],
        "facets": found,
        "digest_of": assets.digest,
        "carried": lambda text, here: Markup(_carried(text, here, lead, held=False)),
    }


def _bound(content: bytes, files: Mapping[str, bytes]) -> bytes:
    """Return a page with its fonts in it, which nothing has to wait for."""

    def hold(style: re.Match[bytes]) -> bytes:
        held = _FONT.sub(lambda match: b"url(%b)" % _inline(files[match[1].decode()]), style[0])
        return held.replace(b"font-display:optional", b"font-display:block")

    return _STYLE.sub(hold, content, count=1)


def key(address: str) -> str:
    """Return the id under which a page stands in the file."""
    return address or "./"


def _part(page: Page, files: Mapping[str, bytes], lead: Callable[[str, str], str]) -> Markup:
    """Return what a page shows, as a part of the file."""
    content = files[addresses.file_of(page.address)]
    shown = content.partition(_MAIN)[2].rpartition(_END)[0]
    return Markup(_carried(shown.decode(), page.address, lead, held=True))


def _carried(text: str, address: str, lead: Callable[[str, str], str], *, held: bool) -> str:
    """Return HTML of a page with its ids told apart from those of others, and its links leading on.

    `held` says whether the ids of the page are its own among those of others.
    """
    own = key(address) if held else ""
    folder = address[: address.rfind("/") + 1]
    outward = addresses.around(folder)[:0:-1]  # what pages ask for by the same folder is the same

    def carry(attribute: str) -> str:
        name, _, value = attribute[1:-1].partition('="')
        if name != "href":
            return "" if name == "data-copy" else f' {name}="{own}{f" {own}".join(value.split())}"'
        if value.startswith("#"):
            return f' href="#{own}{value[1:]}"'
        for outer, way in outward:
            if value.startswith(way):
                return f' href="{lead(outer, f"./{value[len(way) :]}")}"'
        return f' href="{lead(folder, value)}"'

    parts = _HELD.split(_BROKEN.sub(" ", text))
    parts[1::2] = map(carry, parts[1::2])
    return "".join(parts)


def _lead(absolute: Callable[[str], str], inside: set[str], folder: str, link: str) -> str:
    """Return where a link of the pages of a folder leads from within the file, both as HTML writes them."""
    return escape(_led(absolute, inside, folder, unescape(link)))


def _led(absolute: Callable[[str], str], inside: set[str], folder: str, link: str) -> str:
    try:
        parts = urlsplit(link)
    except ValueError:  # the audit tells it
        return link
    if parts.scheme or parts.netloc:
        return link
    path = normpath(f"/{folder}{parts.path}").lstrip("/")
    target = f"{path}/" if path and (parts.path.endswith("/") or parts.path == ".") else path
    if target in inside:
        return f"#{key(target)}{parts.fragment}"
    more = f"?{parts.query}" if parts.query else ""
    return f"{absolute(target)}{more}{f'#{parts.fragment}' if parts.fragment else ''}"


def _rules(page: Page) -> str:
    """Return the style rules of a page for its ids as they are in the file."""
    own = key(page.address)
    return _SELECTED.sub(lambda m: f'[href="#{own}{m[1]}"]' if m[1] else f'[id="{own}{m[2]}"]', page.rules)


def _narrowing(found: Sequence[Facet], place: int) -> str:
    """Return the values by which a list can be narrowed to the claim at a place: v=mixed s=vg."""
    return " ".join(f"{facet.id}={facet.values[at].id}" for facet in found for at in facet.of[place])


def _inline(font: bytes) -> bytes:
    return b"data:font/woff2;base64," + base64.b64encode(font)
