"""Mappings whose values are made when they are asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Anew(Mapping[K, V]):
    """Holds the keys at once and makes each value by `make(key)` whenever it is asked for.

    `parts(key)` tells what all a value is made of, where it is of use to know.
    """

    def __init__(
        self, keys: Iterable[K], make: Callable[[K], V], parts: Callable[[K], Sequence[object]] | None = None
    ) -> None:
        self._keys = keys if isinstance(keys, Mapping) else dict.fromkeys(keys)
        self._make, self.parts = make, parts

    def __getitem__(self, key: K) -> V:
        if key not in self._keys:
            raise KeyError(key)
        return self._make(key)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class Lazy(Anew[K, V]):
    """Makes each value once, when it is first asked for."""

    def __init__(
        self, keys: Iterable[K], make: Callable[[K], V], parts: Callable[[K], Sequence[object]] | None = None
    ) -> None:
        super().__init__(keys, make, parts)
        self._made: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        if key not in self._made:
            self._made[key] = super().__getitem__(key)
        return self._made[key]


class Later(Mapping[str, V]):
    """One mapping, and another made by `make()` when a key is asked for that begins like all of its keys."""

    def __init__(self, first: Mapping[str, V], beginning: str, make: Callable[[], Mapping[str, V]]) -> None:
        self._first = first
        self._beginning = beginning
        self._make = make

    @cached_property
    def _rest(self) -> Mapping[str, V]:
        return self._make()

    def __getitem__(self, key: str) -> V:
        if key in self._first or not key.startswith(self._beginning):
            return self._first[key]
        return self._rest[key]

    def __contains__(self, key: object) -> bool:
        return key in self._first or (str(key).startswith(self._beginning) and key in self._rest)

    def __iter__(self) -> Iterator[str]:
        yield from self._first
        yield from self._rest

    def __len__(self) -> int:
        return len(self._first) + len(self._rest)

    def __bool__(self) -> bool:
        return bool(self._first) or bool(self._rest)
