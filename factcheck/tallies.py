"""Tallies: what the record adds up to, counted of the claims of a site."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from . import addresses
from .catalogue import Catalogue
from .charts import AXIS, Share
from .counts import Row, Weight
from .dates import PartialDate, Period
from .delays import EDGES, Point, stretch
from .evidence import origin_of
from .filters import Choice
from .shown import Shown
from .timescale import month_from
from .words import N_, Words

FEWEST = 5  # rated claims of a speaker who has a row
MOST = 16  # rows of one kind; the rest is counted together
PERIODS = 12  # columns at most
SPANS = (1, 3, 12, 60, 240, 1200)  # months in a column

_STRETCHES = (
    N_("More than ten years before"), N_("One to ten years before"), N_("One month to a year before"),
    N_("8 to 30 days before"), N_("1 to 7 days before"), N_("The same day"), N_("1 to 7 days after"),
    N_("8 to 30 days after"), N_("One month to a year after"), N_("One to ten years after"),
    N_("More than ten years after"),
)  # fmt: skip


@dataclass(frozen=True)
class Periods:
    """Corrections by period: the span of each period, its first month, and counts by class."""

    spans: tuple[Period, ...]
    months: tuple[PartialDate, ...]
    by_class: tuple[tuple[str, tuple[int, ...]], ...]


# Addresses and origins of sources, by the tone of the claims that cite them and the stance that they take.
Cited = Mapping[tuple[str, str], tuple[set[str], set[str]]]


def tallied(claims: Iterable[Shown]) -> Counter[str]:
    """Return how many claims have each verdict, by its id."""
    return Counter(claim.verdict.id for claim in claims)


def rated(catalogue: Catalogue) -> list[Shown]:
    """Return the claims that have a verdict and still stand."""
    return [claim for claim in catalogue.claims if claim.rated]


def shares(claims: Iterable[Shown]) -> tuple[Share, ...]:
    """Return rated claims by mark: from the top of the scale down, statements before predictions."""
    return _ordered(Counter((claim.tone, claim.verdict.glyph) for claim in claims if claim.rated))


def _ordered(marks: Counter[tuple[str, str]]) -> tuple[Share, ...]:
    ordered = sorted(marks, key=lambda mark: (AXIS.index(mark[0]), mark[1]))
    return tuple(Share(glyph, tone, marks[tone, glyph]) for tone, glyph in ordered)


def _apart(claims: Iterable[Shown], what: str) -> Mapping[str, tuple[Share, ...]]:
    """Return rated claims by mark, apart by an attribute of theirs, such as `document.id`."""
    found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    counts = Counter(map(attrgetter(what, "verdict.value", "verdict.glyph"), claims))
    for (value, place, glyph), count in counts.items():
        found[value][f"v{place or 0}", glyph] += count
    return {value: _ordered(marks) for value, marks in found.items()}


def by_document(rated: Iterable[Shown], catalogue: Catalogue) -> list[Row]:
    """Return the documents with rated claims, oldest first."""
    found = _apart(rated, "document.id")
    entries = (entry for entry in catalogue.documents if entry.id in found)
    rows = [Row(entry.card.short, addresses.document(entry.id), found[entry.id]) for entry in entries]
    return abridged(rows, catalogue.words)


def by_speaker(rated: Iterable[Shown], catalogue: Catalogue) -> tuple[list[Row], list[Row]]:
    """Return the speakers who have enough rated claims for a row, and those who have fewer."""
    shares = _apart(rated, "speaker.id")
    found = [
        Row(entry.card.name, addresses.speaker(entry.id), shares.get(entry.id, ()))
        for entry in catalogue.library.speakers.values()
    ]
    found.sort(key=lambda row: (-row.count, row.label.casefold()))
    enough = [row for row in found if row.count >= FEWEST]
    return abridged(enough, catalogue.words), [row for row in found if 0 < row.count < FEWEST]


def abridged(found: list[Row], words: Words) -> list[Row]:
    """Return the rows that count most, in their order, and the others as one."""
    if len(found) <= MOST:
        return found
    kept = sorted(found, key=lambda row: -row.count)[: MOST - 1]
    names = {row.href for row in kept}
    others = summed(row for row in found if row.href not in names)
    number = words.figures(len(found) - len(kept))
    last = Row(words.gettext("The others: %(number)s", number=number), "", others)
    return [*(row for row in found if row.href in names), last]


def summed(rows: Iterable[Row]) -> tuple[Share, ...]:
    """Return the marks of rows together."""
    marks = Counter[tuple[str, str]]()
    for row in rows:
        marks.update({(share.tone, share.glyph): share.count for share in row.shares})
    return _ordered(marks)


def days(claim: Shown) -> int | None:
    """Return how many days after it was said a claim was settled, negative before; None if it is not."""
    if claim.event is None:
        return None
    said, settled = claim.said, claim.event.date
    if settled.last < said.first.first:
        return (settled.first - said.first.first).days
    return max(0, (settled.first - said.last.last).days)


def points(claims: Iterable[Shown]) -> list[Point]:
    """Return the settled ones among claims."""
    found = [(days(claim), claim) for claim in claims]
    return [Point(count, c.verdict.glyph, c.tone, c.predicts) for count, c in found if count is not None]


def by_delay(points: Iterable[Point], words: Words) -> list[Row]:
    """Return settled claims by the stretch of time from said to settled."""
    held: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for point in points:
        held[stretch(point.days)][point.tone, point.glyph] += 1
    return [
        Row(words.gettext(name), "", _ordered(held[place]))
        for place, name in enumerate(_STRETCHES, -len(EDGES))
    ]


def cited(rated: Iterable[Shown]) -> Cited:
    """Return the sources of rated claims."""
    found: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for claim in rated:
        tone, sources = claim.tone, claim.card.sources
        for source in sources:
            links, known = found.setdefault((tone, source.stance), (set(), set()))
            links.add(source.url)
            known.add(origin_of(source, sources))
    return found


def by_evidence(found: Cited, shares: Sequence[Share], steps: Iterable[Choice]) -> list[Weight]:
    """Return what the verdicts of each step rest on; an address counts once in a step."""
    return [
        Weight(
            step.label, tuple(share for share in shares if share.tone == step.tone)[:2],
            *(weighed(found, stance, [step.tone]) for stance in ("supports", "refutes", "context")),
        )
        for step in steps
    ]  # fmt: skip


def weighed(found: Cited, stance: str, tones: Iterable[str] = AXIS) -> tuple[int, int]:
    """Return how many sources take a stance, and how many independent origins they have."""
    parts = [found[tone, stance] for tone in tones if (tone, stance) in found]
    return len(set().union(*(links for links, _ in parts))), len(set().union(*(known for _, known in parts)))


def by_period(entries: Sequence[tuple[date, str]], started: PartialDate) -> Periods:
    """Return dated corrections by month since a site started, by longer periods where months are many."""
    first = min([started.first, *(day for day, _ in entries)]).replace(day=1)
    last = max(day for day, _ in entries)
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    span = next((span for span in SPANS if months <= span * PERIODS), SPANS[-1])
    number = -(-months // span)
    starts = [month_from(first, span * place) for place in range(number)]
    ends = [month_from(start, span - 1) for start in starts]
    kinds = list(dict.fromkeys(kind for _, kind in entries))
    counts = {kind: [0] * number for kind in kinds}
    for day, kind in entries:
        counts[kind][(12 * (day.year - first.year) + day.month - first.month) // span] += 1
    return Periods(
        tuple(Period(PartialDate(f"{a:%Y-%m}"), PartialDate(f"{b:%Y-%m}"))
              for a, b in zip(starts, ends, strict=True)),
        tuple(PartialDate(f"{start:%Y-%m}") for start in starts),
        tuple((kind, tuple(counts[kind])) for kind in kinds),
    )  # fmt: skip
