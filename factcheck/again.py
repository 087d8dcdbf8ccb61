"""Again: a site none of whose parts changed is the one that is published, as far as it lies there whole."""

import dataclasses
import json
from collections.abc import Sequence
from itertools import starmap
from pathlib import Path

from . import stamps
from .manifest import MANIFEST, SUMS
from .memory import Remembering, code, key_of
from .packing import packed, unpacked
from .problems import Problem
from .shelf import Filed, Shelf
from .site import Site


def key(settings: object, content: bytes, templates: bytes) -> bytes:
    """Return the key of the site that is made with some settings of these files, by their digests."""
    return key_of(b"site", code(), repr(settings).encode(), content, templates)


def remember(memory: Remembering, key: bytes, site: Site, shelf: Shelf) -> None:
    """Note of a site what is wrong with it, and size and digest of what lists all its files."""
    lists = [(name, shelf.filed[name].size, shelf.filed[name].sha256.hex()) for name in (MANIFEST, SUMS)]
    problems = [dataclasses.astuple(problem) for problem in site.problems]
    told = json.dumps([site.claims, problems, lists], ensure_ascii=False)
    memory[key] = packed(told.encode("utf-8", "surrogatepass"))
    memory[_any()] = b"1"


def recall(
    memory: Remembering, settings: object, content: Path, templates: Path, shelf: Shelf | None
) -> Site | None:
    """Return the site that was made of the same, with its files on the shelf; without one, only its problems.

    None where there is none, or where one of its files is not published as it was.
    """
    if not memory.get(_any()):
        return None  # nor need the files be looked at
    found = memory.get(key(settings, *(stamps.of_folder(one, memory) for one in (content, templates))))
    if not found:
        return None
    claims, told, lists = json.loads(unpacked(found))
    problems = [*starmap(Problem, told)]
    if shelf is None:
        return Site({}, problems, claims=claims)
    shelf.open()
    shelf.look()
    if not _laid(shelf, lists):
        return None
    listed = [(one["path"], one["bytes"], one["sha256"]) for one in json.loads(shelf[MANIFEST])["files"]]
    return Site(shelf, problems, claims=claims) if _laid(shelf, listed) else None


def _any() -> bytes:
    """Return the key under which it is noted that this code has remembered any site."""
    return key_of(b"any", code())


def _laid(shelf: Shelf, files: Sequence[tuple[str, int, str]]) -> bool:
    """Lay files on a shelf that are published with such a size and digest; return whether all of them are."""
    laid: dict[str, Filed] = {}
    for name, size, digest in files:
        if not (filed := shelf.recall(name, size, bytes.fromhex(digest))):
            shelf.filed = {}
            return False
        laid[name] = filed
    shelf.filed |= laid
    return True
