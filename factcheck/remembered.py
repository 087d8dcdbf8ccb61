"""Remembered: what the cards of a folder said when they were read before.

Kept as JSON, under a digest of the bytes of all its files and of the code; each is held to the shape of
its card again. A folder in which anything was wrong is not kept: it is read anew, and told again.
"""

import zlib
from collections.abc import Mapping

from pydantic import ValidationError

from .fields import Record
from .memory import Remembering, code, key_of
from .places import model_of


def recalled(memory: Remembering, files: Mapping[str, bytes]) -> dict[str, Record]:
    """Return the cards of a folder by their names; none where they are not known."""
    kept = memory.get(_key(files))
    said = (line.partition(b"\t") for line in zlib.decompress(kept).splitlines()) if kept else ()
    found: dict[str, Record] = {}
    for name, _, values in said:
        model = model_of(name.decode())
        try:
            found |= {name.decode(): model.model_validate_json(values)} if model else {}
        except ValidationError:
            return {}
    return found


def keep(memory: Remembering, files: Mapping[str, bytes], cards: Mapping[str, Record]) -> None:
    """Remember the cards that were read from the files of a folder without fault."""
    said = (f"{name}\t{card.as_json()}" for name, card in cards.items())
    memory[_key(files)] = zlib.compress("\n".join(said).encode("utf-8", "surrogatepass"), 1)


def _key(files: Mapping[str, bytes]) -> bytes:
    parts = (part for name, raw in files.items() for part in (name.encode("utf-8", "surrogateescape"), raw))
    return key_of(b"cards", code(), *parts)
