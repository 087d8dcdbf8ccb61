"""How values are written as YAML, so that every reader of YAML finds the same text in them."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

WIDTH = 98

_PLAIN = re.compile(r"[^\W\d_][\w ’“”,.;()/–—'-]*|[0-9]{4}-[0-9]{2}(-[0-9]{2})?|https?://[^\s#]*[^\s#:]")
# Plain words that some reader of YAML takes for a switch or for nothing.
_NO_TEXT = ("true", "false", "yes", "no", "on", "off", "y", "n", "null")


def scalar(text: str) -> str:
    """Return a text on one line: plain where no reader can mistake it, else between marks."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NO_TEXT and text == text.strip():
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escape(c) for c in quoted)


def _escape(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def field(name: str, value: Any, note: str = "") -> Iterator[str]:
    """Give the lines of a field; a long text goes below its name, folded; a note ends the first."""
    remark = f"  # {note}" if note else ""
    if isinstance(value, Mapping):
        yield f"{name}:{remark}"
        yield from _indented(mapping(value))
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        yield f"{name}:{remark}"
        for item in value:
            yield from _indented(entry(item))
    elif isinstance(value, str) and len(name) + len(value) > WIDTH and _folds(value):
        yield f"{name}: >-{remark}"
        yield from (f"  {line}" for line in _wrapped(value))
    else:
        yield f"{name}: {_on_line(value)}{remark}"


def mapping(fields: Mapping[str, Any]) -> Iterator[str]:
    """Give the lines of a group of fields."""
    for name, value in fields.items():
        yield from field(name, value)


def entry(item: Any) -> Iterator[str]:
    """Give the lines of one entry of a list."""
    lines = mapping(item) if isinstance(item, Mapping) else iter([_on_line(item)])
    for number, line in enumerate(lines):
        yield f"{'  ' if number else '- '}{line}"


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _on_line(value: Any) -> str:
    if isinstance(value, str):
        return scalar(value)
    return json.dumps(value) if value is not None else ""


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _folds(text: str) -> bool:
    """Return whether a text comes whole out of lines that are joined by single spaces."""
    return text.isprintable() and " ".join(_wrapped(text)) == text
