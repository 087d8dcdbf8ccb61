"""The audit: what can only be seen in the finished files. Every link and id.

Nothing here knows what the pages are about.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from .problems import Problem

_TAG = r"<[a-z][^\s>]*+\s(?:[^\s>]*+\s)*?"  # up to an attribute: each word of a tag is looked at once
_LINK, _ID = (re.compile(f'{_TAG}{name}="([^"]*)"') for name in ("(?:href|src)", "id"))
_ELSEWHERE = re.compile(r"https?://[^/?#@\\]+(?:[/?#]|$)")  # a web address that names its host at once
_BOUND = "offline/"


class Asked(NamedTuple):
    """What a link asks of the site: a file, and in it an id, or none."""

    file: str
    id: str


def audit(files: Mapping[str, bytes]) -> list[Problem]:
    """Return the links that lead nowhere within the site, and the ids that a page has twice.

    What several pages ask for is told of the first.
    """
    problems: list[Problem] = []
    asked: dict[Asked, tuple[str, str]] = {}
    for name, content in files.items():
        faults, more = audit_page(name, content)
        problems += faults
        for one, link in more.items():
            asked.setdefault(one, (name, link))
    return [*problems, *audit_links(asked, files)]


def audit_page(name: str, content: bytes) -> tuple[list[Problem], dict[Asked, str]]:
    """Return what is wrong with the ids and links of a page, and what its links ask of others.

    That gives of what is asked how the link is written.
    """
    if not name.endswith(".html") or name.startswith(_BOUND):
        return [], {}
    text = content.decode()
    counts = Counter(_ID.findall(text))
    twice = sorted(one for one, count in counts.items() if count > 1)
    problems = [_problem(name, f'the id "{one}" stands twice in this page') for one in twice]
    asked: dict[Asked, str] = {}
    for link in sorted(set(_LINK.findall(text))) if name != "404.html" else ():
        if _ELSEWHERE.match(link):
            continue
        parts = _parted(link)
        if parts and _is_disguised(parts):
            problems.append(_problem(name, f'the link "{link}" does not name its host at once'))
        one = _asked(name, parts) if parts else Asked(link, "")  # what cannot be read leads nowhere
        if one and one.file != name:
            asked[one] = link
        elif one and one.id and one.id not in counts:
            problems.append(_problem(name, f'the link "{link}" leads to no "{one.id}" in that page'))
    return problems, asked


def audit_links(asked: Mapping[Asked, tuple[str, str]], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what is asked for and is not there; each names the page and the link that ask for it."""
    ids: dict[str, set[str]] = {}
    for (file, fragment), (page, link) in asked.items():
        if file not in files:
            yield _problem(page, f'the link "{link}" leads to no page')
        elif fragment and file.endswith(".html"):
            if file not in ids:
                ids[file] = set(_ID.findall(files[file].decode()))
            if fragment not in ids[file]:
                yield _problem(page, f'the link "{link}" leads to no "{fragment}" in that page')


def _parted(link: str) -> SplitResult | None:
    """Return the parts of a link, None where it cannot be read."""
    try:
        return urlsplit(link.replace("&amp;", "&"))
    except ValueError:
        return None


def _asked(page: str, parts: SplitResult) -> Asked | None:
    """Return what a link of a page asks for; None where it leads out of the site."""
    if parts.scheme or parts.netloc:
        return None
    target = page
    if parts.path:
        folder = page.rpartition("/")[0]
        target = normpath(f"{folder}/{unquote(parts.path)}" if folder else unquote(parts.path))
        if parts.path.endswith("/") or parts.path == ".":
            target = f"{target}/index.html".removeprefix("./")
    return Asked(target, unquote(parts.fragment))


def _is_disguised(parts: SplitResult) -> bool:
    """Return whether a web address hides where it leads: a user before its host, no scheme or no host."""
    web = parts.scheme in ("http", "https")
    return "@" in parts.netloc or (bool(parts.netloc) and not parts.scheme) or (web and not parts.netloc)


def _problem(page: str, message: str) -> Problem:
    mend = "Mend it in the card or text that this page shows, or in its template."
    return Problem(f"site/{page}", 0, 0, "link", message, mend)
