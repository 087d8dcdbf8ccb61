"""Lists: the pages that gather claims under what they share."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import addresses, deadlines
from .catalogue import Catalogue, Cited
from .content import Speaker, Topic, Verdict
from .leaves import grouped, in_leaves
from .library import Entry
from .page import Page, showing
from .sheet import corrected, kind_of
from .shown import Shown
from .tallies import tallied
from .words import Words


class Publisher(NamedTuple):
    """A publisher in the list of all: how many sources of it there are, of which kinds, and how many claims
    cite one of them.
    """  # fmt: skip

    name: str
    sources: int
    kinds: tuple[str, ...]
    uses: int


def speakers(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of speakers."""
    gettext = catalogue.words.gettext
    heard = catalogue.speakers
    said = {entry.id: catalogue.said_by(entry.id) for entry in heard}
    quoted = {entry.id: catalogue.quoting(entry.id) for entry in heard}
    index = Page(
        "speakers/", "speakers.html", gettext("Speakers"), gettext("Everyone whose words are checked here.")
    )
    yield from in_leaves(index, heard, catalogue.words, said=said, quoted=quoted)


def speaker(entry: Entry[Speaker], catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """What a speaker said, and how it was rated."""
    description = catalogue.words.gettext("What %(speaker)s said, and how it was rated. %(role)s.",
                                          speaker=entry.card.name, role=entry.card.role)  # fmt: skip
    first = Page(addresses.speaker(entry.id), "speaker.html", entry.card.name, description, file=entry.file)
    said = catalogue.said_by(entry.id)
    claims = [*(("said", claim) for claim in said),
              *(("quoted", claim) for claim in catalogue.quoting(entry.id))]  # fmt: skip
    yield from in_leaves(first, claims, catalogue.words, speaker=entry, said=said, plot=plot(said),
                         grouped=grouped)  # fmt: skip


def plot(claims: list[Shown]) -> list[tuple[str, list[Shown]]] | None:
    """Return the rated claims by step, 1 to 5 and off the axis; None where they are under five."""
    rated = [claim for claim in claims if claim.rated]
    if len(rated) < 5:
        return None
    found: dict[str, list[Shown]] = {step: [] for step in "123450"}
    for claim in rated:
        found[claim.step].append(claim)
    return list(found.items())


def topics(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of topics."""
    gettext = catalogue.words.gettext
    topics = list(catalogue.library.topics.values())
    found = {topic.id: catalogue.about(topic.id) for topic in topics}
    index = Page("topics/", "topics.html", gettext("Topics"), gettext("The claims by subject."))
    yield from in_leaves(index, topics, catalogue.words, found=found)


def topic(topic: Topic, catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The claims on a topic."""
    claims = catalogue.about(topic.id)
    first = Page(addresses.topic(topic.id), "topic.html", topic.label, topic.line)
    yield from in_leaves(first, claims, catalogue.words, topic=topic, counts=tallied(claims))


def sources(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of publishers."""
    gettext, words = catalogue.words.gettext, catalogue.words
    publishers = [_publisher(name, catalogue.sources_of(name), words) for name in catalogue.publishers]
    index = Page("sources/", "sources.html", gettext("Sources"),
                 gettext("Every source behind a verdict, by its publisher."))  # fmt: skip
    yield from in_leaves(index, publishers, words)


def publisher(name: str, catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """What is cited of a publisher, for and against."""
    words = catalogue.words
    description = words.gettext("What is cited of %(publisher)s, for which claims.", publisher=name)
    first = Page(addresses.publisher(name), "publisher.html", name, description)
    uses = [
        ((one.first, one.events), use) for one in catalogue.sources_of(name) for use in one.claims or (None,)
    ]
    yield from in_leaves(first, uses, words, publisher=name, grouped=grouped)


def _publisher(name: str, cited: Sequence[Cited], words: Words) -> Publisher:
    kinds = dict.fromkeys(kind_of(one.source, words) for one in cited)
    return Publisher(name, len(cited), tuple(kinds), sum(len(one.claims) for one in cited))


def contradictions(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """Claims that cannot both be true, side by side, what was said first before the other."""
    gettext = catalogue.words.gettext
    places = {claim.id: place for place, claim in enumerate(catalogue.claims)}
    pairs = [
        (sorted((claim, related.claim), key=lambda side: places[side.id]), related.why)
        for claim in catalogue.claims
        for related in catalogue.related[claim.id]
        if related.contradicts and claim.rated and related.claim.rated
    ]
    first = Page("contradictions/", "contradictions.html", gettext("Contradictions"),
                 gettext("Claims that cannot both be true, side by side."))  # fmt: skip
    yield from in_leaves(first, pairs, catalogue.words)


def predictions(catalogue: Catalogue, today: dt.date) -> Iterator[Page]:
    """What was foretold: still open, overdue, and resolved."""
    gettext = catalogue.words.gettext
    found = [claim for claim in catalogue.claims if claim.card.prediction]
    first = Page("predictions/", "predictions.html", gettext("Predictions"),
                 gettext("What was foretold, and what came of it."))  # fmt: skip
    states = [
        (state, claim) for state in ("overdue", "waiting", "resolved") for claim in found
        if _state(claim, today) == state
    ]  # fmt: skip
    yield from in_leaves(first, states, catalogue.words, grouped=grouped,
                         calendar=deadlines.is_needed(catalogue))  # fmt: skip


def _state(claim: Shown, today: dt.date) -> str:
    prediction = claim.card.prediction
    if prediction is None or prediction.resolved:
        return "resolved"
    return "overdue" if prediction.due and prediction.due.last < today else "waiting"


def corrections(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """Every correction ever made, newest first."""
    gettext = catalogue.words.gettext
    found = [(entry, claim) for claim, entries in corrected(catalogue) for entry in reversed(entries)]
    found.sort(key=lambda row: (row[0].date.first, row[1].id), reverse=True)
    first = Page("corrections/", "corrections.html", gettext("Corrections"),
                 gettext("What we had wrong, and when we mended it."))  # fmt: skip
    yield from in_leaves(first, found, catalogue.words)


def scale(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The scale with its definitions."""
    gettext = catalogue.words.gettext
    of = {
        subject: [v for v in catalogue.library.verdicts.values() if v.of == subject]
        for subject in ("statement", "prediction", "opinion")
    }
    yield Page("scale/", "scale.html", gettext("How to read a verdict"),
               gettext("Every verdict with its mark and its definition."), showing(of=of))  # fmt: skip


def verdict(verdict: Verdict, catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The definition of a verdict, and the claims that have it, the newest first."""
    first = Page(addresses.verdict(verdict.id), "verdict.html", verdict.label, verdict.meaning)
    yield from in_leaves(first, catalogue.judged(verdict.id)[::-1], catalogue.words, verdict=verdict)


def claims(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """All claims, the newest first."""
    gettext = catalogue.words.gettext
    first = Page("claims/", "claims.html", gettext("All claims"),
                 gettext("Every claim that is checked here, the newest first."))  # fmt: skip
    yield from in_leaves(first, catalogue.claims[::-1], catalogue.words)
