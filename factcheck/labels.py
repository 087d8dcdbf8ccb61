"""Labels on a drawing: what they say, how wide they are, which of them find room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from .problems import width

CLEAR = 8.0  # between two labels
# How wide Public Sans sets a letter, in its size, at the wider of its weights.
ADVANCES = (
    (" .:`·’", 0.25),
    ("!',;Iij|í‘", 0.30),
    ("()[]l", 0.35),
    ("-/J\\f{}ł", 0.40),
    ("*1rt”", 0.45),
    ('"^z«°»ž“„', 0.50),
    ("?_csv§çš", 0.55),
    ("+<=>Laehknouxy~¶×áäåèéñóöøúüņ–−", 0.60),
    ("#0234679EFPTYbdgpqÉ", 0.65),
    ("$58BRSVZ", 0.70),
    ("&ACDGKOUXÄÅÖÜ", 0.75),
    ("HNQwØ", 0.80),
    ("@©…", 0.85),
    ("m½", 0.90),
    ("%Mæ", 0.95),
    ("W", 1.00),
    ("Æ", 1.05),
    ("—", 1.15),
)

Span = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """An event to be named on the axis; heavier ones find their place first.

    `short` is its name in the upright drawing, which puts the date before it.
    """

    day: date
    label: str
    weight: int = 0
    short: str = ""


@dataclass(frozen=True)
class Text:
    """A line of text in its CSS classes; `anchor` is empty where it starts at x."""

    x: float
    y: float
    content: str
    style: str = ""
    anchor: str = ""


def text_width(text: str, size: float) -> float:
    """Return a width in pixels that `text` does not exceed in the sans face at this size."""
    return size * fsum(map(_advance, text))


def first_fitting(texts: Iterable[str], size: float, room: float) -> str:
    """Return the first of `texts` that is no wider than `room`; none is the empty text."""
    return next((text for text in texts if text_width(text, size) <= room), "")


def in_lines(texts: Sequence[str], size: float, room: float) -> tuple[str, ...]:
    """Return the first of `texts` that fits on a line, else the first that fits on two, else nothing."""
    if whole := first_fitting(texts, size, room):
        return (whole,)
    for text in texts:
        words = text.split()
        breaks = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
        widths = [max(text_width(line, size) for line in lines) for lines in breaks]
        if widths and min(widths) <= room:
            return breaks[widths.index(min(widths))]
    return ()


def seat(
    at: float, length: float, rows: Sequence[list[Span]], nudges: Iterable[float], limits: Span
) -> tuple[int, float] | None:
    """Take room for a label of this length wished at `at`; return its row and middle, or None.

    `rows` holds what is taken and is added to. The first nudge that helps is used, in the first
    row that has room; a label below the first row also needs room for its stem down from `at`.
    """
    for nudge in nudges:
        start = max(limits[0], min(limits[1] - length, at + nudge - length / 2))
        span = (start, start + length)
        for row, taken in enumerate(rows):
            stem = (at + CLEAR / 2, at - CLEAR / 2)
            if _is_free(span, taken) and all(_is_free(stem, above) for above in rows[:row]):
                taken.append(span)
                for above in rows[:row]:
                    above.append(stem)
                return row, start + length / 2
    return None


def _is_free(span: Span, taken: Iterable[Span]) -> bool:
    return all(span[0] >= end + CLEAR or span[1] + CLEAR <= start for start, end in taken)


def _advance(letter: str) -> float:
    for letters, advance in ADVANCES:
        if letter in letters:
            return advance
    return 1.05 if width(letter) == 2 else 0.85 if letter.isupper() else 0.65
