"""The audit: what can only be seen in the finished files. Every link and id within the site.

Nothing here knows what the pages are about.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from .problems import Problem

_LINK = re.compile(r'<[a-z][^>]*?\s(?:href|src)="([^"]*)"')
_BOUND = "offline/"
_ID = re.compile(r'<[a-z][^>]*?\sid="([^"]*)"')


class Read(NamedTuple):
    """What a page names: its ids, those that it has twice, and where its links lead."""

    ids: frozenset[str]
    twice: tuple[str, ...]
    links: tuple[str, ...]


def read(name: str, content: bytes) -> Read | None:
    """Return what a page names; None where a file is no page, or is bound of those that are told."""
    if not name.endswith(".html") or name.startswith(_BOUND):
        return None
    text = content.decode()
    counts = Counter(_ID.findall(text))
    twice = tuple(sorted(one for one, count in counts.items() if count > 1))
    return Read(frozenset(counts), twice, tuple(sorted(set(_LINK.findall(text)))))


def audit(files: Mapping[str, bytes], known: Mapping[str, Read | None] | None = None) -> list[Problem]:
    """Return the links that lead nowhere within the site, and the ids that a page has twice.

    `known` gives of the files that were read already what they name.
    """
    known = known or {}
    found = {name: known[name] if name in known else read(name, files[name]) for name in files}
    pages = {name: page for name, page in found.items() if page}
    ids = {name: page.ids for name, page in pages.items()}
    return [problem for name, page in pages.items() for problem in _faults(name, page, files, ids)]


def audit_page(name: str, files: Mapping[str, bytes]) -> list[Problem]:
    """Return the same of one page, without looking for ids in the pages that it leads to."""
    page = read(name, files[name])
    return list(_faults(name, page, files, {name: page.ids})) if page else []


def _faults(
    name: str, page: Read, files: Mapping[str, bytes], ids: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    for twice in page.twice:
        yield _problem(name, f'the id "{twice}" stands twice in this page')
    if name == "404.html":
        return
    for link in page.links:
        missing = _missing(name, link.replace("&amp;", "&"), files, ids)
        if missing:
            yield _problem(name, f'the link "{link}" leads to {missing}')


def _missing(page: str, link: str, files: Mapping[str, bytes], ids: Mapping[str, frozenset[str]]) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    target = page
    if parts.path:
        folder = page.rpartition("/")[0]
        target = normpath(f"{folder}/{unquote(parts.path)}" if folder else unquote(parts.path))
        if parts.path.endswith("/") or parts.path == ".":
            target = f"{target}/index.html".removeprefix("./")
    if target not in files:
        return "no page"
    fragment = unquote(parts.fragment)
    if fragment and target in ids and fragment not in ids[target]:
        return f'no "{fragment}" in that page'
    return ""


def _problem(page: str, message: str) -> Problem:
    mend = "Mend it in the card or text that this page shows, or in its template."
    return Problem(f"site/{page}", 0, 0, "link", message, mend)
