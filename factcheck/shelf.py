"""The shelf: where finished files lie until all of them are sound.

This one keeps them in memory; `output.Staging` keeps them in a folder.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple


class Filed(NamedTuple):
    """A finished file: its size in bytes, its SHA-256, whether it is still to be published, what
    it holds where that is kept in memory, and its stamp where it lies on a disk.
    """  # fmt: skip

    size: int
    sha256: bytes
    fresh: bool = True
    content: bytes | None = None
    stamp: bytes = b""


class Shelf(Mapping[str, bytes]):
    """Finished files by their path.

    A file may be laid by another process; who asked for it notes in `filed` what came of it.
    """

    def __init__(self) -> None:
        self.filed: dict[str, Filed] = {}

    def open(self) -> None:
        """Make room, once it is clear that there will be files; before any is laid."""

    def lay(self, _name: str, content: bytes) -> Filed:
        """Keep a file, and return what is to be noted of it."""
        return Filed(len(content), sha256(content).digest(), content=content)

    def look(self) -> None:
        """Have looked at all that is published, before other processes recall it."""

    def recall(self, _name: str, _size: int, _sha256: bytes) -> Filed | None:
        """Return a file as one that is published already with this size and digest; None if it is not."""
        return None

    def __getitem__(self, name: str) -> bytes:
        content = self.filed[name].content
        return b"" if content is None else content

    def __contains__(self, name: object) -> bool:
        return name in self.filed

    def __iter__(self) -> Iterator[str]:
        return iter(self.filed)

    def __len__(self) -> int:
        return len(self.filed)


def all_told(files: Mapping[str, bytes]) -> Mapping[str, Filed]:
    """Return size and digest of every file, as `told` does."""
    return files.filed if isinstance(files, Shelf) else {name: told(files, name) for name in files}


def told(files: Mapping[str, bytes], name: str) -> Filed:
    """Return size and digest of a file, which is read only where that is not known."""
    return files.filed[name] if isinstance(files, Shelf) else Shelf().lay(name, files[name])
