"""Stamps: files that the disk says are as they were need not be read to tell what they hold.

What tells files from others is the digest of those of each folder, empty ones left out, so that what was
read tells the same as a look at the stamps.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

from .folder import Folder, folders, in_folders, is_lasting
from .memory import Remembering, code, key_of
from .problems import Problem


def seal_of(raw: bytes) -> bytes:
    """Return the digest of what a file holds: 16 bytes."""
    return blake2b(raw, digest_size=16).digest()


def digest_of(seals: Mapping[str, bytes]) -> bytes:
    """Return the digest of the files of a folder, given by their path that of each."""
    return key_of(*(part for name, seal in seals.items() for part in (_bytes(name), seal)))


def of_all(digests: Iterable[bytes]) -> bytes:
    """Return the digest of some folders, given that of each in their order."""
    return key_of(*(one for one in digests if one != _EMPTY))


def of_files(files: Mapping[str, bytes]) -> bytes:
    """Return the digest of all folders of these files, which are in the order in which folders are read."""
    return of_all(map(_read, in_folders(files)))


def of_folder(folder: Path, memory: Remembering) -> bytes:
    """Return the digest of a folder and those in it; files are read of which `memory` does not know."""
    return of_all(_digest(one, memory) for one in folders(folder))


def recalled(folder: Folder, memory: Remembering) -> bytes | None:
    """Return the digest of the files of a folder if they are those of which it was told; else None."""
    return memory.get(_key(folder)) if is_lasting(folder.stamps) else None


def keep(folder: Folder, memory: Remembering, digest: bytes) -> None:
    """Remember the digest of the files of a folder, where they will be told by their stamps."""
    if is_lasting(folder.stamps):
        memory[_key(folder)] = digest


def _digest(folder: Folder, memory: Remembering) -> bytes:
    known = recalled(folder, memory)
    if known is None:
        known = _read(folder)
        keep(folder, memory, known)
    return known


def _read(folder: Folder) -> bytes:
    return digest_of({name: _seal(found) for name, found in folder.read()})


def _seal(found: bytes | Problem) -> bytes:
    return seal_of(found) if isinstance(found, bytes) else _bytes(repr(found))


def _key(folder: Folder) -> bytes:
    return key_of(b"folder", code(), _bytes(repr((folder.name, folder.stamps))))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


_EMPTY = digest_of({})
