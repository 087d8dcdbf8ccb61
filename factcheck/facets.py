"""Facets: by what a list of claims can be narrowed, and which values each claim has."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .catalogue import Catalogue
from .dates import PartialDate, Period
from .shown import Shown

# A period of more months than these is found by its years alone.
MONTHS = 24


@dataclass(frozen=True)
class Value:
    """One value of a facet: its name in addresses, what readers see, and how many claims have it."""

    id: str
    label: str
    claims: int


@dataclass(frozen=True)
class Facet:
    """The values of one facet in their order, and for each claim the places of those that it has."""

    id: str
    values: tuple[Value, ...]
    of: tuple[tuple[int, ...], ...]


# Where a value stands among the others, its name, what readers see.
_Found = tuple[Any, str, str]
# What of a claim decides its values, and the values.
_Way = tuple[Callable[[Shown], Hashable], Callable[[Shown], Iterable[_Found]]]


def facets(catalogue: Catalogue, claims: Sequence[Shown]) -> list[Facet]:
    """Return what narrows a list of claims: verdict, speaker, document, topic, kind, time."""
    verdicts, topics = list(catalogue.library.verdicts), list(catalogue.library.topics.values())
    places = {topic.id: (place, topic.id, topic.label) for place, topic in enumerate(topics)}
    ranks = {name: place for place, name in enumerate(verdicts)}

    def verdict(claim: Shown) -> list[_Found]:
        return [(ranks.get(claim.verdict.id, len(ranks)), claim.verdict.id, claim.verdict.label)]

    def speaker(claim: Shown) -> list[_Found]:
        entries = filter(None, (claim.speaker, claim.quoted))
        return [(entry.card.name.casefold(), entry.id, entry.card.name) for entry in entries]

    def document(claim: Shown) -> list[_Found]:
        return [(claim.document.card.short.casefold(), claim.document.id, claim.document.card.short)]

    def topic(claim: Shown) -> list[_Found]:
        return [places[name] for name in claim.card.topics]

    def kind(claim: Shown) -> list[_Found]:
        return [(claim.kind, claim.card.kind, claim.kind)]

    def time(claim: Shown) -> list[_Found]:
        dates = map(PartialDate, spells(claim.said))
        return [
            (-int(f"{date[:4]}{date[5:] or 13}"), str(date), catalogue.words.long(date)) for date in dates
        ]

    ways: dict[str, _Way] = {
        "v": (lambda claim: claim.verdict.id, verdict),
        "s": (lambda claim: (claim.speaker.id, claim.quoted and claim.quoted.id), speaker),
        "d": (lambda claim: claim.document.id, document),
        "t": (lambda claim: claim.card.topics, topic),
        "k": (lambda claim: claim.card.kind, kind),
        "y": (lambda claim: claim.said, time),
    }
    return [_facet(name, claims, *way) for name, way in ways.items()]


def spells(said: Period) -> list[str]:
    """Return the years that a period touches, and the months where both its ends say one.

    Of a period longer than MONTHS only the years.
    """
    first, last = said.first.first, said.last.last
    years = [str(year) for year in range(first.year, last.year + 1)]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    if min(map(len, said)) == 4 or len(months) > MONTHS:
        return years
    return years + [f"{month // 12}-{month % 12 + 1:02}" for month in months]


def _facet(
    name: str,
    claims: Sequence[Shown],
    decides: Callable[[Shown], Hashable],
    values_of: Callable[[Shown], Iterable[_Found]],
) -> Facet:
    """Return a facet; claims in which what decides is the same have the same values."""
    keys = [*map(decides, claims)]
    found = {key: {*values_of(claim)} for key, claim in dict(zip(keys, claims, strict=True)).items()}
    counts: Counter[_Found] = Counter()
    for key, count in Counter(keys).items():
        counts.update(dict.fromkeys(found[key], count))
    ordered = sorted(counts, key=lambda value: value[:2])
    places = {value: place for place, value in enumerate(ordered)}
    of = {key: tuple(sorted(places[value] for value in values)) for key, values in found.items()}
    return Facet(
        name,
        tuple(Value(name, label, counts[value]) for value in ordered for _, name, label in [value]),
        tuple(of[key] for key in keys),
    )
