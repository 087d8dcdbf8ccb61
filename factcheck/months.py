"""A timeline as a list: events and the claims among them, month by month."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from . import addresses
from .catalogue import Catalogue
from .content import Document, Event, Timeline
from .dates import PartialDate
from .leaves import Leaf, leaves
from .library import Entry
from .shown import Shown
from .words import Words


@dataclass(frozen=True)
class Happening:
    """One event, with the claims that it settled."""

    event: Event
    settles: tuple[Shown, ...]
    turning: bool

    @property
    def shared(self) -> dict[str, str]:
        """The filter values that all its claims have in common: d, s and v."""
        values = {
            "d": {claim.document.id for claim in self.settles},
            "s": {claim.speaker.id for claim in self.settles},
            "v": {claim.step for claim in self.settles},
        }
        return {name: found.pop() for name, found in values.items() if len(found) == 1}


@dataclass(frozen=True)
class Saying:
    """The claims of one document, on the day on which it said them."""

    document: Entry[Document]
    claims: tuple[Shown, ...]


@dataclass(frozen=True)
class Month:
    """A stretch of a timeline: a month, or all that lies long before it."""

    id: str
    title: str
    short: str
    entries: tuple[Happening | Saying, ...]

    @property
    def said(self) -> list[Shown]:
        """The claims made in it."""
        return [c for entry in self.entries if isinstance(entry, Saying) for c in entry.claims]

    @property
    def happened(self) -> list[Happening]:
        """What happened in it."""
        return [entry for entry in self.entries if isinstance(entry, Happening)]

    @property
    def settled(self) -> list[Shown]:
        """The claims that its events settled."""
        return [claim for happening in self.happened for claim in happening.settles]

    @property
    def weight(self) -> int:
        """How wide it stands in the band: by what it holds, whatever a filter hides."""
        return max(1, len(self.said) // 3, len(self.settled) // 2, len(self.happened))


# A month, something that stands in it, and one of its claims where it has any.
Part = tuple[Month, Happening | Saying, Shown | None]
LONG = 130  # lines that weigh no more than a page may


def stretches(catalogue: Catalogue, entry: Entry[Timeline]) -> list[Leaf[Part]]:
    """Return the events and claims of a timeline in order, in pages of at most LONG lines."""
    parts: list[Part] = []
    for month in months(catalogue, entry):
        for piece in month.entries:
            claims = piece.claims if isinstance(piece, Saying) else piece.settles
            parts += ((month, piece, claim) for claim in claims or (None,))
    return leaves(addresses.timeline(entry.id), parts, LONG)


def joined(parts: Iterable[Part]) -> list[Month]:
    """Return the months that some parts of a timeline make."""
    made = []
    for _, stretch in groupby(parts, key=lambda part: part[0].id):
        entries: list[Happening | Saying] = []
        for _, group in groupby(stretch, key=lambda part: id(part[1])):
            month, piece, _ = first = next(group)
            claims = tuple(claim for _, _, claim in (first, *group) if claim)
            entries.append(
                replace(piece, claims=claims) if isinstance(piece, Saying) else replace(piece, settles=claims)
            )
        made.append(replace(month, entries=tuple(entries)))
    return made


def months(catalogue: Catalogue, entry: Entry[Timeline]) -> list[Month]:
    """Return the stretches of a timeline in order, each with what happened and was said in it."""
    claims = catalogue.among(entry.id)
    here = {claim.id for claim in claims}
    turn = catalogue.library.site.turning_point
    dated: list[tuple[dt.date, int, Happening | Saying]] = []
    for event in entry.card.events:
        settles = tuple(c for c in catalogue.by_event.get(event.id, ()) if c.id in here)
        turning = turn is not None and event.date == turn.date
        dated.append((event.date.first, 0, Happening(event, settles, turning)))
    for (day, _), said in groupby(claims, key=lambda c: (c.said.last.last, c.document.id)):
        group = tuple(said)
        dated.append((day, 1, Saying(group[0].document, group)))
    dated.sort(key=lambda entry: entry[:2])
    return list(_stretches(dated, _early(claims), catalogue.words))


def _early(claims: Sequence[Shown]) -> int:
    """Return the year before which all stands together: the one before the first claim's."""
    return min((claim.said.first.first.year for claim in claims), default=0) - 1


def _stretches(
    dated: Iterable[tuple[dt.date, int, Happening | Saying]], early: int, words: Words
) -> Iterable[Month]:
    def stretch(entry: tuple[dt.date, int, Happening | Saying]) -> str:
        return "before" if entry[0].year < early else entry[0].strftime("%Y-%m")

    year = ""
    for name, entries in groupby(dated, key=stretch):
        found = tuple(entry for _, _, entry in entries)
        if name == "before":
            title = words.gettext("Before %(year)s", year=early)
            yield Month("m-before", title, words.gettext("Earlier"), found)
        else:
            month = PartialDate(name)
            short = words.month(month.first, short=True) + ("" if name[:4] == year else f" {name[2:4]}")
            year = name[:4]
            yield Month(f"m-{name}", words.long(month), short, found)
