"""Identity: what tells a value from all others, so that it is known again.

Values have a digest made of their parts, down to texts and numbers: the same for what is the same in every
part, in whichever process or build.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache, partial
from hashlib import blake2b
from itertools import chain
from operator import attrgetter
from types import BuiltinFunctionType, FunctionType, NoneType, UnionType
from typing import Any

from .catalogue import Citation
from .fields import Record
from .library import Entry
from .page import Page
from .shown import Shown
from .words import Words

Way = Callable[[Any], bytes]
_Values = Callable[[Any], Sequence[object]]


class UntraceableError(TypeError):
    """A value of which nothing tells whether it is as it was."""


class Identity:
    """Tells values by their digests; that of a card is the digest of its file, where one was `sealed` so.

    `ways` gives by their type how values of some are told that are no plain data.
    """

    def __init__(self, sealed: Iterable[Entry[Any]], ways: Mapping[type, Way]) -> None:
        self._ways: Mapping[Any, Way] = {**_PLAIN, **ways}
        self._way: Callable[[type], Way] = cache(self._way_of)
        self._known: dict[int, tuple[object, bytes]] = {
            id(entry.card): (entry.card, _hash(entry.seal)) for entry in sealed if entry.seal
        }

    def digest(self, value: object) -> bytes:
        """Return the digest of a value.

        Raises UntraceableError where there is none.
        """
        return self._way(type(value))(value)

    def _way_of(self, kind: type) -> Way:
        """Return how values of a type get their digest."""
        for known, way in self._ways.items():
            if issubclass(kind, known):
                return way
        name = kind.__qualname__.encode()
        if issubclass(kind, Record):
            return partial(self._kept, lambda one: b"%b %b" % (name, one.as_json().encode()))
        if kind in _MANY:
            plain, others = map(_values, _MANY[kind])
            way = partial(self._told, name, plain, others)
            return way if kind is Page else partial(self._kept, way)  # each page is asked for once
        if kind is Citation:  # there are more of them than of anything else
            return lambda one: b"c%d:%b" % (one.place, self.digest(one.by))
        if is_dataclass(kind):
            values = _values([field.name for field in fields(kind)])
            return partial(self._kept, lambda one: self._parts(name, values(one)))
        if issubclass(kind, partial):
            return lambda value: self._parts(
                b"partial", (value.func, len(value.args), *value.args, value.keywords or None)
            )
        if issubclass(kind, Mapping):
            return partial(
                self._long, lambda value: self._parts(b"mapping", [*chain.from_iterable(value.items())])
            )
        if issubclass(kind, list | tuple):
            return partial(self._long, partial(self._parts, b"list"))
        if issubclass(kind, set | frozenset):
            return lambda value: self._parts(b"set", sorted(value, key=self.digest))
        raise UntraceableError(kind)

    def _long(self, make: Way, value: Sequence[object]) -> bytes:
        return self._kept(make, value) if len(value) > 20 else make(value)

    def _kept(self, make: Way, value: object) -> bytes:
        """Return a digest of what `make` gives for a value, which is worked out once."""
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = value, _hash(make(value))
        return known[1]

    def _told(self, kind: bytes, plain: _Values, others: _Values, value: object) -> bytes:
        return self._parts(kind, (repr(plain(value)), *others(value)))

    def _parts(self, kind: bytes, parts: Sequence[object]) -> bytes:
        """Return what tells these parts from all others; it tells where it ends, as each of them does."""
        way = self._way
        return b"%b %d:%b" % (kind, len(parts), b"".join([way(type(one))(one) for one in parts]))


def _values(names: Sequence[str]) -> _Values:
    """Return what gives the values of some fields."""
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    values: _Values = attrgetter(*names)
    return values


def text(value: str) -> bytes:
    """Return what tells a text, and where it ends."""
    content = value.encode("utf-8", "surrogatepass")
    return b"s%d:%b" % (len(content), content)


@cache
def _function(value: Any) -> bytes:
    if getattr(value, "__closure__", None):
        raise UntraceableError(value)
    return _hash(f"{value.__module__}.{value.__qualname__}".encode())


def _hash(content: bytes) -> bytes:
    return b"h" + blake2b(content, digest_size=16).digest()


def _number(value: object) -> bytes:
    return f"{value!r};".encode()


# Of what there is much of: fields that are plain, and others.
_MANY: Mapping[type, tuple[Sequence[str], Sequence[str]]] = {
    Page: ([name for name in Page._fields if name not in ("values", "image")], ("values", "image")),
    Shown: (
        ("id", "file", "said", "inferred", "number", "paragraph", "place", "language"),
        ("card", "document", "speaker", "quoted", "verdict", "event", "tongue"),
    ),
}
_PLAIN: Mapping[type | UnionType, Way] = {
    str: text,
    NoneType | int | float: _number,
    bytes: lambda value: _hash(b"b" + value),
    dt.date: lambda value: _hash(b"d" + value.isoformat().encode()),
    Words: lambda value: _hash(b"words " + value.language.encode()),
    FunctionType | BuiltinFunctionType | type: _function,
}
