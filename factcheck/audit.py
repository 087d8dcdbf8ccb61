"""The audit: what can only be seen in the finished files. Every link and id.

Nothing here knows what the pages are about.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from .problems import Problem

# No web address that names its host at once, and none of a person.
_AT_ONCE = rb'(?!https?://[^/?#@\\"]+[/?#"]|mailto:[^/\\"])'
_ASKS = re.compile(  # in a tag: that ends, and none begins before
    rb' (id="[^"]*+|href="%b[^"]*+|src="%b[^"]*+)"(?=[^<>]*+>)' % (_AT_ONCE, _AT_ONCE)
)
_ID = ord("i")  # with which an id begins, and neither "href" nor "src"
_BOUND = "offline/"
# A link that says by itself where it leads: names of which nothing is read otherwise, and no way up.
_PLAIN = re.compile(r"(?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?(?:#[\w.-]+)?", re.ASCII)


class Asked(NamedTuple):
    """What a link asks of the site: a file, and in it an id, or none."""

    file: str
    id: str


class Audit:
    """Looks at the ids and links of pages; files that are `there` need not be asked for."""

    def __init__(self, there: Container[str] = ()) -> None:
        self._there = there
        self._sure: dict[str, set[bytes]] = defaultdict(set)  # links that lead there, by the way to the top

    def page(self, name: str, content: bytes) -> tuple[list[Problem], dict[Asked, str]]:
        """Return what is wrong with the ids and links of a page, and what its links ask of others.

        That gives of what is asked how the link is written.
        """
        if not name.endswith(".html") or name.startswith(_BOUND):
            return [], {}
        found = _asking(content)
        counts = Counter(_ids(found))
        twice = sorted(one for one, count in counts.items() if count > 1)
        problems = [_problem(name, f'the id "{one}" stands twice in this page') for one in twice]
        wrong, asked = self._links(name, {*found}, counts) if name != "404.html" else ([], {})
        return problems + [_problem(name, f'the link "{link}" {what}') for link, what in sorted(wrong)], asked

    def _links(
        self, name: str, found: set[bytes], ids: Container[str]
    ) -> tuple[list[tuple[str, str]], dict[Asked, str]]:
        """Return the links of a page that are wrong, each with what is wrong, and what the others ask for."""
        wrong: list[tuple[str, str]] = []
        asked: dict[Asked, str] = {}
        folder, top = name.rpartition("/")[0], "../" * name.count("/")
        upward, sure = (f'href="{top}'.encode(), f'src="{top}'.encode()), self._sure[top]
        for attribute in found - sure:
            if attribute[0] == _ID:
                continue
            if top and attribute.startswith(upward):
                link, one, disguised = _by_top(top, attribute)
                if one and not one.id and one.file in self._there and not disguised:
                    sure.add(attribute)
            else:
                link = _value(attribute)
                if link[:1] == "#" and link[1:] in ids:
                    continue
                one, disguised = _led(folder, link)
            if disguised:
                wrong.append((link, "does not name its host at once"))
            if one is None:
                continue
            if one.file not in ("", name):
                if one.id or one.file not in self._there:
                    asked[one] = max(link, asked.get(one, ""))
            elif one.id and one.id not in ids:
                wrong.append((link, f'leads to no "{one.id}" in that page'))
        return wrong, asked


def audit(files: Mapping[str, bytes]) -> list[Problem]:
    """Return the links that lead nowhere within the site, and the ids that a page has twice.

    What several pages ask for is told of the first.
    """
    problems: list[Problem] = []
    asked: dict[Asked, tuple[str, str]] = {}
    one = Audit()
    for name, content in files.items():
        faults, more = one.page(name, content)
        problems += faults
        for what, link in more.items():
            asked.setdefault(what, (name, link))
    return [*problems, *audit_links(asked, files)]


def _asking(page: bytes) -> list[bytes]:
    """Return the ids of a page, and where it leads but for addresses that say so at once.

    Each is an attribute without the quotation mark at its end.
    """
    before, _, rest = page.partition(b"<style>")
    tags = before + rest.partition(b"</style>")[2]  # a style is much of a page, and has none
    found: list[bytes] = _ASKS.findall(tags.replace(b"\n", b" ").replace(b"\t", b" "))
    return found


def _ids(found: Iterable[bytes]) -> list[str]:
    return [_value(one) for one in found if one[0] == _ID]


def _value(attribute: bytes) -> str:
    return attribute.partition(b'="')[2].decode()


def audit_links(asked: Mapping[Asked, tuple[str, str]], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what is asked for and is not there; each names the page and the link that ask for it."""
    ids: dict[str, set[str]] = {}
    for (file, fragment), (page, link) in asked.items():
        if file not in files:
            yield _problem(page, f'the link "{link}" leads to no page')
        elif fragment and file.endswith(".html"):
            if file not in ids:
                ids[file] = {*_ids(_asking(files[file]))}
            if fragment not in ids[file]:
                yield _problem(page, f'the link "{link}" leads to no "{fragment}" in that page')


@lru_cache(maxsize=1000)
def _parted(folder: str, link: str) -> tuple[Asked | None, bool]:
    """Return what a link of a page in a folder asks for, None where it leads out of the site; and if it
    hides where. The file is "" where it leads within the page.
    """  # fmt: skip
    try:
        parts = urlsplit(link.replace("&amp;", "&"))
    except ValueError:
        return Asked(link, ""), False  # what cannot be read leads nowhere
    if parts.scheme or parts.netloc:
        return None, _is_disguised(parts)
    target = ""
    if parts.path:
        target = normpath(f"{folder}/{unquote(parts.path)}" if folder else unquote(parts.path))
        if parts.path.endswith("/") or parts.path == ".":
            target = f"{target}/index.html".removeprefix("./")
    return Asked(target, unquote(parts.fragment)), _is_disguised(parts)


@lru_cache(maxsize=1000)
def _by_top(top: str, attribute: bytes) -> tuple[str, Asked | None, bool]:
    """Return a link that leads to the top first, as most do, and the same of it: as it is for many pages."""
    link = _value(attribute)
    return link, *_led("", f"./{link[len(top) :]}")


def _led(folder: str, link: str) -> tuple[Asked | None, bool]:
    """Return the same of a link; most say by themselves where they lead."""
    rest = link.removeprefix("./")
    within = folder
    while within and rest.startswith("../"):
        rest, within = rest[3:], within.rpartition("/")[0]
    if not _PLAIN.fullmatch(rest):
        return _parted("" if link.startswith("#") else folder, link)
    file, _, fragment = rest.partition("#")
    if not file and rest == link:
        return Asked("", fragment), False
    target = f"{within}/{file}" if within else file
    return Asked(f"{target}index.html" if target[-1:] in ("", "/") else target, fragment), False


def _is_disguised(parts: SplitResult) -> bool:
    """Return whether a web address hides where it leads: a user before its host, no scheme or no host."""
    web = parts.scheme in ("http", "https")
    return "@" in parts.netloc or (bool(parts.netloc) and not parts.scheme) or (web and not parts.netloc)


def _problem(page: str, message: str) -> Problem:
    mend = "Mend it in the card or text that this page shows, or in its template."
    return Problem(f"site/{page}", 0, 0, "link", message, mend)
