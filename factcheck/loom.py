"""The loom: claims in the order they were made, each tied to the day that settled it.

Sheaves of claims and dated marks go in; two drawings come out, one lying and one upright. Every
coordinate is rounded and ready to be written, so that a template only loops.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from math import fsum

from .dates import PartialDate
from .labels import CLEAR, Mark, Span, Text, first_fitting, in_lines, seat, text_width
from .threads import (
    STEP,
    Form,
    Rail,
    Sheaf,
    Stitch,
    Strand,
    bundle,
    ends,
    stand,
    stitch,
    trim,
)
from .timescale import PAD, Calendar, Scale, lay, plan
from .words import ENGLISH, Words

__all__ = ["Drawing", "Mark", "Sheaf", "Strand", "Text", "Turn", "horizontal", "vertical"]

LYING = Form(False, 16, 66, 18, 0, 34, 326)
UPRIGHT = Form(True, 15, 1.5, 16.5, 44.5, 47, 176)
PITCHES = (19, 18.5, 18, 17.5, *(half / 2 for half in range(28, 17, -1)))
NUDGES = (0, -8, 8, -16, 16, -24, 24)
WIDE, NARROW = 14.5, 13.0  # sizes of type: the lying drawing is shown down to 1024 pixels
ROOM = 140.0  # for a label beside the upright axis; it may reach into the margin of the page
LEADING = 15.0  # from line to line of such a label


@dataclass(frozen=True)
class Turn:
    """The day around which time is drawn; `short` is its name in the upright drawing."""

    day: date
    label: str
    short: str = ""


@dataclass(frozen=True)
class Drawing:
    """All primitives of one SVG in drawing order; field, line, axis, tail and ticks are paths."""

    width: float
    height: float
    field: str
    line: str
    stitches: tuple[Stitch, ...]
    axis: str
    tail: str
    ticks: str
    texts: tuple[Text, ...]


def horizontal(
    sheaves: Sequence[Sheaf], marks: Sequence[Mark], turn: Turn, words: Words = ENGLISH
) -> Drawing:
    """Return the lying drawing, 1120 wide, for wide windows and for paper."""
    sheaves = bundle(sheaves)
    days = ends(sheaves)
    calendar = plan(filter(None, days), turn.day, words)
    rest = 1083.0 if None in days else None
    scale = _lying_scale(calendar, 1040 if rest else 1120)
    now, end = trim(scale.place(turn.day) or 0), trim(scale.run[-1].end)
    rail = _lying_rail(sheaves, now - 12, words)
    axis = trim(LYING.axis + STEP * (rail.rows - 1))
    form = replace(LYING, axis=axis)
    labels, stems = _lying_labels(_wanted(marks, scale, turn), axis, now)
    borders = (scale.place(band.first) or 0 for band in calendar.bands[len(scale.stubs) + 1 :])
    return Drawing(
        width=1120,
        height=trim(axis + 78),
        field=f"M{now} 0H{end}V{axis}H{now}z",
        line=f"M{now} 1V{axis}",
        stitches=stitch(sheaves, rail, form, lambda day: scale.place(day) if day else rest),
        axis=_axis(scale, form),
        tail=f"M1062 {axis}H1104" if rest else "",
        ticks="".join(f"M{trim(border)} {axis}v6" for border in borders) + stems,
        texts=(
            Text(trim(now + 14), 24, words.long(PartialDate(turn.day.isoformat())), "cap"),
            Text(trim(now + 14), 44, turn.label),
            *_lying_captions(sheaves, rail, now, words),
            *labels,
            *_lying_bands(calendar, scale, axis + 74, rest),
        ),
    )


def vertical(sheaves: Sequence[Sheaf], marks: Sequence[Mark], turn: Turn, words: Words = ENGLISH) -> Drawing:
    """Return the upright drawing, 320 wide, for phones."""
    sheaves, form = bundle(sheaves), UPRIGHT
    crowded = sum(len(sheaf.strands) for sheaf in sheaves) > 32
    rail = stand(sheaves, form, 10 if crowded else 17.5, [0.0] * len(sheaves))
    days = ends(sheaves)
    calendar = plan(filter(None, days), turn.day, words)
    scale = _upright_scale(calendar, rail.end + 7)
    now, end = trim(scale.place(turn.day) or 0), scale.run[-1].end
    rest = end + 36 if None in days else None
    height = trim(end + (60 if rest else 10))
    return Drawing(
        width=320,
        height=height,
        field=f"M0 {now}H320V{height}H0z",
        line=f"M0 {now}H320",
        stitches=stitch(sheaves, rail, form, lambda day: scale.place(day) if day else rest),
        axis=_axis(scale, form),
        tail=form.path((end + 16, form.axis), (end + 50, form.axis)) if rest else "",
        ticks="",
        texts=(
            *_upright_captions(sheaves, rail, words),
            Text(188, trim(now - 16), words.day(turn.day), "cap"),
            Text(188, trim(now + 22), first_fitting((turn.label, turn.short), NARROW, ROOM), "k"),
            *_upright_labels(_wanted(marks, scale, turn), calendar, scale, now),
            *([Text(188, trim(rest + 4), words.gettext("Not settled"), "e")] if rest else []),
        ),
    )


def _axis(scale: Scale, form: Form) -> str:
    stubs = [(stub.start - PAD, stub.end + PAD) for stub in scale.stubs]
    spans = [*stubs, (scale.run[0].start, scale.run[-1].end)]
    return "".join(form.path((a, form.axis), (b, form.axis)) for a, b in spans)


def _wanted(marks: Sequence[Mark], scale: Scale, turn: Turn) -> list[tuple[float, Mark]]:
    places = ((scale.place(mark.day), mark) for mark in marks if mark.day != turn.day)
    found = [(place, mark) for place, mark in places if place is not None]
    return sorted(found, key=lambda item: (-item[1].weight, item[1].day, item[1].label))


def _lying_scale(calendar: Calendar, end: float) -> Scale:
    stubs = [
        max(2 * PAD + 12 * (len(days) - 1), text_width(band.name, WIDE) + 2)
        for days, band in zip(calendar.stubs, calendar.bands, strict=False)
    ]
    room = end - fsum(stubs) - 12 * len(stubs)
    before, after, *later = calendar.lengths
    sizes = [136 if days < 365 else 62 * round(days / 365.25) for days in later]
    squeeze = min(1, 0.4 * room / max(1, sum(sizes)))
    late = [size * squeeze for size in sizes]
    daily = (room - fsum(late)) / (before + 0.75 * after)
    return lay(calendar, 0, stubs, 12, (before * daily, 0.75 * after * daily, *late))


def _upright_scale(calendar: Calendar, least: float) -> Scale:
    stubs = [2 * PAD + 14 * (len(days) - 1) for days in calendar.stubs]
    top = 16 + sum(stubs) + 8 * len(stubs)
    before, after, *later = calendar.lengths
    late = [56 if days < 365 else 34 * round(days / 365.25) for days in later]
    return lay(calendar, 16, stubs, 8, (max(least - top, 4 * before), 3.2 * after, *late))


def _lying_rail(sheaves: Sequence[Sheaf], end: float, words: Words) -> Rail:
    rooms = [max(text_width(line, WIDE) for line in _caption(sheaf, words)) + 16 for sheaf in sheaves]
    choices = product((rooms, [0.0] * len(rooms)), PITCHES)
    rails = [stand(sheaves, LYING, pitch, least) for least, pitch in choices]
    return next((rail for rail in rails if rail.end <= end), rails[-1])


def _caption(sheaf: Sheaf, words: Words) -> tuple[str, str]:
    title = words.gettext("%(document)s, %(claims)s", document=sheaf.title, claims=_count(sheaf, words))
    return _said(sheaf, words), title


def _said(sheaf: Sheaf, words: Words) -> str:
    return words.gettext("Said %(date)s", date=sheaf.said)


def _count(sheaf: Sheaf, words: Words) -> str:
    return words.ngettext("%(num)s claim", "%(num)s claims", sheaf.count)


def _lying_captions(sheaves: Sequence[Sheaf], rail: Rail, now: float, words: Words) -> Iterator[Text]:
    free = 0.0
    for sheaf, start in zip(sheaves, rail.starts, strict=True):
        said, title = _caption(sheaf, words)
        end = start + max(text_width(said, WIDE), text_width(title, WIDE))
        if start >= free and end <= now + CLEAR:
            free = end + CLEAR
            yield Text(trim(start), 24, said, "k")
            yield Text(trim(start), 44, title)


def _upright_captions(sheaves: Sequence[Sheaf], rail: Rail, words: Words) -> Iterator[Text]:
    for sheaf, start in zip(sheaves, rail.starts, strict=True):
        halo = "halo" if start > UPRIGHT.origin else ""
        title = first_fitting((sheaf.title, _count(sheaf, words)), NARROW, 165)
        yield Text(0, trim(start - 26.5), _said(sheaf, words), f"k {halo}".strip())
        yield Text(0, trim(start - 9.5), title, halo)


def _lying_labels(wanted: list[tuple[float, Mark]], axis: float, now: float) -> tuple[list[Text], str]:
    rows: list[list[Span]] = [[(now, now)], []]
    labels, stems = [], ""
    for at, mark in wanted:
        length = text_width(mark.label, WIDE)
        nudges = [nudge for nudge in NUDGES if abs(nudge) < length / 2 - 4]
        if place := seat(at, length, rows, nudges, (0, 1120)):
            row, middle = place
            labels.append(Text(trim(middle), axis + 24 + 21 * row, mark.label, "e", "middle"))
            stems += f"M{trim(at)} {axis + 10}v21" if row else ""
    return sorted(labels, key=lambda label: label.x), stems


def _lying_bands(calendar: Calendar, scale: Scale, y: float, rest: float | None) -> Iterator[Text]:
    rows: list[list[Span]] = [[]]
    if rest:
        open_end = calendar.words.gettext("Not settled")
        yield Text(1120, y, open_end, anchor="end")
        rows[0].append((1120 - text_width(open_end, WIDE), 1120))
    for first, last, name, short in calendar.bands:
        start, end = scale.place(first) or 0, scale.place(last) or 0
        for text in (name, short) if end - start > text_width(name, WIDE) else (short,):
            if place := seat((start + end) / 2, text_width(text, WIDE), rows, (0,), (0, 1120)):
                yield Text(trim(place[1]), y, text, anchor="middle")
                break


def _upright_labels(
    wanted: list[tuple[float, Mark]], calendar: Calendar, scale: Scale, now: float
) -> Iterator[Text]:
    rows: list[list[Span]] = [[(now - 30, now - 8), (now + 8, now + 24)]]
    named = []
    for at, mark in wanted:
        name = mark.short or mark.label
        named.append((at, (f"{calendar.brief(mark.day)} {name}", name), "e"))
    for first, last, name, short in calendar.bands:
        start, end = scale.place(first) or 0, scale.place(last) or 0
        if not any(start <= at <= end for at, _ in wanted):
            named.append(((start + end) / 2, (name, short), ""))
    for at, texts, style in named:
        lines = in_lines(texts, NARROW, ROOM)
        height = 9 + LEADING * (len(lines) - 1)
        if lines and (place := seat(at, height, rows, (0, -4, 4, -8, 8), (12, scale.run[-1].end))):
            for number, line in enumerate(lines):
                yield Text(188, trim(place[1] + 13 - height / 2 + LEADING * number - 4.5), line, style)
