"""Recall: what was made before of the same parts is taken from where it was published.

What is remembered is small: what the making of some files asked of the catalogue, a digest of the
answers, and size, digest and links of what came of it. The files themselves are read from the published
folder, and made anew where they are not there as they were. It is remembered by sections, so that
of a section that is as it was not even the pages need be planned. Of files that gather all claims, what
they hold of the claims of a document is remembered.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeVar

from pydantic_core import from_json

from .audit import Asked
from .catalogue import Catalogue
from .content import Site
from .dump import as_json
from .identity import UntraceableError
from .memory import Remembering, code, key_of
from .packing import packed, unpacked
from .sections import Listed
from .shelf import Filed, Shelf
from .shown import Shown
from .trace import GATHERED, Derive, Line, Watch

_END = b"\0"
_NOTHING = b"[false, [], []]"  # of a section that is not known
Links = list[tuple[str, str, str]]
V = TypeVar("V")


class Recalled(NamedTuple):
    """A file that needs not be made: what is noted of it, and what its links ask for."""

    filed: Filed
    asked: dict[Asked, str]


class Trace(NamedTuple):
    """What something was made of: digests of its parts and of the answers to what its making asked."""

    parts: str = ""
    questions: Sequence[str] = ()
    answers: str = ""


class Row(NamedTuple):
    """What is remembered of files that were made together.

    `made` has of each its size, its digest, and its links, each with the file and the id it asks for.
    """

    names: list[str]
    trace: Trace
    made: list[tuple[int, str, Links]]


def row_of(trace: Trace, made: Mapping[str, Recalled]) -> str:
    """Return the row of some files as it is remembered, as JSON."""
    files = [
        (one.filed.size, one.filed.sha256.hex(), [(link, *asked) for asked, link in one.asked.items()])
        for one in made.values()
    ]
    return as_json(Row([*made], trace, files))


def _names(line: bytes) -> list[str]:
    """Return the files of a row, which come first, without reading the rest of it."""
    names: list[str] = json.JSONDecoder().raw_decode(line.decode("utf-8", "surrogatepass"), 1)[0]
    return names


def _row(line: bytes) -> Row:
    names, trace, made = from_json(line, cache_strings="none")
    return Row(names, Trace(*trace), made)


class Found(NamedTuple):
    """A section that needs not be planned: what of it is listed, and its files, with size and digest.

    `asked` tells what their links ask for, a file and an id, by the first page and link that does. All
    of it is plain, for it comes from other processes.
    """

    listed: Sequence[tuple[str, str | None]]
    files: Sequence[tuple[str, int, bytes]]
    asked: Mapping[tuple[str, str], tuple[str, str]]


def surroundings(looks: Mapping[str, bytes], site: Site) -> bytes:
    """Return a digest of what all pages share: templates and assets, settings, code."""
    looked = (part for name in sorted(looks) for part in (name.encode(), looks[name]))
    return key_of(code(), site.as_json().encode(), *looked)


def recalling(
    catalogue: Catalogue, looks: Mapping[str, bytes], memory: Remembering | None, shelf: Shelf | None
) -> "Recall | None":
    """Return what recalls pages; None where nothing is remembered, or nothing is published."""
    if memory is None or shelf is None:
        return None
    return Recall(catalogue, surroundings(looks, catalogue.library.site), memory)


class Recall:
    """Knows which pages are as they were."""

    def __init__(self, catalogue: Catalogue, shared: bytes, memory: Remembering) -> None:
        self.watch = Watch(catalogue, self._portion, self._derived)
        self.shared, self.memory = shared, memory
        self.rows = cache(self._rows)
        for claims in self.watch.latest.values():
            self.watch.digest(claims)  # once, and not in each process that comes of this one

    def section(self, name: str, parts: Sequence[object], shelf: Shelf) -> Found | None:
        """Return what is published of a section that is as it was; None if it must be looked through."""
        head, *rows = self._lines(name) or [_NOTHING]
        whole, trace, listed = json.loads(head)
        if not whole or not self._holds(Trace(*trace), parts):
            return None
        files: list[tuple[str, int, bytes]] = []
        asked: dict[tuple[str, str], tuple[str, str]] = {}
        for row in map(_row, rows):
            found = self._published(row, shelf)
            if found is None:
                return None
            for page, filed, links in found:
                files.append((page, filed.size, filed.sha256))
                for link, file, place in links:
                    asking, what = (page, link), (file, place)
                    asked[what] = min(asking, asked.get(what, asking))
        return Found(listed, files, asked)

    def known(
        self, section: str, parts: Sequence[object], names: Sequence[str], shelf: Shelf
    ) -> tuple[Trace, Mapping[str, Recalled]] | None:
        """Return files of a section that are published and whose parts are as they were, with their trace.

        None if they must be made.
        """
        line = self.rows(section).get(names[0])
        row = _row(line) if line else None
        if row is None or row.names != [*names] or row.trace.parts != self._told(parts):
            return None
        found = self._published(row, shelf)
        if found is None:
            return None
        return row.trace, {
            name: Recalled(filed, {Asked(file, place): link for link, file, place in links})
            for name, filed, links in found
        }

    def noting(self, parts: Sequence[object], make: Callable[[], V]) -> tuple[V, Trace | None]:
        """Return what `make` gives of these parts, with its trace.

        That is None where a part has no digest, or portions are gathered: those are remembered themselves.
        """
        made, asked = self.watch.noting(make)
        told = self._told(parts)
        if not told or GATHERED in asked:
            return made, None
        return made, Trace(told, asked, self.watch.answers(asked).hex())

    def keep(self, section: str, trace: Trace | None, listed: Sequence[Listed], rows: Sequence[str]) -> None:
        """Remember a section: its planning, where all of its files can be recalled, and those that can be."""
        head = as_json([trace is not None, trace or Trace(), listed])
        record = "\n".join([head, *rows]).encode("utf-8", "surrogatepass")
        self.memory[self._place(section)] = packed(record)

    def _place(self, section: str) -> bytes:
        return key_of(self.shared, b"section", section.encode())

    def _lines(self, section: str) -> list[bytes]:
        """Return what is remembered of a section: its planning, and each of its rows."""
        found = self.memory.get(self._place(section))
        return unpacked(found).split(b"\n") if found else []

    def _rows(self, section: str) -> Mapping[str, bytes]:
        """Return the rows of a section by the first file of each, still as JSON: read, all take much room."""
        return {_names(line)[0]: line for line in self._lines(section)[1:]}

    def _published(self, row: Row, shelf: Shelf) -> list[tuple[str, Filed, Links]] | None:
        """Return files that are published as they were, if all that was asked is answered as it was."""
        if row.trace.answers != self.watch.answers(row.trace.questions).hex():
            return None
        found = []
        for name, (size, sha256, links) in zip(row.names, row.made, strict=True):
            filed = shelf.recall(name, size, bytes.fromhex(sha256))
            if filed is None:
                return None
            found.append((name, filed, links))
        return found

    def _holds(self, trace: Trace, parts: Sequence[object]) -> bool:
        told = self._told(parts)
        return told == trace.parts and self.watch.answers(trace.questions).hex() == trace.answers

    def _portion(self, make: Line, claims: Sequence[Shown]) -> Sequence[bytes]:
        """Return what `make` gives for the claims of a document; what is as it was is not made again."""
        key = self._key((make, claims))
        if key and (found := self.memory.get(key)):
            head, *lines = unpacked(found).split(_END)
            questions, answers = json.loads(head)
            if answers == self.watch.answers(questions).hex():
                return lines
        shown = self.watch.catalogue
        lines, asked = self.watch.noting(lambda: [make(shown, claim).encode() for claim in claims])
        if key and not any(_END in line for line in lines):
            noted = as_json([asked, self.watch.answers(asked).hex()]).encode()
            self.memory[key] = packed(_END.join([noted, *lines]))
        return lines

    def _derived(self, make: Derive, text: str) -> str:
        """Return what `make` gives for a text, recalled where it was made before."""
        key = self._key((make, text))
        if key and (found := self.memory.get(key)):
            return unpacked(found).decode()
        made = make(text)
        if key:
            self.memory[key] = packed(made.encode())
        return made

    def _key(self, parts: Sequence[object]) -> bytes | None:
        told = self._told(parts)
        return key_of(self.shared, bytes.fromhex(told)) if told else None

    def _told(self, parts: Sequence[object]) -> str:
        """Return a digest of some parts; "" where one of them has none."""
        try:
            return key_of(*map(self.watch.digest, parts)).hex()[:32]
        except UntraceableError:
            return ""
