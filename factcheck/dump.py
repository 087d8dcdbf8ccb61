"""A dump: JSON of all there is, one item per line, so that it can be read and compared by lines."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import chain
from json.encoder import encode_basestring

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
    return to_json(value).decode() if indent is None else _indented(value, " " * indent, "\n")


def _indented(value: object, step: str, start: str) -> str:
    """Return the same with an item per line, in half the time that Python's own way takes."""
    if isinstance(value, str):
        return encode_basestring(value)
    deeper = start + step
    if isinstance(value, dict) and value:
        items = [f"{encode_basestring(name)}:{_indented(part, step, deeper)}" for name, part in value.items()]
        return f"{{{deeper}{f',{deeper}'.join(items)}{start}}}"
    if isinstance(value, list | tuple) and value:
        items = [_indented(part, step, deeper) for part in value]
        return f"[{deeper}{f',{deeper}'.join(items)}{start}]"
    return to_json(value).decode()
