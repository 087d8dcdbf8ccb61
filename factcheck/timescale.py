"""A time axis that gives most room to the days around one turn.

The month before the turn through the month after it run by the day, the rest of that year and the
years after it follow compressed, and earlier years are stubs with gaps between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from .dates import PartialDate
from .words import ENGLISH, Words

STUBS = 6
PAD = 12.0  # from the end of a stub to its first day


class Stretch(NamedTuple):
    """Days from first to last, drawn from start to end."""

    first: date
    last: date
    start: float
    end: float


class Band(NamedTuple):
    """A part of the calendar with a name, and a shorter name for want of room."""

    first: date
    last: date
    name: str
    short: str


@dataclass(frozen=True)
class Calendar:
    """What an axis must show: groups of early days, and the days between which the rest runs."""

    stubs: tuple[tuple[date, ...], ...]
    fences: tuple[date, ...]
    words: Words = ENGLISH

    @property
    def lengths(self) -> tuple[int, ...]:
        """The days in each stretch of the run: before the turn, after it, later."""
        return tuple((last - first).days for first, last in pairwise(self.fences))

    @property
    def bands(self) -> tuple[Band, ...]:
        """The named parts, in order: stubs, months, the rest of the year, years."""
        return (*map(self._stub, self.stubs), *self._months(), *self._later())

    def brief(self, day: date) -> str:
        """Return the date of an event, as exact as its part of the axis shows it."""
        turn, month = self.fences[1], PartialDate(f"{day:%Y-%m}")
        if day.year == turn.year or self.fences[0] <= day <= self.fences[2]:
            return self.words.day(day, short=True)
        return self.words.short(month) if day.year == turn.year - 1 else str(day.year)

    def _stub(self, days: Sequence[date]) -> Band:
        first, last = days[0], days[-1]
        name = str(first.year)
        if last.year > first.year:
            name = f"{first.year}–{last.year}"
        elif days == self.stubs[-1] and first.year >= self.fences[0].year - 1:
            months = dict.fromkeys(self.words.month(day, short=True) for day in (first, last))
            name = f"{'–'.join(months)} {first.year}"
        return Band(first, last, name, name)

    def _months(self) -> Iterator[Band]:
        first, end = self.fences[0], self.fences[2]
        while first < end:
            last, month = month_from(first, 1), self.words.month(first)
            dated = first == self.fences[0] or first.month == 1
            name = self.words.long(PartialDate(f"{first:%Y-%m}")) if dated else month
            yield Band(first, last, name, self.words.month(first, short=True))
            first = last

    def _later(self) -> Iterator[Band]:
        for first, last in pairwise(self.fences[2:]):
            if first.month > 1:
                yield self._rest(first, last)
                continue
            for year in range(first.year, last.year):
                yield Band(date(year, 1, 1), date(year + 1, 1, 1), str(year), str(year))

    def _rest(self, first: date, last: date) -> Band:
        """Return the rest of the turn's year, from the month of `first`."""
        begins, ends = first, last - timedelta(days=1)
        name, short = self.words.month(begins), self.words.month(begins, short=True)
        if begins.month < ends.month:
            name = self.words.gettext("%(first)s to %(last)s", first=name, last=self.words.month(ends))
            short = f"{short}–{self.words.month(ends, short=True)}"
        return Band(first, last, name, short)


@dataclass(frozen=True)
class Scale:
    """Where days lie: stubs with gaps between them, then one run."""

    stubs: tuple[Stretch, ...]
    run: tuple[Stretch, ...]

    def place(self, day: date) -> float | None:
        """Return where `day` lies; None in a gap or beyond the ends."""
        for first, last, start, end in self.stubs + self.run:
            if first <= day <= last:
                share = (day - first) / (last - first) if first < last else 0.5
                return start + (end - start) * share
        return None


def month_from(day: date, months: int) -> date:
    """Return the first day of the month that lies so many months after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def plan(days: Iterable[date], turn: date, words: Words = ENGLISH) -> Calendar:
    """Return the calendar in which all `days` and the turn have a place."""
    start, end = month_from(turn, -1), month_from(turn, 2)
    last = max(days := sorted({*days, turn}))
    fences = [start, turn, end]
    if last > end:
        fences += [date(end.year + (end.month > 1), 1, 1), date(last.year + 1, 1, 1)]
    stubs = [tuple(year) for _, year in groupby((d for d in days if d < start), _year)]
    while len(stubs) > STUBS:
        near = min(range(1, len(stubs)), key=lambda i: stubs[i][0] - stubs[i - 1][-1])
        stubs[near - 1 : near + 1] = [stubs[near - 1] + stubs[near]]
    return Calendar(tuple(stubs), tuple(dict.fromkeys(fences)), words)


def lay(calendar: Calendar, at: float, stubs: Sequence[float], gap: float, run: Sequence[float]) -> Scale:
    """Return the scale that begins at `at`, its stubs and the stretches of its run of these sizes.

    A stub keeps PAD free at either end; `gap` lies between it and what follows.
    """
    early, late = [], []
    for days, size in zip(calendar.stubs, stubs, strict=True):
        early.append(Stretch(days[0], days[-1], at + PAD, at + size - PAD))
        at += size + gap
    for (first, last), size in zip(pairwise(calendar.fences), run, strict=True):
        late.append(Stretch(first, last, at, at + size))
        at += size
    return Scale(tuple(early), tuple(late))


def _year(day: date) -> int:
    return day.year
