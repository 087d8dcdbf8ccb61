"""Remembered: what the files of a folder said when they were read before, or by another process.

Told as JSON, each file with the digest of its bytes, and kept under the name of the folder and the code; a
file whose digest is another is read anew. Each card is held to its shape again. A file in which anything was
wrong is not kept: it is told again.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from pydantic_core import from_json, to_json

from .content import Article
from .fields import Record
from .folder import Folder
from .memory import Remembering, code, key_of
from .packing import packed, unpacked
from .parsing import parsed
from .places import model_of
from .problems import Problem
from .stamps import seal_of


class Held(NamedTuple):
    """What a file holds, what is wrong with it, and the digest of its bytes."""

    value: Record | Article | str | None
    faults: Sequence[Problem]
    seal: bytes


def recalled(memory: Remembering, folder: Folder) -> dict[str, Held]:
    """Return what files of a folder are known to hold, by their names."""
    return held(memory.get(_key(folder)) or b"")


def keep(memory: Remembering, folder: Folder, told: bytes) -> None:
    """Remember what is told of the files of a folder."""
    memory[_key(folder)] = told


def renewed(
    memory: Remembering, folder: Folder, files: Mapping[str, bytes], known: Mapping[str, Held]
) -> dict[str, Held]:
    """Return what the files of a folder hold; remember it where it is not all that was known."""
    found = read(files, known)
    if len(found) != len(known) or any(one is not known.get(name) for name, one in found.items()):
        keep(memory, folder, _told(found))
    return found


def read(files: Mapping[str, bytes], known: Mapping[str, Held]) -> dict[str, Held]:
    """Return what files of the content hold; those that are known as they are are not parsed."""
    found = {}
    for name, raw in files.items():
        there = known.get(name)
        found[name] = there if there and there.seal == seal_of(raw) else parse(name, raw)
    return found


def parse(name: str, raw: bytes) -> Held:
    """Return what a file of the content holds, given its path below `content/` and its bytes."""
    value, faults = parsed(f"content/{name}", name, raw)
    return Held(value, faults, seal_of(raw))


def told(files: Mapping[str, bytes]) -> bytes:
    """Return what files say that are cards or texts, and in which nothing is wrong."""
    return _told(read(files, {}))


def _told(files: Mapping[str, Held]) -> bytes:
    lines = []
    for name, (value, faults, seal) in files.items():
        if name.isprintable() and not faults and isinstance(value, Record | str):
            said = to_json(value) if isinstance(value, str) else value.as_json().encode()
            lines.append(b"%b\t%b\t%b" % (name.encode(), seal.hex().encode(), said))
    return packed(b"\n".join(lines)) if lines else b""


def held(told: bytes) -> dict[str, Held]:
    """Return what is told of files, by their names."""
    found = {}
    for line in unpacked(told).splitlines() if told else ():
        with suppress(ValueError):
            name, seal, said = line.split(b"\t", 2)
            model = model_of(name.decode())
            value = model.model_validate_json(said) if model else from_json(said)
            found[name.decode()] = Held(value, (), bytes.fromhex(seal.decode()))
    return found


def _key(folder: Folder) -> bytes:
    return key_of(b"cards", code(), folder.name.encode("utf-8", "surrogateescape"))
