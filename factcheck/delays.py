"""Delays: claims on a scale of days, from when each was said to when it was settled."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from .charts import AXIS, MARK, WIDE, Chart, Glyph, box, joined
from .labels import Span, Text, seat, text_width
from .threads import trim
from .words import Words

TALL = 12  # marks in one stack; beyond, all stacks are bars
RISE = 150.0  # of the tallest bar
EDGES = (1, 8, 31, 366, 3653)  # days from which the stretches run, either way
SLOTS = 4  # stacks of marks in a stretch; the same day has three
MIDDLE, PITCH = WIDE.width / 2, WIDE.width / (2 * SLOTS * len(EDGES) + 3)
RISER = 16.0  # from mark to mark in a stack


@dataclass(frozen=True)
class Point:
    """A claim on a strip: days from when it was said to when it was settled; `ahead` if it foretold."""

    days: int
    glyph: str
    tone: str
    ahead: bool


def stretch(days: int) -> int:
    """Return in which stretch a number of days lies: 0 the same day, -5 long before, 5 long after."""
    place = bisect_right(EDGES, abs(days))
    return -place if days < 0 else place


def strip(points: Sequence[Point], words: Words) -> Chart:
    """Return claims on a scale of days, wide: what stated a fact above its line, what foretold below."""
    stacks = _stacked(points)
    highest = max(map(len, stacks.values()), default=0)
    sides = [[len(stack) for (ahead, _), stack in stacks.items() if ahead is side] for side in (False, True)]
    above, below = (RISE + 20 if highest > TALL else RISER * max(side, default=0) for side in sides)
    axis = trim(34 + above)
    borders = [
        MIDDLE + sign * (1.5 + SLOTS * place) * PITCH for sign in (-1, 1) for place in range(len(EDGES))
    ]
    ticks = "".join(f"M{trim(x)} {axis}v6" for x in borders)
    line = ((f"M0 {axis}H{WIDE.width}", "ax"), (ticks, "tick"))
    scale = Chart(0, 0, strokes=line, texts=(*_heads(words), *_names(borders, axis + 20, words)))
    drawn = _bars(points, axis, words) if highest > TALL else _marks(stacks, axis)
    return joined([scale, drawn], WIDE.width, trim(axis + 30 + below))


def _stacked(points: Sequence[Point]) -> dict[tuple[bool, int], list[Point]]:
    """Return the stacks by side and slot, the best at the foot; the same day has three slots."""
    stacks: dict[tuple[bool, int], list[Point]] = {}
    same = {False: 0, True: 0}
    for point in sorted(points, key=lambda point: (AXIS.index(point.tone), point.days)):
        slot = _slot(point.days)
        if slot == 0:
            slot = (0, -1, 1)[same[point.ahead] % 3]
            same[point.ahead] += 1
        stacks.setdefault((point.ahead, slot), []).append(point)
    return stacks


@cache
def _slot(days: int) -> int:
    """Return how many slots from the middle a number of days lies, by its logarithm within a stretch."""
    if days == 0:
        return 0
    place = abs(stretch(days)) - 1
    low, high = (*EDGES, 40_000)[place : place + 2]
    share = (log(abs(days)) - log(low)) / (log(high) - log(low))
    slot = 2 + SLOTS * place + min(SLOTS - 1, int(share * SLOTS))
    return slot if days > 0 else -slot


def _heads(words: Words) -> tuple[Text, ...]:
    return (
        Text(0, 16, words.gettext("Settled before it was said"), "k"),
        Text(WIDE.width / 2, 16, words.gettext("The same day"), "k", "middle"),
        Text(WIDE.width, 16, words.gettext("Settled afterwards"), "k", "end"),
    )


def _names(borders: Sequence[float], y: float, words: Words) -> Iterator[Text]:
    """Yield the names of the borders that find room, those nearest to the day first."""
    taken: list[list[Span]] = [[]]
    named = zip(_ticks(words) * 2, borders, strict=True)
    for name, x in sorted(named, key=lambda item: abs(item[1] - MIDDLE)):
        away = 1 if x > MIDDLE else -1
        nudges = [away * nudge for nudge in (0, 4, 8, 12, 16, 20)]
        if found := seat(x, text_width(name, WIDE.type), taken, nudges, (0, WIDE.width)):
            yield Text(trim(found[1]), y, name, "", "middle")


def _ticks(words: Words) -> list[str]:
    day, years = ("%(num)s day", "%(num)s days"), ("%(num)s year", "%(num)s years")
    return [words.ngettext(*day, 1), words.gettext("1 week"), words.gettext("1 month"),
            words.ngettext(*years, 1), words.ngettext(*years, 10)]  # fmt: skip


def _marks(stacks: dict[tuple[bool, int], list[Point]], axis: float) -> Chart:
    glyphs = []
    for (ahead, slot), stack in sorted(stacks.items()):
        for place, point in enumerate(stack):
            y = axis + 30 + place * RISER if ahead else axis - 3 - MARK - place * RISER
            glyphs.append(Glyph(point.glyph, point.tone, trim(MIDDLE + slot * PITCH - MARK / 2), trim(y)))
    return Chart(0, 0, tuple(glyphs))


def _bars(points: Sequence[Point], axis: float, words: Words) -> Chart:
    counts = Counter((point.ahead, stretch(point.days)) for point in points)
    most, strokes, texts = max(counts.values()), [], []
    for (ahead, place), count in sorted(counts.items()):
        middle = MIDDLE + PITCH * (SLOTS * place + ((place < 0) - (place > 0)) * 0.5)
        high = max(1, RISE * count / most)
        top = axis + 30 if ahead else axis - high
        strokes.append((box(middle - PITCH, top, 2 * PITCH, high), "bar"))
        y = top + high + 15 if ahead else top - 5
        texts.append(Text(trim(middle), trim(y), words.figures(count), "e", "middle"))
    return Chart(0, 0, strokes=tuple(strokes), texts=tuple(texts))
