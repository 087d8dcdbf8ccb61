"""A dump: JSON of all there is, one item per line, so that it can be read and compared by lines."""

import json
from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import chain


def lines(items: Iterable[object]) -> bytes:
    """Return items as JSON, each on a line (ndjson.org)."""
    return joined(f"{_json(item)}\n" for item in items)


def listing(head: Mapping[str, object], name: str, items: Iterable[object]) -> bytes:
    """Return an object as JSON: its fields, and last the list called `name`, an item per line."""
    fields = [f"{_json(key)}:{_json(value)},\n" for key, value in head.items()]
    entries = (f",\n{_json(item)}" if place else _json(item) for place, item in enumerate(items))
    return joined(chain(["{", *fields, f"{_json(name)}:[\n"], entries, ["\n]}\n"]))


def joined(parts: Iterable[str]) -> bytes:
    """Return parts of a text in UTF-8, one after the other; no two are held at once."""
    file = BytesIO()
    for part in parts:
        file.write(part.encode())
    return file.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
