"""Stamps: files that the disk says are as they were need not be read to tell what they hold."""

from collections.abc import Mapping
from hashlib import blake2b

from .folder import Folder, is_lasting
from .memory import Remembering, code, key_of
from .problems import Problem


def seal_of(raw: bytes) -> bytes:
    """Return the digest of what a file holds: 16 bytes."""
    return blake2b(raw, digest_size=16).digest()


def digest(folder: Folder, memory: Remembering) -> bytes:
    """Return a digest of the files of a folder, which are read only where `memory` does not know it."""
    known = recalled(folder, memory)
    if known is None:
        known = digest_of({name: _seal(found) for name, found in folder.read()})
        if is_lasting(folder.stamps):
            memory[_key(folder)] = known
    return known


def digest_of(seals: Mapping[str, bytes]) -> bytes:
    """Return the same digest of files, given by their path the digest of each."""
    return key_of(
        *(part for name, seal in seals.items() for part in (name.encode("utf-8", "surrogateescape"), seal))
    )


def recalled(folder: Folder, memory: Remembering) -> bytes | None:
    """Return the digest of the files of a folder if they are those of which it was told; else None."""
    return memory.get(_key(folder)) if is_lasting(folder.stamps) else None


def _seal(found: bytes | Problem) -> bytes:
    return seal_of(found) if isinstance(found, bytes) else repr(found).encode("utf-8", "surrogatepass")


def _key(folder: Folder) -> bytes:
    return key_of(b"folder", code(), repr((folder.name, folder.stamps)).encode("utf-8", "surrogatepass"))
