"""The geometry of the loom: ends lie at their days, labels keep clear, nothing depends on luck."""

import itertools
import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.labels import in_lines, text_width
from factcheck.loom import Drawing, Mark, Sheaf, Strand, Text, Turn, horizontal, vertical

TURN = Turn(date(2022, 2, 24), "Full-scale invasion of Ukraine", "Invasion")
GLYPHS = ("f5", "p4", "f3", "p2", "f1", "f0")
DRAW = {"lying": horizontal, "upright": vertical}

days = st.dates(date(1980, 1, 1), date(2030, 12, 31)) | st.dates(date(2021, 11, 1), date(2022, 5, 31))
few = settings(max_examples=60, deadline=None, derandomize=True)


def claim(number: int, settled: date | None) -> Strand:
    glyph = GLYPHS[number % len(GLYPHS)]
    return Strand(f"claim-{number}/", glyph, f"v{glyph[1]}", int(glyph[1]), settled)


def sheaves(settled: list[date | None]) -> tuple[Sheaf, ...]:
    strands = tuple(itertools.starmap(claim, enumerate(settled)))
    half = len(strands) // 2
    return (
        Sheaf("Geneva report", "10 Jan 2022", strands[:half]),
        Sheaf("VG leader", "27 Jan 2022", strands[half:]),
    )


def along(drawing: Drawing, point: tuple[float, float]) -> float:
    return point[0] if drawing.width == 1120 else point[1]


def box(text: Text) -> tuple[float, float]:
    length = text_width(text.content, 13)
    start = text.x - {"middle": length / 2, "end": length, "": 0}[text.anchor]
    return start, start + length


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
@given(settled=st.lists(st.none() | days, max_size=60), turn=days)
@few
def test_threads_end_at_their_day(draw, settled, turn):
    drawing = draw(sheaves(settled), (), Turn(turn, "The turn"))
    stitches = {stitch.href: stitch for stitch in drawing.stitches}
    assert len(stitches) == len(settled)
    places: dict[date, float] = {}
    for number, day in enumerate(settled):
        stitch = stitches[f"claim-{number}/"]
        end = tuple(float(value) for value in re.findall(r"[\d.]+", stitch.thread)[-2:])
        assert stitch.open is (day is None)
        assert 0 <= end[0] <= drawing.width
        assert 0 <= end[1] <= drawing.height
        if day:
            assert stitch.dot == end
            assert places.setdefault(day, along(drawing, end)) == along(drawing, end)
    in_time = [place for _, place in sorted(places.items())]
    assert in_time == sorted(in_time)


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
def test_turn_parts_what_came_before_from_what_came_after(draw):
    around = [TURN.day + timedelta(days=step) for step in (-3000, -400, -60, -1, 1, 60, 400, 3000)]
    drawing = draw(sheaves(list(around)), (), TURN)
    now = float(re.findall(r"[\d.]+", drawing.field)[0 if drawing.width == 1120 else 1])
    ends = sorted(along(drawing, stitch.dot) for stitch in drawing.stitches)
    assert ends[3] < now < ends[4]
    assert len(set(ends)) == len(around)


@given(
    marks=st.lists(
        st.builds(
            Mark,
            days,
            st.sampled_from(("Replies", "Geneva talks", "Finland, Sweden apply", "UN vote")),
            st.integers(0, 3),
        ),
        max_size=25,
    )
)
@few
def test_labels_of_a_row_do_not_overlap(marks):
    drawing = horizontal(sheaves([mark.day for mark in marks]), marks, TURN)
    rows: dict[float, list[tuple[float, float]]] = {}
    for text in drawing.texts:
        rows.setdefault(text.y, []).append(box(text))
    for row in rows.values():
        for (_, end), (start, _) in itertools.pairwise(sorted(row)):
            assert end + 4 <= start
    column = sorted(text.y for text in vertical(sheaves([]), marks, TURN).texts if text.x == 188)
    assert all(lower - upper >= 14 for upper, lower in itertools.pairwise(column))


def test_heavier_label_is_kept():
    light, heavy = Mark(date(2022, 1, 10), "Talks"), Mark(date(2022, 1, 10), "Geneva talks", 5)
    kept = [text.content for text in vertical((), (light, heavy), TURN).texts]
    assert "10 Jan Geneva talks" in kept
    assert "10 Jan Talks" not in kept


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
def test_opinion_is_a_glyph_without_thread_or_place_in_time(draw):
    opinion = Strand("a/", "o", "", 0, None, threaded=False)
    drawing = draw((Sheaf("VG leader", "27 Jan 2022", (opinion,)),), (), TURN)
    (stitch,) = drawing.stitches
    assert (stitch.glyph, stitch.thread, stitch.dot, drawing.tail) == ("o", "", None, "")


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
def test_failures_lie_on_top(draw):
    tones = [stitch.tone for stitch in draw(sheaves([TURN.day] * 40), (), TURN).stitches]
    assert tones == sorted(tones, reverse=True)


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
def test_crowd_is_bundled_by_document_and_rank(draw):
    drawing = draw(sheaves([TURN.day] * 120), (), TURN)
    assert len(drawing.stitches) == 2 * len(GLYPHS)
    assert {stitch.width for stitch in drawing.stitches} == {14}


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
def test_nothing_said_leaves_an_axis_around_the_turn(draw):
    drawing = draw((), (), TURN)
    assert drawing.stitches == ()
    assert drawing.axis.startswith("M")
    assert drawing.tail == ""


@pytest.mark.parametrize("draw", DRAW.values(), ids=DRAW)
def test_same_input_same_drawing(draw):
    settled = [date(1987, 12, 8), None, date(2022, 1, 26), TURN.day, date(2024, 3, 7)]
    marks = [Mark(day, "Event") for day in settled if day]
    assert draw(sheaves(settled), marks, TURN) == draw(sheaves(settled), marks[::-1], TURN)


def test_a_strand_of_a_crowd_has_the_mark_of_most_of_its_claims_and_leads_to_the_document():
    kinds = ("f5", "p5", "p5") * 30
    strands = tuple(Strand(f"{n}/", glyph, "v5", 5, TURN.day) for n, glyph in enumerate(kinds))
    (stitch,) = horizontal((Sheaf("VG leader", "27 Jan 2022", strands, "vg/"),), (), TURN).stitches
    assert (stitch.glyph, stitch.href) == ("p5", "vg/")


def test_a_long_label_takes_two_lines_where_one_has_no_room():
    assert in_lines(("Finland and Sweden apply", "Apply"), 13, 100) == ("Apply",)
    assert in_lines(("18 May Finland and Sweden apply",), 13, 140) == ("18 May Finland", "and Sweden apply")
    assert in_lines(("Finland", "Unbreakable"), 13, 20) == ()
    mark = Mark(date(2022, 5, 18), "Finland, Sweden apply")
    texts = vertical(sheaves([date(2024, 3, 7)]), (mark,), TURN).texts
    (above,) = (text for text in texts if "Finland" in text.content)
    (below,) = (text for text in texts if "Sweden" in text.content)
    assert below.y - above.y == 15


def test_widths_are_the_same_with_every_python():
    """The sum of fractions is another from Python 3.12 on, but for the exact one."""
    assert text_width("a" * 10, 1) == 6
