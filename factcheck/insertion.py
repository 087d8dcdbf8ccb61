"""A field added to a card as a line of its own; every other byte of the card stays as it was."""

from collections.abc import Sequence
from typing import Any

import yaml

from . import cards
from .problems import Path
from .writing import scalar


def with_field(raw: bytes, beside: Path, value: str, name: str, text: str) -> bytes | None:
    """Return a card with the field `name` below the one at the path `beside`, which must hold `value`.

    None where that cannot be done by one line and nothing else: where the field is not there or holds
    something else, where the group has the name already, or where it is written between braces.
    """
    at = _end_of(cards.composed(raw), beside, value, name)
    if at is None:
        return None
    line, column = at
    lines = raw.split(b"\n")
    if line >= len(lines):
        return None
    begins = sum(len(before) + 1 for before in lines[: line + 1])
    end = b"\r\n" if b"\r\n" in raw else b"\n"
    new = " " * column + f"{name}: {scalar(text)}"
    whole = begins <= len(raw)  # else the card ends without a line feed
    added = new.encode() + end if whole else end + new.encode()
    made = raw[:begins] + added + raw[begins:]
    return made if _is_right(raw, made, beside, name, text) else None


def _end_of(root: yaml.Node | None, beside: Path, value: str, name: str) -> tuple[int, int] | None:
    """Return the line on which a field ends, and the column of its name."""
    node = root
    for part in beside[:-1]:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            node = next((held for key, held in node.value if key.value == part), None)
        else:
            return None
    if not isinstance(node, yaml.MappingNode):
        return None
    names = {key.value: (key, held) for key, held in node.value}
    if name in names or beside[-1] not in names:
        return None
    key, held = names[beside[-1]]
    if not isinstance(held, yaml.ScalarNode) or held.style in ("|", ">") or held.value.strip() != value:
        return None
    return held.end_mark.line, key.start_mark.column


def _is_right(before: bytes, after: bytes, beside: Path, name: str, text: str) -> bool:
    """Return whether a card says what it said, and the new field besides."""
    was, _ = cards.load("", before)
    now, faults = cards.load("", after)
    group = _group(now, beside[:-1]) if not faults else None
    if not isinstance(group, dict) or group.pop(name, None) != text:
        return False
    return bool(was == now)


def _group(data: Any, path: Sequence[str | int]) -> Any:
    for part in path:
        data = data[part]
    return data
