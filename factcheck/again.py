"""Again: a site none of whose parts changed is the one that is published, as far as it lies there whole."""

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from itertools import starmap
from pathlib import Path

from . import stamps
from .folder import folders as within
from .manifest import MANIFEST, SUMS
from .memory import Remembering, code, key_of
from .packing import packed, unpacked
from .problems import Problem
from .shelf import Filed, Shelf
from .site import Site


def inputs(folders: Mapping[str, Path], today: dt.date, settings: object, memory: Remembering) -> bytes:
    """Return a digest of all that a site is made of: files of these folders, day, settings, code."""
    parts = [code(), today.isoformat().encode(), repr(settings).encode()]
    for name, folder in folders.items():
        parts += (name.encode(), *(stamps.digest(one, memory) for one in within(folder)))
    return key_of(*parts)


def remember(memory: Remembering, key: bytes, site: Site, shelf: Shelf) -> None:
    """Note of a site what is wrong with it, and size and digest of what lists all its files."""
    lists = [(name, shelf.filed[name].size, shelf.filed[name].sha256.hex()) for name in (MANIFEST, SUMS)]
    problems = [dataclasses.astuple(problem) for problem in site.problems]
    told = json.dumps([site.claims, problems, lists], ensure_ascii=False)
    memory[key] = packed(told.encode("utf-8", "surrogatepass"))


def recall(memory: Remembering, key: bytes, shelf: Shelf | None) -> Site | None:
    """Return the site that was made of the same, with its files on the shelf; without one, only its problems.

    None where there is none, or where one of its files is not published as it was.
    """
    found = memory.get(key)
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
