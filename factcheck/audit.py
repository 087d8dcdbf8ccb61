"""The audit: what can only be seen in the finished files. Every link and id within the site.

Nothing here knows what the pages are about.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from .problems import Problem

_LINK = re.compile(r'<[a-z][^>]*?\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'<[a-z][^>]*?\sid="([^"]*)"')


def audit(files: Mapping[str, bytes]) -> list[Problem]:
    """Return the links that lead nowhere within the site, and the ids that a page has twice."""
    texts = {name: raw.decode() for name, raw in files.items() if name.endswith(".html")}
    ids = {name: _ID.findall(text) for name, text in texts.items()}
    known = {name: set(found) for name, found in ids.items()}
    return [
        problem for name, text in texts.items() for problem in _faults(name, text, ids[name], files, known)
    ]


def audit_page(name: str, files: Mapping[str, bytes]) -> list[Problem]:
    """Return the same of one page, without looking for ids in the pages that it leads to."""
    if not name.endswith(".html"):
        return []
    text = files[name].decode()
    ids = _ID.findall(text)
    return list(_faults(name, text, ids, files, {name: set(ids)}))


def _faults(
    name: str, text: str, ids: list[str], files: Mapping[str, bytes], known: Mapping[str, set[str]]
) -> Iterator[Problem]:
    for twice in sorted(one for one, count in Counter(ids).items() if count > 1):
        yield _problem(name, f'the id "{twice}" stands twice in this page')
    if name == "404.html":
        return
    for link in sorted(set(_LINK.findall(text))):
        missing = _missing(name, link.replace("&amp;", "&"), files, known)
        if missing:
            yield _problem(name, f'the link "{link}" leads to {missing}')


def _missing(page: str, link: str, files: Mapping[str, bytes], ids: Mapping[str, set[str]]) -> str:
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
