"""Inspection: what is wrong with each document by itself, looked for only where something changed."""

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator

from .library import Library
from .memory import Remembering, code, key_of
from .problems import Finding
from .spread import spread

_MANY = 2_000  # claims from which on it is worth a second process


def inspect(
    library: Library, rule: Callable[[Library], Iterable[Finding]], by: bytes, memory: Remembering | None
) -> Iterator[Finding]:
    """Yield what `rule` finds in each document, asked of a library that has no other.

    `by` tells the rule, and what it goes by besides the library, from any other. What `memory` holds of
    a document is found again.
    """
    keys = {name: key_of(b"found", code(), by, library.mark(name)) for name in library.folders}
    known = {name: memory.get(key) if memory is not None else None for name, key in keys.items()}
    fresh = [name for name, told in known.items() if told is None]
    few = 1 if len(library.claims) > _MANY else len(fresh) + 1
    found = dict(spread(lambda name: _told(rule(library.only(name))), fresh, little=few))
    for name, key in keys.items():
        told = known[name] or found[name]
        if memory is not None and known[name] is None:
            memory[key] = told
        for file, path, *rest in json.loads(told):
            yield Finding(file, tuple(path), *rest)


def _told(findings: Iterable[Finding]) -> bytes:
    told = json.dumps([dataclasses.astuple(finding) for finding in findings], ensure_ascii=False)
    return told.encode("utf-8", "surrogatepass")
