"""Things: the record of each page that shows one thing."""

from collections.abc import Callable, Mapping
from typing import Any

from . import abroad, addresses
from .content import Event
from .evidence import origins
from .leaves import grouped
from .naming import Names
from .page import Page
from .records import (
    ArticleRecord,
    Bearing,
    ClaimRecord,
    DocumentRecord,
    EventRecord,
    Place,
    PublisherRecord,
    Revision,
    Ruling,
    Saying,
    SiteRecord,
    SpeakerRecord,
    Thing,
    TimelineRecord,
    TopicRecord,
    TranslationRecord,
    Use,
    VerdictRecord,
)  # fmt: skip
from .shown import Shown

Values = Mapping[str, Any]


def claim_record(names: Names, claim: Shown) -> Thing:
    """Return the record of a claim, wherever it is asked for."""
    page = Page(claim.address, "claim.html", claim.headline, claim.description, changed=claim.changed)
    return claim_of(names, page, claim)


def claim_of(names: Names, page: Page, claim: Shown) -> Thing:
    """Return the record of a claim, or of its translation where the page is one."""
    if page.language:
        return _translation(names, page, claim)
    catalogue, card, name = names.catalogue, claim.card, names.named
    version, speaker, quoted = catalogue.versions.get(claim.file), claim.speaker, claim.quoted
    topics = catalogue.library.topics
    return ClaimRecord(
        **names.head(page, "claim"),
        id=claim.id,
        formerly=card.formerly,
        document=name(claim.document.id, claim.document.card.title, addresses.document(claim.document.id)),
        speaker=name(speaker.id, speaker.card.name, addresses.speaker(speaker.id)),
        quoted=quoted and name(quoted.id, quoted.card.name, addresses.speaker(quoted.id)),
        said=Saying(first=claim.said.first, last=claim.said.last, inferred=claim.inferred),
        place=_place(claim),
        verdict=_ruling(claim),
        settled_by=names.event(card.settled_by or ""),
        topics=tuple(name(id_, topics[id_].label, addresses.topic(id_)) for id_ in card.topics),
        related=tuple(
            Bearing(id=r.claim.id, name=r.claim.title, url=names.absolute(r.claim.address),
                    relation=r.relation, why=r.why)
            for r in catalogue.related[claim.id]
        ),
        origins=len(origins(card.sources)),
        version=version and Revision(commit=version.commit, date=version.date),
        translations=tuple(
            names.absolute(addresses.translation(claim.id, language))
            for language, other in catalogue.abroad.items() if other.by_id[claim.id].language
        ),
        card=card,
    )  # fmt: skip


def _translation(names: Names, page: Page, claim: Shown) -> Thing:
    library = names.catalogue.library
    return TranslationRecord(
        **names.head(page, "translation"),
        id=claim.id,
        original=names.absolute(claim.home),
        behind=abroad.is_behind(library, page.language, claim.id),
        verdict=_ruling(claim),
        card=library.translations[f"{page.language}/{claim.id}"].card,
    )


def _place(claim: Shown) -> Place | None:
    if claim.place is None or claim.paragraph is None:
        return None
    start, end = claim.place
    return Place(paragraph=claim.paragraph, start=start, end=end, sha256=claim.document.card.text.sha256)


def _ruling(claim: Shown) -> Ruling:
    verdict = claim.verdict
    return Ruling(id=verdict.id, label=verdict.label, of=verdict.of, value=verdict.value, says=verdict.says)


def _document(names: Names, page: Page, values: Values) -> Thing:
    entry = values["document"]
    author = names.catalogue.library.speakers[entry.card.author]
    return DocumentRecord(
        **names.head(page, "document"), id=entry.id, claims=names.claims(values["claims"]), card=entry.card,
        author=names.named(author.id, author.card.name, addresses.speaker(author.id)),
    )  # fmt: skip


def _speaker(names: Names, page: Page, values: Values) -> Thing:
    leaf, entry = values["leaf"], values["speaker"]
    said, quoted = (
        names.claims(claim for kind, claim in leaf.items if kind == which) for which in ("said", "quoted")
    )
    return SpeakerRecord(**names.leafed(page, "speaker", leaf), id=entry.id, said=said, quoted=quoted,
                         card=entry.card)  # fmt: skip


def _topic(names: Names, page: Page, values: Values) -> Thing:
    leaf, topic = values["leaf"], values["topic"]
    return TopicRecord(**names.leafed(page, "topic", leaf), id=topic.id, claims=names.claims(leaf.items),
                       card=topic)  # fmt: skip


def _verdict(names: Names, page: Page, values: Values) -> Thing:
    leaf, verdict = values["leaf"], values["verdict"]
    return VerdictRecord(**names.leafed(page, "verdict", leaf), id=verdict.id,
                         claims=names.claims(leaf.items), card=verdict)  # fmt: skip


def _timeline(names: Names, page: Page, values: Values) -> Thing:
    entry, leaf = values["timeline"], values["leaf"]
    events: dict[str, Event] = {h.event.id: h.event for month in values["months"] for h in month.happened}
    return TimelineRecord(
        **names.leafed(page, "timeline", leaf), id=entry.id, events=tuple(events.values()),
        claims=names.claims(values["claims"]), summary=entry.card.summary,
    )  # fmt: skip


def _event(names: Names, page: Page, values: Values) -> Thing:
    leaf, line = values["leaf"], values["timeline"]
    return EventRecord(
        **names.leafed(page, "event", leaf), id=values["event"].id, card=values["event"],
        timeline=names.named(line.id, line.card.title, addresses.timeline(line.id)),
        claims=names.claims(leaf.items),
    )  # fmt: skip


def _publisher(names: Names, page: Page, values: Values) -> Thing:
    leaf = values["leaf"]
    sources = tuple(
        Use(source=first.source, claims=names.claims(use.by for use in uses if use),
            events=tuple(filter(None, (names.event(event.id) for _, event in events))))
        for (first, events), uses in grouped(leaf.items)
    )  # fmt: skip
    return PublisherRecord(**names.leafed(page, "publisher", leaf), sources=sources)


def _article(names: Names, page: Page, values: Values) -> Thing:
    article = values["article"]
    return ArticleRecord(**names.head(page, "article"), id=article.id, text=article.text, card=article.card)


def _home(names: Names, page: Page, _values: Values) -> Thing:
    documents = names.catalogue.documents
    return SiteRecord(
        **names.head(page, "site"),
        claims=len(names.catalogue.claims),
        documents=tuple(names.named(e.id, e.card.title, addresses.document(e.id)) for e in documents),
        api=names.absolute(addresses.API),
        card=names.site,
    )


MAKERS: Mapping[str, Callable[[Names, Page, Values], Thing]] = {
    "home.html": _home, "document.html": _document, "speaker.html": _speaker,
    "topic.html": _topic, "verdict.html": _verdict, "timeline.html": _timeline, "event.html": _event,
    "publisher.html": _publisher, "article.html": _article,
}  # fmt: skip
