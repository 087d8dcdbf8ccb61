"""Charts: what a drawing of counts is made of, in a wide and in a narrow form.

Every coordinate is rounded and ready to be written, so that a template only loops. Colour means
verdict and nothing else; the rest is ink.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .labels import Text, text_width
from .threads import trim

MARK, STEP = 14.0, 18.0  # size of a mark, and from line to line
AXIS = ("v5", "v4", "v3", "v2", "v1", "v0")  # the tones from the top of the scale down, then off it


@dataclass(frozen=True)
class Form:
    """How wide a drawing is, its size of type, the places for labels and counts beside a row, if any."""

    width: float
    type: float
    pitch: float  # from mark to mark
    beside: float = 0  # most room for a label
    count: float = 0


WIDE, NARROW = Form(720, 14, 16.5, 260, 104), Form(280, 13, 17.5)


@dataclass(frozen=True)
class Share:
    """Claims with the same mark."""

    glyph: str
    tone: str
    count: int


@dataclass(frozen=True)
class Glyph:
    """A mark as drawn, MARK wide and high."""

    name: str
    tone: str
    x: float
    y: float


@dataclass(frozen=True)
class Chart:
    """All primitives of one SVG; strokes are paths with their classes."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    strokes: tuple[tuple[str, str], ...] = ()
    texts: tuple[Text, ...] = ()


def column(labels: Iterable[str], form: Form, more: float = 0) -> float:
    """Return how wide the column of labels is; 0 where they stand above their rows."""
    widest = max((text_width(label, form.type) for label in labels), default=0) + more + 20
    return min(form.beside, trim(widest)) if form.beside else 0


def fitted(text: str, size: float, room: float) -> str:
    """Return a text cut to the room that it has."""
    if text_width(text, size) <= room:
        return text
    ends = range(len(text) - 1, 0, -1)
    cut = (text[:end].rstrip() + "…" for end in ends)
    return next((short for short in cut if text_width(short, size) <= room), "")


def box(x: float, y: float, width: float, height: float) -> str:
    """Return the path of a rectangle."""
    return f"M{trim(x)} {trim(y)}h{trim(width)}v{trim(height)}H{trim(x)}z"


def joined(parts: Sequence[Chart], width: float, height: float) -> Chart:
    """Return parts, each drawn where it belongs, as one drawing."""
    return Chart(
        width, trim(height),
        tuple(glyph for part in parts for glyph in part.glyphs),
        tuple(stroke for part in parts for stroke in part.strokes),
        tuple(text for part in parts for text in part.texts),
    )  # fmt: skip
