"""Recall: a page that was made before of the same parts is taken from where it was published.

What is remembered is small: what a page asked of the catalogue, a digest of the answers, and size,
digest and links of what came of it. The page itself is read from the published folder, and made
anew where it is not there as it was. Of files that gather all claims, what they hold of the claims of
a document is remembered.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .audit import Asked
from .catalogue import Catalogue
from .content import Site
from .memory import Remembering, code, key_of
from .shelf import Filed, Shelf
from .shown import Shown
from .trace import GATHERED, Line, UntraceableError, Watch

_END = "\0"


class Recalled(NamedTuple):
    """A page that needs not be made: what is noted of it, and what its links ask for."""

    filed: Filed
    asked: dict[Asked, str]


class Kept(NamedTuple):
    """What is to be remembered: a value and its key."""

    key: bytes
    value: bytes


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
        self.watch, self.shared, self.memory = Watch(catalogue, self._portion), shared, memory
        self.fresh: list[Kept] = []

    def known(self, parts: Sequence[object], names: Sequence[str], shelf: Shelf) -> list[Recalled] | None:
        """Return files that are published and whose parts are as they were; None if they must be made."""
        key = self._key(parts)
        found = self.memory.get(key) if key else None
        if not found:
            return None
        questions, answers, made = json.loads(zlib.decompress(found))
        if answers != self.watch.answers(questions).hex():
            return None
        recalled = []
        for name, (size, sha256, links) in zip(names, made, strict=True):
            if not (filed := shelf.recall(name, size, bytes.fromhex(sha256))):
                return None
            recalled.append(Recalled(filed, {Asked(*asked): link for link, *asked in links}))
        return recalled

    def keep(self, parts: Sequence[object], questions: list[str], made: Sequence[Recalled]) -> None:
        """Note what is to be remembered of files that were made without fault.

        Those that gather portions are not: the portions are remembered themselves.
        """
        key = self._key(parts)
        if key is None or GATHERED in questions:
            return
        answers = self.watch.answers(questions).hex()
        rows = [
            [filed.size, filed.sha256.hex(), [[link, *one] for one, link in asked.items()]]
            for filed, asked in made
        ]
        row = json.dumps([questions, answers, rows], ensure_ascii=False)
        self.fresh.append(Kept(key, zlib.compress(row.encode(), 1)))

    def taken(self) -> list[Kept]:
        """Return what is to be remembered since this was asked last."""
        fresh, self.fresh = self.fresh, []
        return fresh

    def _portion(self, make: Line, claims: Sequence[Shown]) -> Sequence[str]:
        """Return what `make` gives for the claims of a document; what is as it was is not made again."""
        key = self._key((make, claims))
        found = self.memory.get(key) if key else None
        if found:
            head, *lines = zlib.decompress(found).decode().split(_END)
            questions, answers = json.loads(head)
            if answers == self.watch.answers(questions).hex():
                return lines
        lines, asked = self.watch.noting(lambda: [make(self.watch.catalogue, claim) for claim in claims])
        if key and not any(_END in line for line in lines):
            head = json.dumps([asked, self.watch.answers(asked).hex()], ensure_ascii=False)
            self.fresh.append(Kept(key, zlib.compress(_END.join([head, *lines]).encode(), 1)))
        return lines

    def _key(self, parts: Sequence[object]) -> bytes | None:
        try:
            return key_of(self.shared, *map(self.watch.digest, parts))
        except UntraceableError:
            return None
