"""Inspection: what is wrong with the content, looked for only where something changed."""

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import partial

from .library import Library
from .memory import FORGETTING, Remembering, code, key_of, once
from .problems import Finding
from .spread import Aside, cores

Rule = Callable[[Library], Iterable[Finding]]

_MANY = 2_000  # claims from which on it is worth other processes


def inspect(library: Library, rule: Rule, by: bytes, memory: Remembering | None) -> Iterator[Finding]:
    """Return what `rule` finds in each document, asked of a library that has no other.

    `by` tells the rule, and what it goes by besides the library, from any other. What `memory` holds of
    a document is found again. In many documents it is looked for by other processes from now on, while
    this one does other things.
    """
    memory = FORGETTING if memory is None else memory
    keys = {name: key_of(b"found", code(), by, library.mark(name)) for name in library.folders}
    known = {name: memory.get(key) for name, key in keys.items()}
    fresh, many = [name for name, told in known.items() if told is None], cores()
    claims = sum(len(library.by_document.get(name, ())) for name in fresh)
    look = partial(_looked, library, rule)
    looking = Aside([partial(look, fresh[at::many]) for at in range(many)], little=claims <= _MANY)
    return _found(keys, known, looking, memory)


def _looked(library: Library, rule: Rule, documents: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    return ((name, _told(rule(library.only(name)))) for name in documents)


def _found(
    keys: Mapping[str, bytes],
    known: Mapping[str, bytes | None],
    looking: Aside[tuple[str, bytes]],
    memory: Remembering,
) -> Iterator[Finding]:
    found = dict(looking.ended())
    looking.stop()
    for name, key in keys.items():
        told = known[name] or found[name]
        if known[name] is None:
            memory[key] = told
        yield from _findings(told)


def compare(
    library: Library, rule: Rule, by: bytes, fields: Set[str], memory: Remembering | None
) -> Iterator[Finding]:
    """Yield what `rule` finds in all documents together, of whose claims it looks at these fields alone.

    What `memory` holds is found again where none of those changed.
    """
    if memory is None:
        yield from rule(library)
        return
    names = ",".join(sorted(fields)).encode()
    seen = []
    for name in library.folders:
        key = key_of(b"seen", code(), names, library.mark(name))
        seen.append(once(memory, key, partial(_seen, library, name, fields)))
    key = key_of(b"compared", code(), by, names, library.mark(""), *seen)
    yield from _findings(once(memory, key, lambda: _told(rule(library))))


def _seen(library: Library, document: str, fields: Set[str]) -> bytes:
    """Return a digest of some fields of the claims of a document."""
    claims = library.by_document.get(document, ())
    said = (entry.card.model_dump_json(include={*fields}) for entry in claims)
    return key_of(*(part.encode("utf-8", "surrogatepass") for part in said))


def _told(findings: Iterable[Finding]) -> bytes:
    told = json.dumps([dataclasses.astuple(finding) for finding in findings], ensure_ascii=False)
    return told.encode("utf-8", "surrogatepass")


def _findings(told: bytes) -> Iterator[Finding]:
    for file, path, *rest in json.loads(told):
        yield Finding(file, tuple(path), *rest)
