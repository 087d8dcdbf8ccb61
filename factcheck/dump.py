"""A dump: JSON of all there is, one item per line, so that it can be read and compared by lines."""

import json
from collections.abc import Iterable, Mapping


def lines(items: Iterable[object]) -> str:
    """Return items as JSON, each on a line (ndjson.org)."""
    return "".join(f"{_json(item)}\n" for item in items)


def listing(head: Mapping[str, object], name: str, items: Iterable[object]) -> str:
    """Return an object as JSON: its fields, and last the list called `name`, an item per line."""
    fields = [f"{_json(key)}:{_json(value)},\n" for key, value in head.items()]
    return f"{{{''.join(fields)}{_json(name)}:[\n" + ",\n".join(map(_json, items)) + "\n]}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
