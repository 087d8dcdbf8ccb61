"""Again: a site none of whose parts changed is the one that is published, as far as it lies there whole."""

import dataclasses
import datetime as dt
import json
import os
import zlib
from collections.abc import Mapping
from itertools import starmap
from pathlib import Path

from .folder import each
from .memory import Remembering, code, key_of
from .problems import Problem
from .shelf import Filed, Shelf
from .site import Site
from .spread import spread

_LITTLE = 2000  # files that are not worth a second process


def inputs(folders: Mapping[str, Path], today: dt.date, settings: object) -> bytes:
    """Return a digest of all that a site is made of: files of these folders, day, settings, code."""
    parts = [code(), today.isoformat().encode(), repr(settings).encode()]
    for name, folder in folders.items():
        parts.append(name.encode())
        for file, found in each(folder):
            content = found if isinstance(found, bytes) else repr(found).encode("utf-8", "surrogatepass")
            parts.append(key_of(os.fsencode(file), type(found).__name__.encode(), content))
    return key_of(*parts)


def remember(memory: Remembering, key: bytes, site: Site, shelf: Shelf) -> None:
    """Note of a site what is wrong with it, and size and digest of each of its files."""
    files = [[name, filed.size, filed.sha256.hex()] for name, filed in shelf.filed.items()]
    problems = [dataclasses.astuple(problem) for problem in site.problems]
    told = json.dumps([site.claims, problems, files], ensure_ascii=False)
    memory[key] = zlib.compress(told.encode("utf-8", "surrogatepass"), 1)


def recall(memory: Remembering, key: bytes, shelf: Shelf | None) -> Site | None:
    """Return the site that was made of the same, with its files on the shelf; without one, only its problems.

    None where there is none, or where one of its files is not published as it was.
    """
    found = memory.get(key)
    if not found:
        return None
    claims, told, files = json.loads(zlib.decompress(found))
    problems = [*starmap(Problem, told)]
    if shelf is None:
        return Site({}, problems, claims=claims)
    known = {name: (size, bytes.fromhex(digest)) for name, size, digest in files}
    shelf.open()
    if not all(shelf.recall(name, *known[name]) for name in [*known][:1]):
        return None
    laid: dict[str, Filed] = {}
    for name, filed in spread(lambda name: shelf.recall(name, *known[name]), [*known], little=_LITTLE):
        if filed is not None:
            laid[name] = filed
    if len(laid) < len(known):
        return None
    shelf.filed.update(laid)
    return Site(shelf, problems, claims=claims)
