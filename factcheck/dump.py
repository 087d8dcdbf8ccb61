"""A dump: JSON of all there is, one item per line, so that it can be read and compared by lines."""

import json
from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import chain

from pydantic_core import to_json


def lines(items: Iterable[str]) -> bytes:
    """Return items, each of them JSON, on a line each (ndjson.org)."""
    return joined(f"{item}\n" for item in items)


def listing(head: Mapping[str, object], name: str, items: Iterable[str]) -> bytes:
    """Return an object as JSON: its fields, and last the list called `name`, an item of JSON per line."""
    fields = [f"{as_json(key)}:{as_json(value)},\n" for key, value in head.items()]
    entries = (f",\n{item}" if place else item for place, item in enumerate(items))
    return joined(chain(["{", *fields, f"{as_json(name)}:[\n"], entries, ["\n]}\n"]))


def joined(parts: Iterable[str]) -> bytes:
    """Return parts of a text in UTF-8, one after the other; no two are held at once."""
    file = BytesIO()
    for part in parts:
        file.write(part.encode())
    return file.getvalue()


def as_json(value: object, indent: int | None = None) -> str:
    """Return a value as JSON, on one line unless it is to be indented."""
    if indent is None:
        return to_json(value).decode()
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=(",", ":"))
