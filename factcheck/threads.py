"""Threads: claims as glyphs on a rail, each with a curve to where it ends on an axis.

Time runs along, threads run across: in a lying form along is x, in an upright one y.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .labels import Span

CROWD = 60  # claims; beyond, one strand stands for all of a rank in a document
CURVE = 0.56  # of the way across: how far a thread holds its direction at either end
THREAD, ROPE = 1.6, 14.0  # width of one claim's thread, and of the thickest bundle
STEP = 18.0  # from row to row of glyphs


@dataclass(frozen=True)
class Strand:
    """A claim. `settled` is None while it is open; unless `threaded` it is a glyph and no more.

    `rank` is its place on the scale, 5 to 1, or 0 off it; `count` the claims that it stands for.
    """

    href: str
    glyph: str
    tone: str
    rank: int
    settled: date | None
    threaded: bool = True
    count: int = 1


@dataclass(frozen=True)
class Sheaf:
    """A document: its name, the day it was said in words, its claims in order, its page."""

    title: str
    said: str
    strands: tuple[Strand, ...]
    href: str = ""

    @property
    def count(self) -> int:
        """How many claims it holds."""
        return sum(strand.count for strand in self.strands)


@dataclass(frozen=True)
class Stitch:
    """A claim as drawn: its glyph and, if it has one, its thread and the dot at the end.

    `thread` is a path; `width` is None where it is that of a single thread.
    """

    href: str
    tone: str
    glyph: str
    x: float
    y: float
    size: float
    thread: str = ""
    open: bool = False
    width: float | None = None
    dot: Span | None = None


@dataclass(frozen=True)
class Form:
    """How a drawing lies, and the measures of its rail of glyphs."""

    upright: bool
    size: float  # of a glyph
    edge: float  # of the first row of glyphs, across
    leave: float  # from the edge of a row to where its threads begin
    origin: float  # of the first glyph, along
    between: float  # two sheaves
    axis: float  # across

    def pair(self, along: float, across: float) -> Span:
        """Return x and y."""
        along, across = trim(along), trim(across)
        return (across, along) if self.upright else (along, across)

    def path(self, *line: Span, curve: Sequence[Span] = ()) -> str:
        """Return a line through points, and from there a curve through three more."""
        corners, holds = [
            ["{} {}".format(*self.pair(*point)) for point in points] for points in (line, curve)
        ]
        return f"M{'L'.join(corners)}" + (f"C{' '.join(holds)}" if holds else "")


@dataclass(frozen=True)
class Rail:
    """Where glyphs stand: the start of each sheaf, from glyph to glyph, rows, the end of all."""

    starts: tuple[float, ...]
    pitch: float
    rows: int
    end: float


def trim(value: float) -> float:
    """Return the value with one decimal, or with none where that is nought."""
    tenth = round(value, 1)
    return int(tenth) if tenth == int(tenth) else tenth


def bundle(sheaves: Sequence[Sheaf]) -> Sequence[Sheaf]:
    """Return the sheaves; of a crowd of claims, with one strand per document and rank.

    Such a strand has the mark of most of its claims, ends at the median of their days and links
    to the document.
    """
    if sum(len(sheaf.strands) for sheaf in sheaves) <= CROWD:
        return sheaves
    return [replace(sheaf, strands=tuple(_ropes(sheaf))) for sheaf in sheaves]


def ends(sheaves: Sequence[Sheaf]) -> list[date | None]:
    """Return where the threads end: settle dates, and None for each that is open."""
    return [strand.settled for sheaf in sheaves for strand in sheaf.strands if strand.threaded]


def stand(sheaves: Sequence[Sheaf], form: Form, pitch: float, rooms: Iterable[float]) -> Rail:
    """Return the rail on which glyphs stand `pitch` apart and each sheaf has at least its room.

    Glyphs that would touch are staggered in two rows.
    """
    starts, at = [], form.origin
    for sheaf, room in zip(sheaves, rooms, strict=True):
        starts.append(at)
        length = max(0, len(sheaf.strands) - 1) * pitch + form.size
        at += max(length + form.between, room)
    return Rail(tuple(starts), pitch, 1 if pitch > form.size + 1 else 2, at - form.between)


def stitch(
    sheaves: Sequence[Sheaf], rail: Rail, form: Form, end: Callable[[date | None], float | None]
) -> tuple[Stitch, ...]:
    """Return the claims as drawn, the best first so that failures lie on top.

    `end` tells where along the axis a settle date lies, or None, the place of open claims.
    """
    most = max((strand.count for sheaf in sheaves for strand in sheaf.strands), default=1)
    weight = min(THREAD, ROPE / most)
    drawn = []
    for sheaf, start in zip(sheaves, rail.starts, strict=True):
        for place, strand in enumerate(sheaf.strands):
            along, row = start + place * rail.pitch, place % rail.rows
            x, y = form.pair(along, form.edge + STEP * row)
            glyph = Stitch(strand.href, strand.tone, strand.glyph, x, y, form.size)
            to = end(strand.settled) if strand.threaded else None
            if to is not None:
                glyph = replace(
                    glyph,
                    thread=_thread(form, along + form.size / 2, row, rail.rows, to),
                    open=strand.settled is None,
                    width=trim(weight * strand.count) if most > 1 else None,
                    dot=form.pair(to, form.axis) if strand.settled else None,
                )
            drawn.append((strand.rank, glyph))
    return tuple(glyph for _, glyph in sorted(drawn, key=lambda item: -item[0]))


def _thread(form: Form, along: float, row: int, rows: int, to: float) -> str:
    begin = form.edge + form.leave + STEP * row
    free = form.edge + form.leave + STEP * (rows - 1)
    hold = CURVE * (form.axis - free)
    down = dict.fromkeys(((along, begin), (along, free)))
    curve = ((along, free + hold), (to, form.axis - hold), (to, form.axis))
    return form.path(*down, curve=curve)


def _ropes(sheaf: Sheaf) -> Iterator[Strand]:
    alike: dict[tuple[int, bool, bool], list[Strand]] = {}
    for strand in sheaf.strands:
        key = (-strand.rank, not strand.threaded, strand.settled is None)
        alike.setdefault(key, []).append(strand)
    for _, rope in sorted(alike.items()):
        days = sorted(strand.settled for strand in rope if strand.settled)
        marks = Counter(strand.glyph for strand in rope)
        yield replace(
            rope[0],
            glyph=max(marks, key=lambda glyph: (marks[glyph], glyph)),
            href=sheaf.href or rope[0].href,
            settled=days[len(days) // 2] if days else None,
            count=sum(strand.count for strand in rope),
        )
