"""The record in figures: every mark inside its drawing, and as many drawn as the table counts."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck import tallies
from factcheck.catalogue import Catalogue, catalogue
from factcheck.charts import AXIS, NARROW, WIDE, Chart, Form, Share
from factcheck.counts import CROWD, Row, Weight, balance, columns, rows
from factcheck.dates import PartialDate
from factcheck.delays import EDGES, TALL, Point, stretch, strip
from factcheck.evidence import origins
from factcheck.figures import Figure, figures
from factcheck.filters import choices
from factcheck.labels import text_width
from factcheck.library import read_library
from factcheck.words import ENGLISH

FORMS = {"wide": WIDE, "narrow": NARROW}
few = settings(max_examples=40, deadline=None, derandomize=True)
numbers = st.integers(0, 9) | st.integers(0, 10_000)
shares = st.lists(numbers, min_size=6, max_size=6).map(
    lambda counts: tuple(Share(f"f{tone[1]}", tone, n) for tone, n in zip(AXIS, counts, strict=True) if n)
)
names = st.sampled_from(
    ["VG", "Geneva report", "The Permanent Conference of Municipal Waterworks and Bridges"]
)
made = st.builds(Row, names, st.just(""), shares)
points = st.builds(
    lambda days, step, ahead: Point(days, f"{'p' if ahead else 'f'}{step}", f"v{step}", ahead),
    st.integers(-3, 3) | st.integers(-60_000, 60_000), st.integers(0, 5), st.booleans(),
)  # fmt: skip
sides = st.tuples(numbers, numbers).map(lambda pair: (max(pair), min(pair)))


def inside(chart: Chart) -> None:
    """Hold all of a drawing to its frame, half a pixel either way for rounding."""
    for mark in chart.glyphs:
        assert 0 <= mark.x <= chart.width - 14 + 0.5, mark
        assert 0 <= mark.y <= chart.height - 14 + 0.5, mark
    for text in chart.texts:
        size = 14 if chart.width == 720 else 13
        length = text_width(text.content, size)
        start = text.x - {"middle": length / 2, "end": length, "": 0}[text.anchor]
        assert start >= -1, text
        assert start + length <= chart.width + 1, text
        assert 0 <= text.y <= chart.height, text
    for path, _ in chart.strokes:
        for x, y in re.findall(r"M(-?[\d.]+) (-?[\d.]+)", path):
            assert -0.5 <= float(x) <= chart.width + 0.5, path
            assert -0.5 <= float(y) <= chart.height + 0.5, path
        for x, wide, high in re.findall(r"M(-?[\d.]+) \S+?h(-?[\d.]+)v(-?[\d.]+)", path):
            assert float(x) + float(wide) <= chart.width + 0.5, path
            assert float(wide) >= 0 <= float(high), path


def labels_are_clear(chart: Chart, form: Form) -> None:
    """Hold the label of each row to the room before its marks, or above them before its count."""
    counted = {text.y: text_width(text.content, form.type) for text in chart.texts if text.anchor == "end"}
    for text in chart.texts:
        if text.y in counted and text.x == 0:
            marks = min((mark.x for mark in chart.glyphs), default=form.width)
            free = marks if form is WIDE else form.width - counted[text.y]
            assert text_width(text.content, form.type) + 8 <= free, text


def drawn(chart: Chart) -> Counter[tuple[str, str]]:
    return Counter((mark.name, mark.tone) for mark in chart.glyphs)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@given(st.lists(made, max_size=6))
@few
def test_a_row_has_one_mark_for_each_claim_or_bars_of_one_unit(form, found):
    chart = rows([("Documents", found), ("Speakers", found)], form, ENGLISH)
    inside(chart)
    labels_are_clear(chart, form)
    if any(row.count > CROWD for row in found):
        bars = [path for path, style in chart.strokes if style.startswith("bar")]
        told = Counter(text.content for text in chart.texts)
        counts = Counter(ENGLISH.figures(share.count) for row in found for share in row.shares)
        assert all(told[count] >= 2 * number for count, number in counts.items())
        assert len(bars) == len(chart.glyphs) == 2 * sum(len(row.shares) for row in found)
    else:
        expected = Counter[tuple[str, str]]()
        for row in found:
            expected.update({(share.glyph, share.tone): 2 * share.count for share in row.shares})
        assert drawn(chart) == expected


def test_what_lies_off_the_axis_stands_apart():
    row = Row("VG", "", (Share("f5", "v5", 2), Share("f0", "v0", 1)))
    first, second, last = rows([("", [row])], WIDE, ENGLISH).glyphs
    assert last.x - second.x == pytest.approx(2 * (second.x - first.x), abs=0.2)


@given(st.lists(points, max_size=60))
@few
def test_a_strip_has_every_settled_claim_in_order_of_days(found):
    chart = strip(found, ENGLISH)
    inside(chart)
    if chart.glyphs:
        assert drawn(chart) == Counter((point.glyph, point.tone) for point in found)
    axis = float(re.findall(r"M0 ([\d.]+)H", chart.strokes[0][0])[0])
    assert all((mark.name[0] == "p") == (mark.y > axis) for mark in chart.glyphs)


def test_a_strip_puts_days_apart_and_a_crowd_into_bars():
    days = [-12_000, -400, -40, -10, -1, 0, 1, 10, 40, 400, 12_000]
    chart = strip([Point(day, "f5", "v5", ahead=False) for day in days], ENGLISH)
    places = [mark.x for mark in chart.glyphs]
    assert places == sorted(set(places)) and len(places) == len(days)
    assert [stretch(day) for day in days] == [*range(-len(EDGES), len(EDGES) + 1)]
    crowd = strip(
        [Point(3, "f5", "v5", ahead=False)] * (TALL + 1) + [Point(-3, "p1", "v1", ahead=True)], ENGLISH
    )
    inside(crowd)
    assert crowd.glyphs == () and {"13", "1"} <= {text.content for text in crowd.texts}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@given(st.lists(st.builds(Weight, names, shares.map(lambda s: s[:2]), sides, sides, sides), max_size=6))
@few
def test_bars_of_evidence_lie_either_side_of_a_line(form, found):
    chart = balance(found, form, ENGLISH)
    assert len([path for path, style in chart.strokes if style == "all"]) == sum(
        1 for weight in found for sources, _ in (weight.supports, weight.refutes) if sources
    )
    if all(max(w.supports + w.refutes + w.context) < 1000 for w in found):
        inside(chart)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@given(
    st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.sampled_from("abcde")), min_size=1)
)
@few
def test_columns_of_corrections_are_never_more_than_a_dozen(form, entries):
    found = tallies.by_period(entries, PartialDate("2026-11-22"))
    assert 1 <= len(found.spans) <= tallies.PERIODS
    assert {kind: sum(counts) for kind, counts in found.by_class} == Counter(kind for _, kind in entries)
    inside(columns(found.by_class, [ENGLISH.short(m) for m in found.months], form, ENGLISH))


@pytest.fixture
def shown(small: Path) -> Catalogue:
    library, _ = read_library(small)
    assert library
    return catalogue(library)


def page_of(shown: Catalogue) -> list[Figure]:
    [page] = figures(shown, date(2026, 11, 22))
    return list(page.values()["figures"])


def test_tables_count_what_is_drawn(shown: Catalogue):
    verdicts, settled, evidence, corrections = page_of(shown)
    for figure in (verdicts, settled):
        lines = [line for _, body in figure.table.bodies for line in body]
        for chart in (figure.wide, figure.narrow):
            assert len(chart.glyphs) == sum(line.numbers[-1] for line in lines)
        for place, head in enumerate(figure.table.heads[:-1]):
            tones = {share.tone for share in head.marks}
            column = sum(line.numbers[place] for line in lines)
            assert column == sum(1 for mark in figure.wide.glyphs if mark.tone in tones)
    rated = [claim for claim in shown.claims if claim.rated]
    assert sum(line.numbers[-1] for line in verdicts.table.bodies[0][1]) == len(rated) == 15
    assert sum(line.numbers[-1] for line in settled.table.bodies[0][1]) == sum(1 for c in rated if c.event)
    assert "nine rated claims" in settled.notes[-1]
    assert "Jana Brandt (1)" in verdicts.notes[0]
    cited, shares = tallies.cited(rated), tallies.shares(rated)
    chosen = choices(rated, shown.library.verdicts.values()).steps
    steps = {step.label: step for step in tallies.by_evidence(cited, shares, chosen)}
    assert steps["True, came true"].supports == (8, 5)
    assert evidence.table.bodies[0][1][0].numbers[2:4] == (8, 5)
    assert [sum(line.numbers[-1] for line in body) for _, body in corrections.table.bodies] == [6]


def test_days_are_counted_from_the_end_of_saying_to_the_event(shown: Catalogue):
    found = {claim.anchor: tallies.days(claim) for claim in shown.claims}
    assert (found["length"], found["length-121"], found["closing-day"], found["trickle"]) == (
        12,
        -6,
        25,
        None,
    )


def test_without_claims_or_corrections_the_page_says_so(shown: Catalogue):
    empty = replace(shown, claims=(), by_document=dict.fromkeys(shown.by_document, ()))
    [corrections] = page_of(empty)
    assert (corrections.id, corrections.wide, corrections.table) == ("corrections", None, None)


def test_many_documents_are_counted_together():
    found = [Row(str(n), f"{n}/", (Share("f5", "v5", n),)) for n in range(1, 41)]
    kept = tallies.abridged(found, ENGLISH)
    assert len(kept) == tallies.MOST
    assert sum(row.count for row in kept) == sum(row.count for row in found)
    assert (kept[-1].label, kept[-1].href) == ("The others: 25", "")


def test_origins_are_those_of_the_rules():
    library, _ = read_library(ROOT)
    assert library
    claims = [claim for claim in catalogue(library).claims if claim.rated]
    for claim in claims[:10]:
        cited = tallies.cited([claim])
        every = [tallies.weighed(cited, stance)[1] for stance in ("supports", "refutes", "context")]
        assert max(every) <= len(origins(claim.card.sources)) <= sum(every)
