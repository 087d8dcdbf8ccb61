"""JSON that does not fit into memory: read one element of its list at a time, through a window.

The standard decoder reads each element from a window that moves along the text. So memory holds a
window, and one broken element costs no more than itself: the next begins as the first one did.
A parser of events, as ijson is, stops for good at the first fault.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from .mending import Reading, read

CHUNK = 1 << 18
LONGEST = 1 << 22  # characters that one element can have

# What holds the elements of a feed (schema.org) and of a saved answer (Fact Check Tools API).
_LISTS = ("dataFeedElement", "claims")
_DECODE = json.JSONDecoder().raw_decode
_OPENING = re.compile(r'\{\s*("(?:[^"\\]|\\.)*")\s*:\s*("(?:[^"\\]|\\.)*")?')
_SPACE = re.compile(r"\s*")
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class Piece:
    """One value of a text, and the line on which it begins."""

    line: int
    reading: Reading


class _BrokenError(ValueError):
    """What stands at the window cannot be read."""


class _Window:
    """The part of a text that is in memory, and the place that was reached in it."""

    def __init__(self, text: TextIO) -> None:
        self.source, self.text, self.at = text, "", 0
        self.counted, self.passed = 0, 1
        self.kept: int | None = None  # from where on the text may be wanted again

    @property
    def line(self) -> int:
        """The line that was reached."""
        self.passed += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.passed

    def more(self) -> bool:
        """Read on; return False at the end of the text."""
        _ = self.line
        chunk = self.source.read(CHUNK)
        cut = self.at if self.kept is None else self.kept
        self.text, self.at = self.text[cut:] + chunk, self.at - cut
        self.counted, self.kept = self.at, None if self.kept is None else 0
        return bool(chunk)

    def sign(self) -> str:
        """Pass over white space and return the sign that follows, nothing at the end."""
        while True:
            self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def value(self) -> Any:
        """Return the value that stands here and pass over it."""
        while True:
            try:
                value, end = _DECODE(self.text, self.at)
            except (ValueError, RecursionError) as error:
                if self._goes_on(error) and len(self.text) - self.at < LONGEST and self.more():
                    continue
                raise _BrokenError(str(error)) from None
            if end == len(self.text) and self.text[end - 1] not in '}]"' and self.more():
                continue
            self.at = end
            return value

    def _goes_on(self, error: Exception) -> bool:
        """Return whether a fault may be no more than the end of the window."""
        if not isinstance(error, json.JSONDecodeError):
            return False
        return error.msg.startswith("Unterminated") or error.pos > len(self.text) - 16

    def until(self, end: re.Pattern[str]) -> str:
        """Return the text up to a pattern and pass over it; all that is left where it never comes."""
        while not (found := end.search(self.text, self.at + 1)):
            if len(self.text) - self.at >= LONGEST or not self.more():
                break
        start = self.at
        self.at = found.start() if found else len(self.text)
        return self.text[start : self.at]


def pieces(text: TextIO) -> Iterator[Piece]:
    """Give every value of a text of JSON; of a list, a feed or an answer every element by itself."""
    window = _Window(text)
    while sign := window.sign():
        if sign == "[":
            yield from _elements(window)
        elif sign == "{":
            yield from _object(window)
        else:
            line = window.line
            yield Piece(line, read(window.until(_NEVER)))


def _object(window: _Window) -> Iterator[Piece]:
    """Give the elements of an object's list, or the object where it has none of those known."""
    line, head = window.line, dict[str, Any]()
    window.kept = window.at
    window.at += 1
    try:
        while (sign := window.sign()) != "}":
            if not sign and window.kept is None:
                return  # that the list breaks off was told with its last element
            if sign == ",":
                window.at += 1
                continue
            name = window.value()
            if window.sign() != ":":
                raise _BrokenError(f'no ":" after "{name}"')
            window.at += 1
            if window.sign() == "[" and name in _LISTS:
                window.kept = None
                yield from _elements(window)
            elif window.kept is None:
                window.value()
            else:
                head[str(name)] = window.value()
        window.at += 1
        whole = Reading(head)
    except _BrokenError as error:
        if window.kept is None:
            yield Piece(window.line, Reading(fault=f"broken JSON after the list: {error}"))
        else:
            window.at = window.kept
        whole = read(window.until(_NEVER))
    if window.kept is not None:
        yield Piece(line, whole)
    window.kept = None


def _elements(window: _Window) -> Iterator[Piece]:
    """Give the elements of a list; a broken one ends where another begins as the first one did."""
    window.at += 1
    following, reading, is_parted = None, Reading(), True
    while (sign := window.sign()) and sign != "]":
        if sign == ",":
            window.at, is_parted = window.at + 1, True
            continue
        line = window.line
        following = following or _following(window)
        try:
            reading = Reading(window.value(), () if is_parted else ("a comma missing",))
        except _BrokenError:
            reading = _broken(window.until(following))
        yield Piece(line, reading)
        is_parted = bool(reading.fault or reading.mended)
    if not sign and not (reading.fault or reading.mended):
        yield Piece(window.line, Reading(fault="broken JSON: the list ends in the middle"))
    window.at += 1


def _following(window: _Window) -> re.Pattern[str]:
    """Return the pattern of what stands before an element that begins as this one does."""
    while len(window.text) - window.at < 1000 and window.more():
        pass
    opening = _OPENING.match(window.text, window.at)
    if not opening:
        return _NEVER
    name, value = opening[1], opening[2] if opening[1].startswith('"@') else None
    return re.compile(r",\s*(?=\{\s*" + re.escape(name) + r"\s*:\s*" + re.escape(value or "") + ")")


def _broken(text: str) -> Reading:
    """Return a broken element; the last one of a list is followed by the end of all around it."""
    found = read(text)
    for end in re.finditer(r"\](?=[^\]]*$)|\](?=[^\]]*\][^\]]*$)", text):
        if not found.fault:
            break
        nearer = read(text[: end.start()])
        found = nearer if not nearer.fault else found
    return found
