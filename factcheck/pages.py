"""The pages of the site: which there are, and what each is given to show.

A page is a value: its address, its template and what the template shows. To add a kind of page,
write one generator, name it in KINDS, and write its template.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from . import addresses, claimreview, filters, markup, picture
from .annotations import annotations
from .catalogue import Catalogue, Cited, Related
from .months import months
from .reading import merged, paragraphs
from .sheet import history, sheet
from .shown import Shown


@dataclass(frozen=True)
class Page:
    """One file of the site: what it is called, where it goes, and what it shows.

    `rules` are style rules that only this page needs; `listed` puts it into the sitemap.
    """

    address: str
    template: str
    title: str
    description: str
    values: Mapping[str, Any] = field(default_factory=dict)
    rules: str = ""
    listed: bool = True
    file: str = ""


def plan(catalogue: Catalogue, today: dt.date) -> Iterator[Page]:
    """Yield every page of the site.

    `today` decides only which predictions are overdue.
    """
    listed = []
    for kind in KINDS:
        for page in kind(catalogue, today):
            listed += [page] if page.listed else []
            yield page
    yield Page("sitemap.xml", "sitemap.xml", "", "", {"listed": listed}, listed=False)


def home(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The front page: what this is, the loom, the latest verdicts, the documents."""
    site = catalogue.library.site
    values = {
        "latest": latest(catalogue, 5),
        "loom": picture.loom(catalogue),
        "strips": {entry.id: paragraphs(catalogue, entry) for entry in catalogue.documents},
    }
    yield Page("", "home.html", "", site.description, values)


def latest(catalogue: Catalogue, count: int) -> list[Shown]:
    """Return the claims whose verdicts are newest; among equals, one of each verdict first."""

    seen: dict[tuple[str, str], int] = {}
    ranked: list[tuple[str, int, int, Shown]] = []
    for claim in reversed(catalogue.claims):
        if claim.rated:
            key = (claim.changed, claim.verdict.id)
            seen[key] = seen.get(key, 0) + 1
            ranked.append((claim.changed, -seen[key], -len(ranked), claim))
    return [claim for *_, claim in sorted(ranked, key=lambda r: r[:3], reverse=True)[:count]]


def claims(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """One page for each claim, and one that leads here from each address it had."""
    settings = {
        (entry.id, row.first): row
        for entry in catalogue.documents
        for row in paragraphs(catalogue, entry)
        if row.first
    }
    for claim in catalogue.claims:
        title = f"{claim.verdict.label}: {claim.words}"
        review = claimreview.claim_review(catalogue, claim)
        setting = settings.get((claim.document.id, claim.paragraph or 0))
        values = {"sheet": sheet(catalogue, claim), "claim": claim, "review": review, "setting": setting}
        rules = filters.citation_rules(len(claim.card.sources))
        yield Page(claim.address, "claim.html", title, f"{claim.verdict.label}. {claim.card.summary}",
                   values, rules, file=claim.file)  # fmt: skip
        for former in claim.card.formerly:
            values = {"to": claim.address}
            yield Page(addresses.claim(former), "redirect.html", title, "", values, listed=False)


def documents(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of documents, and the reading view of each."""
    strips = {}
    for entry in catalogue.documents:
        rows = paragraphs(catalogue, entry)
        strips[entry.id] = rows
        marks = max((len(row.claims) for row in rows), default=0)
        card = entry.card
        description = f"{card.form}, {card.publisher}, {card.date.long}. {markup.plain(card.summary)}"
        data = annotations(catalogue, entry)
        values = {"document": entry, "rows": merged(rows), "strip": rows, "data": data,
                  "claims": catalogue.by_document[entry.id]}  # fmt: skip
        yield Page(addresses.document(entry.id), "document.html", card.title, description, values,
                   filters.note_rules(marks), file=entry.file)  # fmt: skip
        if data:
            address = addresses.annotations(entry.id)
            yield Page(address, "data.json", card.title, "", {"data": data}, listed=False)
    yield Page("documents/", "documents.html", "Documents", "The texts whose claims are checked here.",
               {"strips": strips})  # fmt: skip


def speakers(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of speakers, and for each what was said and how it was rated."""
    entries = sorted(
        catalogue.library.speakers.values(),
        key=lambda entry: (entry.card.sort or entry.card.name.split()[-1]).casefold(),
    )
    said = {entry.id: catalogue.said_by(entry.id) for entry in entries}
    quoted = {entry.id: catalogue.quoting(entry.id) for entry in entries}
    heard = [entry for entry in entries if said[entry.id] or quoted[entry.id]]
    yield Page("speakers/", "speakers.html", "Speakers", "Everyone whose words are checked here.",
               {"speakers": heard, "said": said, "quoted": quoted})  # fmt: skip
    for entry in heard:
        values = {"speaker": entry, "said": said[entry.id], "quoted": quoted[entry.id],
                  "plot": plot(said[entry.id])}  # fmt: skip
        description = f"What {entry.card.name} said, and how it was rated. {entry.card.role}."
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
    found = {topic.id: catalogue.about(topic) for topic in catalogue.library.topics.values()}
    yield Page("topics/", "topics.html", "Topics", "The claims by subject.", {"found": found})
    for topic in catalogue.library.topics.values():
        yield Page(addresses.topic(topic.id), "topic.html", topic.label, topic.line,
                   {"topic": topic, "claims": found[topic.id]})  # fmt: skip


def timelines(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of timelines, and each with its claims among its events."""
    entries = list(catalogue.library.timelines.values())
    yield Page("timelines/", "timelines.html", "Timelines", "What happened, and what was said of it.",
               {"timelines": entries})  # fmt: skip
    for entry in entries:
        claims = catalogue.among(entry.card)
        values = {"timeline": entry, "months": months(catalogue, entry.card), "claims": claims,
                  "choices": filters.choices(claims)}  # fmt: skip
        yield Page(addresses.timeline(entry.id), "timeline.html", entry.card.title,
                   markup.plain(entry.card.summary), values, filters.timeline_rules(claims),
                   file=entry.file)  # fmt: skip


def sources(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of publishers, and for each what is cited of it, for and against."""

    def name(cited: Cited) -> str:
        return cited.source.publisher

    ordered = sorted(catalogue.cited, key=lambda cited: (name(cited).casefold(), name(cited)))
    by_publisher = {publisher: list(group) for publisher, group in groupby(ordered, key=name)}
    yield Page("sources/", "sources.html", "Sources", "Every source behind a verdict, by its publisher.",
               {"publishers": by_publisher})  # fmt: skip
    for publisher, cited in by_publisher.items():
        yield Page(addresses.publisher(publisher), "publisher.html", publisher,
                   f"What is cited of {publisher}, for which claims.",
                   {"publisher": publisher, "cited": cited})  # fmt: skip


def contradictions(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """Claims that cannot both be true, side by side."""
    pairs: list[tuple[Shown, Related]] = []
    for claim in catalogue.claims:
        for related in catalogue.related[claim.id]:
            if related.relation == "Contradicts" and claim.rated and related.claim.rated:
                pairs.append((claim, related))
    yield Page("contradictions/", "contradictions.html", "Contradictions",
               "Claims that cannot both be true, side by side.", {"pairs": pairs})  # fmt: skip


def predictions(catalogue: Catalogue, today: dt.date) -> Iterator[Page]:
    """What was foretold: still open, overdue, and resolved."""
    found = [claim for claim in catalogue.claims if claim.card.prediction]
    waiting = [c for c in found if c.card.prediction and not c.card.prediction.resolved]
    overdue = [
        c for c in waiting
        if c.card.prediction and c.card.prediction.due and c.card.prediction.due.last < today
    ]  # fmt: skip
    values = {"resolved": [c for c in found if c not in waiting], "overdue": overdue,
              "waiting": [c for c in waiting if c not in overdue]}  # fmt: skip
    yield Page("predictions/", "predictions.html", "Predictions",
               "What was foretold, and what came of it.", values)  # fmt: skip


def corrections(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """Every correction ever made, newest first."""
    found = [
        (entry, claim)
        for claim in catalogue.claims
        if claim.card.corrections or claim.card.withdrawn
        for entry in history(catalogue, claim)
        if entry.corrects
    ]
    found.sort(key=lambda row: (row[0].date.first, row[1].id), reverse=True)
    yield Page("corrections/", "corrections.html", "Corrections",
               "What we had wrong, and when we mended it.", {"corrections": found})  # fmt: skip


def scale(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The scale with its definitions."""
    of = {
        subject: [v for v in catalogue.library.verdicts.values() if v.of == subject]
        for subject in ("statement", "prediction", "opinion")
    }
    yield Page("scale/", "scale.html", "How to read a verdict",
               "Every verdict with its mark and its definition.", {"of": of})  # fmt: skip


def articles(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The pages of running text: method, about, corrections policy."""
    for article in catalogue.library.articles.values():
        values = {"article": article, "text": markup.block(article.text)}
        yield Page(addresses.article(article.id), "article.html", article.card.title,
                   article.card.description, values, file=article.file)  # fmt: skip


def search(_catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """All claims on one page, narrowed as the reader types."""
    yield Page("search/", "search.html", "Search", "Find a claim by its words.")


def furniture(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """What browsers, feed readers and search engines ask for by name."""
    newest = sorted(
        (claim for claim in catalogue.claims if claim.card.published),
        key=lambda claim: (claim.changed, claim.id),
        reverse=True,
    )
    yield Page("404.html", "404.html", "There is no page at this address", "", listed=False)
    yield Page("feed.xml", "feed.xml", "", "", {"newest": newest[:50]}, listed=False)
    yield Page("robots.txt", "robots.txt", "", "", listed=False)


KINDS: tuple[Callable[[Catalogue, dt.date], Iterator[Page]], ...] = (
    home,
    claims,
    documents,
    speakers,
    topics,
    timelines,
    sources,
    contradictions,
    predictions,
    corrections,
    scale,
    articles,
    search,
    furniture,
)
