"""Published: what lies in a folder already, looked at by other processes while this one reads the content."""

import os
import zlib
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from functools import partial
from hashlib import blake2b, sha256
from typing import NamedTuple

from .folder import SETTLED
from .memory import Remembering, code, key_of
from .shelf import Filed
from .spread import Aside, cores

_MARK, _STAMP, _TOGETHER = 16, 24, 10_000  # bytes
_NONE, _END = bytes(_STAMP), b"\0"
# Links are not followed, and nothing waits for a pipe.
_LOOK = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


class Seen(NamedTuple):
    """What was seen in a part of a folder.

    `settled` has the stamp and the mark of each file whose stamp can be relied upon, `others` the marks of
    other files that could be read. `names` are those of all files and, with a "/" at the end, of folders that
    are empty or cannot be entered; each ends with a zero.
    """

    settled: bytes
    others: bytes
    names: bytes


class Published:
    """The files of a folder, each told by its name, its size and its SHA-256.

    A file is not read of which `memory` knows by its stamp what it holds. `now` is the time by the clock of
    the disk, in nanoseconds.
    """

    def __init__(self, folder: str, memory: Remembering, now: int) -> None:
        self._memory, self._key = memory, key_of(b"published", code(), os.fsencode(os.path.realpath(folder)))
        self._marks: set[bytes] = set()
        self._stamped = self._names = b""
        self._looked = False
        many, known = cores(), memory.get(self._key) or b""
        there = any(not entry.name.startswith(".") for entry in entries(folder))
        self._looking = Aside([partial(_seen, folder, at, many, known, now) for at in range(many) if there])

    def look(self) -> None:
        """Wait until all was looked at; other processes can be told only then."""
        for settled, others, names in self._looking.ended():
            self._names += names
            self._stamped += settled
            self._marks |= {settled[at : at + _MARK] for at in range(_STAMP, len(settled), _STAMP + _MARK)}
            self._marks |= {others[at : at + _MARK] for at in range(0, len(others), _MARK)}
        self._looked = True
        self.stop()

    def stop(self) -> None:
        """Look no more."""
        self._looking.stop()

    def holds(self, name: str, size: int, digest: bytes) -> bool | None:
        """Return whether such a file was there; None where nobody looked, as it is empty or hidden."""
        if size and self._looked and name[0] != ".":
            return _mark(name, size, digest) in self._marks
        return None

    def strays(self, files: Container[str]) -> list[str]:
        """Return what was seen there beside these files: files, and folders with a "/" in which none are."""
        return [name for name in _each(self._names) if name not in files]

    def remember(self, files: Mapping[str, Filed], now: int) -> None:
        """Remember what is published now, that are these files, as far as it was seen or is new."""
        new = ((name, one) for name, one in files.items() if one.fresh and _is_settled(one.stamp, now))
        told = self._stamped + b"".join(one.stamp + _mark(name, one.size, one.sha256) for name, one in new)
        if told != self._memory.get(self._key):
            self._memory[self._key] = told


def stamp(name: str, there: os.stat_result) -> bytes:
    """Return what tells a file of this name from any that was written to since, and from all others.

    The time of its last change comes first. Where the system numbers no files there is no stamp.
    """
    told = b"%b %d %d %d" % (os.fsencode(name), there.st_ino, there.st_size, there.st_mtime_ns)
    time = there.st_ctime_ns.to_bytes(_STAMP - _MARK, "big")
    return time + blake2b(told, digest_size=_MARK).digest() if there.st_ino else _NONE


def _is_settled(one: bytes, now: int) -> bool:
    """Return whether a file has its stamp for so long that whatever is written to it now changes that."""
    return _NONE < one < (now - SETTLED).to_bytes(_STAMP - _MARK, "big")


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


def _pairs(told: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the stamp and the mark of each file that is told."""
    for at in range(0, len(told), _STAMP + _MARK):
        yield told[at : at + _STAMP], told[at + _STAMP : at + _STAMP + _MARK]


def _each(names: bytes) -> Iterator[str]:
    """Yield names one by one: all of them take much room."""
    at = 0
    while at < len(names):
        end = names.index(_END, min(at + _TOGETHER, len(names) - 1))
        yield from os.fsdecode(names[at:end]).split("\0")
        at = end + 1


def _seen(folder: str, part: int, many: int, known: bytes, now: int) -> list[Seen]:
    """Return what is in one of many parts of a folder, with the stamps that can be relied upon."""
    marks, names = dict(_pairs(known)), bytearray()
    settled, others = bytearray(), bytearray()
    for name, entry in _files(folder, "", part, many):
        names += os.fsencode(name) + _END
        with suppress(OSError):  # it may be gone by now
            if entry:
                own = stamp(name, entry.stat(follow_symlinks=False))
                mark = marks.get(own) or _looked_into(name, entry.path)
                if _is_settled(own, now):
                    settled += own + mark if mark else b""
                else:
                    others += mark
    return [Seen(bytes(settled), bytes(others), bytes(names))]


def _looked_into(name: str, path: str) -> bytes:
    content = read(path)
    return _mark(name, len(content), sha256(content).digest()) if content else b""


def _files(folder: str, within: str, part: int, many: int) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """Yield the files in one of many parts of a folder by name, and folders in which nothing can be seen."""
    there: list[os.DirEntry[str]] = []
    with suppress(OSError):  # what cannot be entered counts as not there
        there += entries(folder)
    if within and not there:
        yield within, None
    for entry in there:
        name, is_folder = f"{within}{entry.name}", entry.is_dir(follow_symlinks=False)
        if not within and name.startswith("."):
            continue
        parted = name.count("/") == 1 or not (within or is_folder)
        if parted and zlib.crc32(os.fsencode(name)) % many != part:
            continue
        if is_folder:
            yield from _files(entry.path, f"{name}/", part, many)
        else:
            yield name, entry


def _mark(name: str, size: int, digest: bytes) -> bytes:
    told = b"%b %d %b" % (name.encode("utf-8", "surrogateescape"), size, digest)
    return blake2b(told, digest_size=_MARK).digest()
