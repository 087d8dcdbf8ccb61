"""Counts as drawings: rows of marks, paired bars, columns over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .charts import AXIS, MARK, STEP, Chart, Form, Glyph, Share, box, column, fitted, joined
from .labels import Span, Text, seat, text_width
from .threads import trim
from .words import Words

CROWD = 32  # marks in one row; beyond, all rows are bars


@dataclass(frozen=True)
class Row:
    """What a row counts, its page if it has one, and the claims from the top of the scale down."""

    label: str
    href: str
    shares: tuple[Share, ...]

    @property
    def count(self) -> int:
        """How many claims it counts."""
        return sum(share.count for share in self.shares)

    def of(self, tone: str) -> int:
        """Return how many of them have a tone."""
        return sum(share.count for share in self.shares if share.tone == tone)


@dataclass(frozen=True)
class Weight:
    """Evidence for and against, and context: sources, and the independent origins among them."""

    label: str
    marks: tuple[Share, ...]
    supports: tuple[int, int]
    refutes: tuple[int, int]
    context: tuple[int, int]


@dataclass(frozen=True)
class _Frame:
    """What the rows of a drawing share: form, words, where they begin, the most of a bar, 0 for marks."""

    form: Form
    words: Words
    left: float
    most: int


@dataclass(frozen=True)
class _Scale:
    """What paired bars share: form, where they begin, where their line stands, the length of one source."""

    form: Form
    left: float
    middle: float
    unit: float


def rows(groups: Sequence[tuple[str, Sequence[Row]]], form: Form, words: Words) -> Chart:
    """Return titled groups of rows, one mark for each claim; of a crowd, bars of one unit."""
    every = [row for _, group in groups for row in group]
    crowded = any(row.count > CROWD for row in every)
    most = max((row.of(tone) for row in every for tone in AXIS), default=0) if crowded else 0
    left = column([row.label for row in every], form)
    frame = _Frame(form, words, left, most)
    parts, y = [], 0.0
    for title, group in groups:
        if title:
            y += 12 if y else 0
            parts.append(Chart(0, y + 26, texts=(Text(0, y + 16, title, "k"),)))
            y += 26
        for row in group:
            parts.append(_row(row, y, frame))
            y = parts[-1].height
    return joined(parts, form.width, y)


def _row(row: Row, y: float, frame: _Frame) -> Chart:
    form, words, left = frame.form, frame.words, frame.left
    counted = words.ngettext("%(num)s claim", "%(num)s claims", row.count)
    room = left - 12 if left else form.width - text_width(counted, form.type) - 12
    start, top = (left, y + 7) if left else (0.0, y + 26)
    draw = _cells(row, start, top, frame) if frame.most and row.count else _marks(row, start, top, form)
    texts = (
        Text(0, trim(y + 19), fitted(row.label, form.type, room), "e"),
        Text(form.width, trim(y + 19), counted, "", "end"),
    )
    end = max(draw.height, y + 22) + 7
    return Chart(
        0, end, draw.glyphs, ((f"M0 {trim(y)}H{form.width}", "rule"), *draw.strokes), (*texts, *draw.texts)
    )


def _marks(row: Row, left: float, top: float, form: Form) -> Chart:
    line = int((form.width - left - form.count) // form.pitch)
    glyphs: list[Glyph] = []
    for share in row.shares:
        apart = 1 if share.tone == "v0" and row.of("v0") < row.count else 0
        for _ in range(share.count):
            down, along = divmod(len(glyphs) + apart, line)
            x, y = trim(left + along * form.pitch), trim(top + down * STEP)
            glyphs.append(Glyph(share.glyph, share.tone, x, y))
    return Chart(0, glyphs[-1].y + STEP if glyphs else top, tuple(glyphs))


def _cells(row: Row, left: float, top: float, frame: _Frame) -> Chart:
    form = frame.form
    size = (form.width - left - form.count) / len(AXIS)
    aside = size > 70
    glyphs, strokes, texts = [], [], []
    for place, tone in enumerate(AXIS):
        if count := row.of(tone):
            share = max((s for s in row.shares if s.tone == tone), key=lambda share: share.count)
            x = left + place * size
            glyphs.append(Glyph(share.glyph, tone, trim(x), trim(top)))
            at = (x + MARK + 5, top + 12) if aside else (x, top + 30)
            texts.append(Text(trim(at[0]), trim(at[1]), frame.words.figures(count), "e"))
            bar = box(x, top + (20 if aside else 36), max(1, (size - 10) * count / frame.most), 6)
            strokes.append((bar, f"bar {tone}"))
    return Chart(0, top + (30 if aside else 46), tuple(glyphs), tuple(strokes), tuple(texts))


def balance(weights: Sequence[Weight], form: Form, words: Words) -> Chart:
    """Return bars to either side of a line: against on the left, in support on the right.

    A bar is as long as there are sources; its solid part counts their independent origins. Context
    stands in figures at the end.
    """
    gap = 2 * (MARK + 4)
    left = column([weight.label for weight in weights], form, gap)
    heads = [words.gettext("Against"), words.gettext("Supports"), words.gettext("Context")]
    aside = max(text_width(heads[2], form.type), text_width("99/99", form.type)) + 16
    note = text_width("999/999", form.type) + 8
    most = [max((side[0] for side in sides), default=0)
            for sides in ([w.refutes for w in weights], [w.supports for w in weights])]  # fmt: skip
    room = form.width - left - aside - 2 * note
    unit = room / max(1, sum(most))
    middle = trim(left + note + most[0] * unit)
    parts = [_balance_heads(heads, middle, form)]
    y = 28.0
    for weight in weights:
        parts.append(_weighed(weight, y, _Scale(form, left, middle, unit)))
        y = parts[-1].height
    return joined(parts, form.width, y)


def _balance_heads(heads: Sequence[str], middle: float, form: Form) -> Chart:
    wide = text_width(heads[0], form.type)
    before = Text(trim(max(middle - 8, wide)), 16, heads[0], "k", "end")
    after = Text(trim(max(middle + 8, wide + 8)), 16, heads[1], "k")
    return Chart(0, 0, texts=(before, after, Text(form.width, 16, heads[2], "k", "end")))


def _weighed(weight: Weight, y: float, scale: _Scale) -> Chart:
    form, left, middle, unit = scale.form, scale.left, scale.middle, scale.unit
    at = y if left else y + 24
    strokes = [
        (f"M0 {trim(y)}H{form.width}", "rule"),
        (f"M{middle} {trim(at if left else at + 4)}v{30 if left else 22}", "ax"),
    ]
    texts = []
    for sign, (sources, origins) in ((-1, weight.refutes), (1, weight.supports)):
        x = middle + sign * sources * unit
        if sources:
            strokes.append((box(min(x, middle), at + 8, sources * unit, 14), "all"))
            solid = origins * unit
            strokes.append((box(middle - solid if sign < 0 else middle, at + 8, solid, 14), "bar"))
        texts.append(
            Text(
                trim(x + sign * 6),
                trim(at + 20),
                _told(sources, origins),
                "e" if sources else "",
                "end" if sign < 0 else "",
            )
        )
    texts.append(Text(form.width, trim(at + 20), _told(*weight.context), "", "end"))
    glyphs = [Glyph(mark.glyph, mark.tone, trim(place * (MARK + 4)), trim(y + 8))
              for place, mark in enumerate(weight.marks)]  # fmt: skip
    start = 2 * (MARK + 4)
    label = fitted(weight.label, form.type, (left or form.width) - start - 8)
    texts.append(Text(start, trim(y + 20), label, "e"))
    return Chart(0, at + 30, tuple(glyphs), tuple(strokes), tuple(texts))


def _told(sources: int, origins: int) -> str:
    return str(sources) if sources == origins else f"{origins}/{sources}"


def columns(
    lines: Sequence[tuple[str, Sequence[int]]], names: Sequence[str], form: Form, words: Words
) -> Chart:
    """Return for each line one column a period, as high as its count, and the names that find room."""
    left = column([label for label, _ in lines], form)
    pitch = (form.width - left) / max(1, len(names))
    most = max((count for _, counts in lines for count in counts), default=0)
    strokes, texts, y = [], [], 0.0
    for label, counts in lines:
        foot = y + (50 if left else 70)
        texts.append(
            Text(0, trim(foot - 6 if left else y + 18), fitted(label, form.type, left or form.width), "e")
        )
        strokes.append((f"M{trim(left)} {trim(foot)}H{form.width}", "rule"))
        for place, count in enumerate(counts):
            if count:
                middle, high = left + (place + 0.5) * pitch, max(1, 26 * count / most)
                wide = min(18, pitch - 4)
                strokes.append((box(middle - wide / 2, foot - high, wide, high), "bar"))
                texts.append(Text(trim(middle), trim(foot - high - 5), words.figures(count), "e", "middle"))
        y = foot
    taken: list[list[Span]] = [[]]
    for place, name in enumerate(names):
        wide, at = text_width(name, form.type), left + (place + 0.5) * pitch
        if found := seat(at, wide, taken, (0,), (0, form.width)):
            texts.append(Text(trim(found[1]), trim(y + 20), name, "", "middle"))
    return Chart(form.width, trim(y + 26), (), tuple(strokes), tuple(texts))
