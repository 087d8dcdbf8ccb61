"""Lists: the pages that gather claims under what they share."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from . import addresses
from .catalogue import Catalogue, Cited, Related
from .leaves import Leaf, leaves
from .page import Page, showing
from .sheet import history
from .shown import Shown
from .words import Words


def speakers(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of speakers, and for each what was said and how it was rated."""
    gettext = catalogue.words.gettext
    entries = sorted(
        catalogue.library.speakers.values(),
        key=lambda entry: (entry.card.sort or entry.card.name.split()[-1]).casefold(),
    )
    said = {entry.id: catalogue.said_by(entry.id) for entry in entries}
    quoted = {entry.id: catalogue.quoting(entry.id) for entry in entries}
    heard = [entry for entry in entries if said[entry.id] or quoted[entry.id]]
    yield Page("speakers/", "speakers.html", gettext("Speakers"),
               gettext("Everyone whose words are checked here."),
               showing(speakers=heard, said=said, quoted=quoted))  # fmt: skip
    for entry in heard:
        values = showing(speaker=entry, said=said[entry.id], quoted=quoted[entry.id],
                         plot=plot(said[entry.id]))  # fmt: skip
        description = gettext("What %(speaker)s said, and how it was rated. %(role)s.",
                              speaker=entry.card.name, role=entry.card.role)  # fmt: skip
        yield Page(addresses.speaker(entry.id), "speaker.html", entry.card.name, description, values,
                   file=entry.file)  # fmt: skip


def plot(claims: list[Shown]) -> list[tuple[str, list[Shown]]] | None:
    """Return the rated claims by step, 1 to 5 and off the axis; None where they are under five."""
    rated = [claim for claim in claims if claim.rated]
    if len(rated) < 5:
        return None
    return [(step, [claim for claim in rated if claim.step == step]) for step in "123450"]


def topics(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of topics, and for each its claims."""
    gettext = catalogue.words.gettext
    found = {topic.id: catalogue.about(topic) for topic in catalogue.library.topics.values()}
    yield Page("topics/", "topics.html", gettext("Topics"), gettext("The claims by subject."),
               showing(found=found))  # fmt: skip
    for topic in catalogue.library.topics.values():
        yield Page(addresses.topic(topic.id), "topic.html", topic.label, topic.line,
                   showing(topic=topic, claims=found[topic.id]))  # fmt: skip


def sources(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of publishers, and for each what is cited of it, for and against."""
    gettext = catalogue.words.gettext

    def name(cited: Cited) -> str:
        return cited.source.publisher

    ordered = sorted(catalogue.cited, key=lambda cited: (name(cited).casefold(), name(cited)))
    by_publisher = {publisher: list(group) for publisher, group in groupby(ordered, key=name)}
    yield Page("sources/", "sources.html", gettext("Sources"),
               gettext("Every source behind a verdict, by its publisher."),
               showing(publishers=by_publisher))  # fmt: skip
    for publisher, cited in by_publisher.items():
        yield Page(addresses.publisher(publisher), "publisher.html", publisher,
                   gettext("What is cited of %(publisher)s, for which claims.", publisher=publisher),
                   showing(publisher=publisher, cited=cited))  # fmt: skip


def contradictions(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """Claims that cannot both be true, side by side."""
    gettext = catalogue.words.gettext
    pairs: list[tuple[Shown, Related]] = []
    for claim in catalogue.claims:
        for related in catalogue.related[claim.id]:
            if related.contradicts and claim.rated and related.claim.rated:
                pairs.append((claim, related))
    yield Page("contradictions/", "contradictions.html", gettext("Contradictions"),
               gettext("Claims that cannot both be true, side by side."), showing(pairs=pairs))  # fmt: skip


def predictions(catalogue: Catalogue, today: dt.date) -> Iterator[Page]:
    """What was foretold: still open, overdue, and resolved."""
    gettext = catalogue.words.gettext
    found = [claim for claim in catalogue.claims if claim.card.prediction]
    values = showing(
        resolved=[claim for claim in found if _state(claim, today) == "resolved"],
        overdue=[claim for claim in found if _state(claim, today) == "overdue"],
        waiting=[claim for claim in found if _state(claim, today) == "waiting"],
    )
    yield Page("predictions/", "predictions.html", gettext("Predictions"),
               gettext("What was foretold, and what came of it."), values)  # fmt: skip


def _state(claim: Shown, today: dt.date) -> str:
    prediction = claim.card.prediction
    if prediction is None or prediction.resolved:
        return "resolved"
    return "overdue" if prediction.due and prediction.due.last < today else "waiting"


def corrections(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """Every correction ever made, newest first."""
    gettext = catalogue.words.gettext
    found = [
        (entry, claim)
        for claim in catalogue.claims
        if claim.card.corrections or claim.card.withdrawn
        for entry in history(catalogue, claim)
        if entry.corrects
    ]
    found.sort(key=lambda row: (row[0].date.first, row[1].id), reverse=True)
    yield Page("corrections/", "corrections.html", gettext("Corrections"),
               gettext("What we had wrong, and when we mended it."), showing(corrections=found))  # fmt: skip


def scale(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The scale with its definitions."""
    gettext = catalogue.words.gettext
    of = {
        subject: [v for v in catalogue.library.verdicts.values() if v.of == subject]
        for subject in ("statement", "prediction", "opinion")
    }
    yield Page("scale/", "scale.html", gettext("How to read a verdict"),
               gettext("Every verdict with its mark and its definition."), showing(of=of))  # fmt: skip


def verdicts(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """For each verdict its definition and the claims that have it, the newest first."""
    given: dict[str, list[Shown]] = {}
    for claim in reversed(catalogue.claims):
        given.setdefault(claim.verdict.id, []).append(claim)
    for verdict in catalogue.library.verdicts.values():
        for leaf in leaves(addresses.verdict(verdict.id), given.get(verdict.id, [])):
            yield Page(leaf.address, "verdict.html", titled(verdict.label, leaf, catalogue.words), verdict.meaning,
                       showing(verdict=verdict, leaf=leaf))  # fmt: skip


def claims(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """All claims, the newest first."""
    gettext = catalogue.words.gettext
    for leaf in leaves("claims/", catalogue.claims[::-1]):
        yield Page(leaf.address, "claims.html", titled(gettext("All claims"), leaf, catalogue.words),
                   gettext("Every claim that is checked here, the newest first."), showing(leaf=leaf))  # fmt: skip


def titled(title: str, leaf: Leaf[Any], words: Words) -> str:
    """Return the title of one page of a list: from the second on it says which."""
    if leaf.number == 1:
        return title
    return words.gettext("%(title)s, page %(number)s", title=title, number=words.figures(leaf.number))
