"""Remembered: what the cards of a folder said when they were read before, or by another process.

Told as JSON, and kept under a digest of the bytes of all its files and of the code; each is held to the
shape of its card again. A folder in which anything was wrong is not kept: it is read anew, and told again.
"""

from collections.abc import Mapping

from pydantic import ValidationError

from .fields import Record
from .memory import Remembering, code, key_of
from .packing import packed, unpacked
from .parsing import parsed
from .places import model_of


def recalled(memory: Remembering, files: Mapping[str, bytes]) -> dict[str, Record]:
    """Return the cards of a folder by their names; none where they are not known."""
    return cards_of(memory.get(_key(files)) or b"")


def keep(memory: Remembering, files: Mapping[str, bytes], told: bytes) -> None:
    """Remember what `told` gave for the files of a folder."""
    memory[_key(files)] = told


def told(files: Mapping[str, bytes]) -> bytes:
    """Return what the files of a folder say that are cards, each read anew; nothing where any has a fault."""
    said = []
    for name, raw in files.items():
        value, faults = parsed(f"content/{name}", name, raw)
        if faults:
            return b""
        if isinstance(value, Record):
            said.append(f"{name}\t{value.as_json()}")
    return packed("\n".join(said).encode("utf-8", "surrogatepass")) if said else b""


def cards_of(told: bytes) -> dict[str, Record]:
    """Return the cards that are told, by their names."""
    found: dict[str, Record] = {}
    for line in unpacked(told).splitlines() if told else ():
        name, _, values = line.partition(b"\t")
        model = model_of(name.decode())
        try:
            found |= {name.decode(): model.model_validate_json(values)} if model else {}
        except ValidationError:
            return {}
    return found


def _key(files: Mapping[str, bytes]) -> bytes:
    parts = (part for name, raw in files.items() for part in (name.encode("utf-8", "surrogateescape"), raw))
    return key_of(b"cards", code(), *parts)
