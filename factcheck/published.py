"""Published: what lies in a folder already, looked at by other processes while this one reads the content."""

import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from hashlib import blake2b, sha256

from .spread import Aside, cores

_MARK = 16  # bytes
# Links are not followed, and nothing waits for a pipe.
_LOOK = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


class Published:
    """The files of a folder, each told by its name, its size and its SHA-256."""

    def __init__(self, folder: str) -> None:
        many = cores()
        self._looking = Aside([partial(_seen, folder, at, many) for at in range(many)])
        self._marks: frozenset[bytes] = frozenset()

    def look(self) -> None:
        """Wait until all was looked at; other processes can be told only then."""
        found = b"".join(self._looking.ended())
        self._marks |= {found[at : at + _MARK] for at in range(0, len(found), _MARK)}
        self.stop()

    def stop(self) -> None:
        """Look no more."""
        self._looking.stop()

    def holds(self, name: str, size: int, digest: bytes) -> bool:
        """Return whether such a file was there; not so what is hidden, empty, or came since."""
        return _mark(name, size, digest) in self._marks


def read(path: str, size: int | None = None) -> bytes:
    """Return what a file holds; nothing where there is none, or it has another size than this."""
    try:
        file = os.open(path, _LOOK)
    except OSError:
        return b""
    try:
        there = os.fstat(file).st_size
        content = os.read(file, there + 1) if size in (None, there) else b""
    except OSError:
        return b""
    finally:
        os.close(file)
    return content if len(content) == there else b""


def entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """Yield what is in a folder."""
    with os.scandir(folder) as found:
        yield from found


def _seen(folder: str, part: int, many: int) -> bytes:
    """Return the marks of the files in one of many parts of a folder."""
    return b"".join(_marks(folder, "", part, many))


def _marks(folder: str, within: str, part: int, many: int) -> Iterator[bytes]:
    there: list[os.DirEntry[str]] = []
    with suppress(OSError):  # what cannot be entered counts as not there
        there += entries(folder)
    for entry in there:
        name, is_folder = f"{within}{entry.name}", entry.is_dir(follow_symlinks=False)
        if not within and name.startswith("."):
            continue
        parted = name.count("/") == 1 or not (within or is_folder)
        if parted and zlib.crc32(os.fsencode(name)) % many != part:
            continue
        if is_folder:
            yield from _marks(entry.path, f"{name}/", part, many)
        elif content := read(entry.path):
            yield _mark(name, len(content), sha256(content).digest())


def _mark(name: str, size: int, digest: bytes) -> bytes:
    return blake2b(b"%b %d %b" % (os.fsencode(name), size, digest), digest_size=_MARK).digest()
