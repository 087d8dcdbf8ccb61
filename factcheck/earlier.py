"""Earlier: what the build before made, for the next one in the same process."""

from collections.abc import Callable, Collection, Hashable
from os.path import isfile
from pathlib import Path
from typing import TypeVar, cast

V = TypeVar("V")
_MANY = 100  # saves at once of which perhaps not all were told


class Earlier:
    """Values by their name, each with what it was made of; what is made of the same is not made again."""

    def __init__(self) -> None:
        self.found: dict[bytes, bytes] = {}  # what a build would remember
        self._made: dict[Hashable, tuple[object, object]] = {}
        self._saved: set[str] | None = None  # since all was looked at; None where that is not known

    def again(self, name: Hashable, of: object, make: Callable[[], V]) -> V:
        """Return what was made under a name of something equal, else what `make` gives now."""
        known = self._made.get(name)
        if known is None or known[0] != of:
            known = self._made[name] = of, make()
        return cast(V, known[1])

    def untouched(self, name: Hashable, folder: str, make: Callable[[], V]) -> V:
        """Return what was made of a folder if nothing was saved in it since, else what `make` gives now."""
        known = self._made.get(name)
        if known is None or self._saved is None or folder in self._saved:
            known = self._made[name] = None, make()
        return cast(V, known[1])

    def save(self, paths: Collection[str]) -> None:
        """Take which files were saved. Where they are many, or some are gone, it may be anything."""
        if not paths or len(paths) > _MANY or not all(map(isfile, paths)):
            self._saved = None
        elif self._saved is not None:
            self._saved |= {str(folder) for path in paths for folder in Path(path).parents}  # any may be new

    def looked(self) -> None:
        """Take note that all was looked at again."""
        self._saved = set()


class Nothing(Earlier):
    """The same for a build that is alone: all is made now, and nothing is held."""

    def again(self, _name: Hashable, _of: object, make: Callable[[], V]) -> V:
        """Return what `make` gives."""
        return make()

    def untouched(self, _name: Hashable, _folder: str, make: Callable[[], V]) -> V:
        """Return what `make` gives."""
        return make()


NOTHING = Nothing()
