"""Earlier: what the build before made, for the next one in the same process."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

V = TypeVar("V")


class Earlier:
    """Values by their name, each with what it was made of; what is made of the same is not made again."""

    def __init__(self) -> None:
        self.found: dict[bytes, bytes] = {}  # what a build would remember
        self._made: dict[Hashable, tuple[object, object]] = {}

    def again(self, name: Hashable, of: object, make: Callable[[], V]) -> V:
        """Return what was made under a name of something equal, else what `make` gives now."""
        known = self._made.get(name)
        if known is None or known[0] != of:
            known = self._made[name] = of, make()
        return cast(V, known[1])


class Nothing(Earlier):
    """The same for a build that is alone: all is made now, and nothing is held."""

    def again(self, _name: Hashable, _of: object, make: Callable[[], V]) -> V:
        """Return what `make` gives."""
        return make()


NOTHING = Nothing()
