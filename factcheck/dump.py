"""A dump: JSON of all there is, one item per line, so that it can be read and compared by lines."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import chain, islice
from json.encoder import encode_basestring

from pydantic_core import to_json

_TOGETHER = 100  # parts
quoted = encode_basestring  # a text as JSON


def lines(items: Iterable[bytes]) -> bytes:
    """Return items, each of them JSON, on a line each (ndjson.org)."""
    return joined(chain(items, [b""]), b"\n")


def listing(head: Mapping[str, object], name: str, items: Iterable[bytes]) -> bytes:
    """Return an object as JSON: its fields, and last the list called `name`, an item of JSON per line."""
    fields = "".join(f"{quoted(key)}:{as_json(value)},\n" for key, value in head.items())
    return joined(items, b",\n", f"{{{fields}{quoted(name)}:[\n".encode(), b"\n]}\n")


def joined(parts: Iterable[bytes], between: bytes = b"", begin: bytes = b"", end: bytes = b"") -> bytes:
    """Return parts one after the other; only some are held beside what is joined already."""
    file, rest, before = BytesIO(), iter(parts), b""
    file.write(begin)
    while some := [*islice(rest, _TOGETHER)]:
        file.write(before)
        file.write(between.join(some))
        before = between
    file.write(end)
    return file.getvalue()


def as_json(value: object, indent: int | None = None) -> str:
    """Return a value as JSON, on one line unless it is to be indented."""
    return to_json(value).decode() if indent is None else _indented(value, " " * indent, "\n")


def for_html(text: str) -> str:
    """Return JSON that is as safe within HTML, as Jinja's filter `tojson` writes it."""
    text = text.replace("<", "\\u003c").replace(">", "\\u003e")
    return text.replace("&", "\\u0026").replace("'", "\\u0027")


def _indented(value: object, step: str, start: str) -> str:
    """Return the same with an item per line, in half the time that Python's own way takes."""
    if isinstance(value, str):
        return quoted(value)
    deeper = start + step
    if isinstance(value, dict) and value:
        items = [
            f"{quoted(name)}:{quoted(part) if type(part) is str else _indented(part, step, deeper)}"
            for name, part in value.items()
        ]
        return f"{{{deeper}{f',{deeper}'.join(items)}{start}}}"
    if isinstance(value, list | tuple) and value:
        items = [_indented(part, step, deeper) for part in value]
        return f"[{deeper}{f',{deeper}'.join(items)}{start}]"
    return to_json(value).decode()
