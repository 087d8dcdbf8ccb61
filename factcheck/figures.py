"""Figures: the record drawn, each drawing with what there is to see in it and the table behind it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from . import counts, delays, filters, tallies
from .catalogue import Catalogue
from .charts import NARROW, WIDE, Chart, Share
from .counts import Row
from .filters import Choice
from .page import Page
from .sheet import CLASSES, amount
from .shown import Shown
from .words import Words

NAMED = 24  # speakers with few claims who are named; the rest is a number


@dataclass(frozen=True)
class Head:
    """The head of columns of a table: words, or the marks of a step with the words said aloud."""

    label: str
    marks: tuple[Share, ...] = ()
    span: int = 1


@dataclass(frozen=True)
class Line:
    """A row of a table: what it counts, its page if it has one, its numbers."""

    label: str
    href: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """The numbers behind a drawing: groups of columns if any, columns, and titled groups of lines."""

    caption: str
    corner: str
    heads: tuple[Head, ...]
    bodies: tuple[tuple[str, tuple[Line, ...]], ...]
    over: tuple[Head, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One figure: its title, what to see in it, how to read it, two drawings and the table."""

    id: str
    title: str
    finding: str
    notes: tuple[str, ...]
    wide: Chart | None = None
    narrow: Chart | None = None
    table: Table | None = None


def figures(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The record in figures."""
    gettext = catalogue.words.gettext
    yield Page("figures/", "figures.html", gettext("The record in figures"),
               gettext("Verdicts, evidence and corrections, counted and drawn."),
               partial(_values, catalogue))  # fmt: skip


def _values(catalogue: Catalogue) -> dict[str, Any]:
    return catalogue.once(_figures)


def _figures(catalogue: Catalogue) -> dict[str, Any]:
    rated = tallies.rated(catalogue)
    shares = tallies.shares(rated)
    figures = [_verdicts, _settled, _evidence] if rated else []
    drawn = [draw(rated, shares, catalogue) for draw in figures]
    return {"key": _steps(shares, catalogue)[0], "marks": _marks(shares),
            "figures": [*drawn, _corrections(catalogue)]}  # fmt: skip


def _marks(shares: Sequence[Share]) -> dict[str, tuple[Share, ...]]:
    """Return the marks that occur, by tone."""
    return {tone: tuple(found) for tone, found in groupby(shares, lambda share: share.tone)}


def _steps(shares: Sequence[Share], catalogue: Catalogue) -> tuple[tuple[Choice, ...], tuple[Head, ...]]:
    """Return the steps of the scale that occur among rated claims, and the heads of their columns."""
    marks, scale = _marks(shares), filters.steps(catalogue.library.verdicts.values())
    steps = tuple(step for step in scale if step.tone in marks and step.value != "o")
    return steps, tuple(Head(step.label, marks[step.tone]) for step in steps)


def _verdicts(rated: Sequence[Shown], shares: Sequence[Share], catalogue: Catalogue) -> Figure:
    words = catalogue.words
    steps, heads = _steps(shares, catalogue)
    speakers, few = tallies.by_speaker(rated, catalogue)
    parts = [(words.gettext("Documents"), tallies.by_document(rated, catalogue)),
             (words.gettext("Speakers"), speakers)]  # fmt: skip
    groups = [(title, found) for title, found in parts if found]
    bodies = [(title, tuple(_line(row, steps) for row in found)) for title, found in groups]
    return Figure(
        id="verdicts",
        title=words.gettext("Verdicts by document and by speaker"),
        finding=_leading(shares, steps, words),
        notes=(_few(few, words),) if few else (),
        wide=counts.rows(groups, WIDE, words),
        narrow=counts.rows(groups, NARROW, words),
        table=Table(words.gettext("Rated claims by verdict"), words.gettext("Document or speaker"),
                    (*heads, Head(words.gettext("All"))), tuple(bodies)),
    )  # fmt: skip


def _line(row: Row, steps: Sequence[Choice]) -> Line:
    return Line(row.label, row.href, (*(row.of(step.tone) for step in steps), row.count))


def _leading(shares: Sequence[Share], steps: Sequence[Choice], words: Words) -> str:
    """Return which verdict is given most often, or which are."""
    found = {step.label: sum(share.count for share in shares if share.tone == step.tone) for step in steps}
    most = max(found.values(), default=0)
    leading = [words.quoted(label) for label, count in found.items() if count == most]
    values = {
        "verdicts": _listed(leading, words),
        "count": words.figures(most),
        "all": words.figures(sum(share.count for share in shares)),
    }
    if len(leading) == 1:
        return words.gettext("The verdict given most often is %(verdicts)s (%(count)s of %(all)s).", **values)
    return words.gettext(
        "The verdicts given most often are %(verdicts)s (%(count)s each of %(all)s).", **values
    )


def _listed(items: Sequence[str], words: Words) -> str:
    return words.pgettext("between the items of a list", ", ").join(items)


def _few(few: Sequence[Row], words: Words) -> str:
    """Return the speakers who have too few claims for a row, with their counts."""
    named = [words.gettext("%(name)s (%(count)s)", name=row.label, count=row.count) for row in few[:NAMED]]
    if len(few) > NAMED:
        left = words.figures(len(few) - NAMED)
        named.append(words.gettext("and others: %(number)s", number=left))
    return words.gettext(
        "Too few rated claims for a row, so only counted: %(speakers)s.", speakers=_listed(named, words)
    )


def _settled(rated: Sequence[Shown], _shares: Sequence[Share], catalogue: Catalogue) -> Figure:
    words, points = catalogue.words, tallies.points(rated)
    title = words.gettext("How long before or after it was said a claim was settled")
    left = len(rated) - len(points)
    open_ones = words.ngettext(
        "No event on record settles %(count)s rated claim; it is not drawn.",
        "No event on record settles %(count)s rated claims; they are not drawn.",
        left, count=words.number(left),
    )  # fmt: skip
    if not points:
        return Figure("settled", title, open_ones, ())
    rows = tallies.by_delay(points, words)
    steps, heads = _steps(tallies.summed(rows), catalogue)
    parts = [sum(1 for point in points if test(point.days))
             for test in ((0).__gt__, (0).__eq__, (0).__lt__)]  # fmt: skip
    before, same, after = map(words.figures, parts)
    claims = words.ngettext("%(num)s claim", "%(num)s claims", len(points))
    finding = words.gettext(
        "Settled so far: %(claims)s. By what was on record before they were said: %(before)s, on the "
        "same day: %(same)s, by what came afterwards: %(after)s.",
        claims=claims, before=before, same=same, after=after,
    )  # fmt: skip
    shapes = words.gettext(
        "Circles are statements, diamonds predictions. The nearer to the day on which a claim was said, "
        "the larger time is drawn."
    )
    lines = tuple(_line(row, steps) for row in rows)
    return Figure(
        "settled", title, finding, (shapes, open_ones) if left else (shapes,),
        delays.strip(points, words), counts.rows([("", rows)], NARROW, words),
        Table(words.gettext("Settled claims by the time from said to settled"), words.gettext("Settled"),
              (*heads, Head(words.gettext("All"))), (("", lines),)),
    )  # fmt: skip


def _evidence(rated: Sequence[Shown], shares: Sequence[Share], catalogue: Catalogue) -> Figure:
    words, cited = catalogue.words, tallies.cited(rated)
    weights = tallies.by_evidence(cited, shares, _steps(shares, catalogue)[0])
    sides = [words.gettext(label) for label in ("Against", "Supports", "Context")]
    parts = (words.gettext("Sources"), words.gettext("Origins"))
    supports, refutes = (amount(*tallies.weighed(cited, stance), words) for stance in ("supports", "refutes"))
    finding = words.gettext(
        "In support of the claim that they are cited on: %(supporting)s. Against it: %(against)s.",
        supporting=supports, against=refutes,
    )  # fmt: skip
    note = words.gettext(
        "A bar is as long as there are sources; its solid part counts their independent origins, for "
        "copies of one report count once. Where the two differ, origins stand before the stroke. An "
        "address counts once for a verdict."
    )
    lines = tuple(Line(w.label, "", (*w.refutes, *w.supports, *w.context)) for w in weights)
    return Figure(
        "evidence", words.gettext("Evidence for and against, by verdict"), finding, (note,),
        counts.balance(weights, WIDE, words), counts.balance(weights, NARROW, words),
        Table(words.gettext("Sources and their independent origins"), words.gettext("Verdict"),
              tuple(Head(part) for _ in sides for part in parts), (("", lines),),
              tuple(Head(side, span=2) for side in sides)),
    )  # fmt: skip


def _corrections(catalogue: Catalogue) -> Figure:
    words, started = catalogue.words, catalogue.library.site.started
    title = words.gettext("Corrections over time")
    cards = [claim.card for claim in catalogue.claims]
    entries: list[tuple[dt.date, str]] = [
        (entry.date.first, entry.class_) for card in cards for entry in card.corrections
    ]
    entries += [(card.withdrawn.date.first, "withdrawn") for card in cards if card.withdrawn]
    if not entries:
        return Figure("corrections", title, "", ())
    found = tallies.by_period(entries, started)
    names = {**CLASSES, "withdrawn": "Withdrawn"}
    lines = [(words.gettext(names[kind]), numbers) for kind, numbers in found.by_class]
    finding = words.gettext("Entries since %(date)s: %(count)s.", date=words.long(started),
                            count=words.figures(len(entries)))  # fmt: skip
    shorts = [words.short(month) for month in found.months]
    periods = zip(found.spans, zip(*(numbers for _, numbers in lines), strict=True), strict=True)
    rows = tuple(Line(words.short(span), "", (*numbers, sum(numbers))) for span, numbers in periods)
    heads = (*(Head(label) for label, _ in lines), Head(words.gettext("All")))
    return Figure(
        "corrections", title, finding, (),
        counts.columns(lines, shorts, WIDE, words), counts.columns(lines, shorts, NARROW, words),
        Table(words.gettext("Corrections by class"), words.gettext("Period"), heads, (("", rows),)),
    )  # fmt: skip
