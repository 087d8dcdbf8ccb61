"""The catalogue: claims as pages show them, every name in them resolved, and by what they share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from . import addresses, proof
from .claim import Claim, Relation, Source
from .content import Document, Event, Speaker, Timeline, Topic, Verdict
from .dates import PartialDate, Period
from .library import Entry, Library

_KINDS = {
    "statement": "Statement of fact",
    "quotation": "Quotation",
    "prediction": "Prediction",
    "opinion": "Opinion",
}

# What stands in place of the verdict of a claim that was withdrawn, wherever the claim is shown.
_WITHDRAWN = Verdict(
    id="withdrawn", of="opinion", label="Withdrawn", short="Withdrawn", glyph="o", says="neither",
    meaning="We no longer stand by a verdict on it; the page says why.",
)  # fmt: skip


# What a preview shows of a draft that has no verdict yet.
_UNDER_REVIEW = Verdict(
    id="under-review",
    of="statement",
    label="Under review",
    short="Under review",
    glyph="f0",
    says="neither",
    meaning="This claim is logged, and sources are being gathered.",
)


@dataclass(frozen=True)
class Shown:
    """One published claim with all that its card names."""

    id: str
    file: str
    card: Claim
    document: Entry[Document]
    speaker: Entry[Speaker]
    quoted: Entry[Speaker] | None
    verdict: Verdict
    said: Period
    inferred: bool
    number: int
    paragraph: int | None
    event: Event | None

    @property
    def address(self) -> str:
        """Where it is published."""
        return addresses.claim(self.id)

    @property
    def anchor(self) -> str:
        """Its name within a page: the last part of its id."""
        return self.id.split("/")[1]

    @property
    def kind(self) -> str:
        """What sort of claim it is, in words."""
        return _KINDS[self.card.kind]

    @property
    def predicts(self) -> bool:
        """Whether it is a prediction, judged twice."""
        return self.card.kind == "prediction"

    @property
    def rated(self) -> bool:
        """Whether it has a verdict and still stands."""
        return self.card.kind != "opinion" and not self.card.withdrawn

    @property
    def tone(self) -> str:
        """The class that gives its colour: v1 to v5, v0 off the axis."""
        return f"v{self.verdict.value or 0}"

    @property
    def step(self) -> str:
        """Its value for filters: 1 to 5, 0 off the axis, o for an opinion."""
        return "o" if self.card.kind == "opinion" else str(self.verdict.value or 0)

    @property
    def words(self) -> str:
        """The quote as it is set: between quotation marks, those inside it turned single."""
        return quotation(self.card.quote)

    @property
    def title(self) -> str:
        """The claim in at most 75 characters."""
        return self.card.short or self.card.claim

    @property
    def changed(self) -> PartialDate:
        """The day of the last change that readers are told of."""
        card = self.card
        dates = [card.published or card.checked, *(entry.date for entry in card.corrections)]
        return max([*dates, card.withdrawn.date] if card.withdrawn else dates)

    @property
    def when(self) -> str:
        """When it was said, as in tables, saying so where the date is inferred."""
        return self.said.short + (", inferred" if self.inferred else "")

    @property
    def voice(self) -> str:
        """Who speaks in which document, as rows say it."""
        if self.speaker.id == self.document.card.author:
            return self.document.card.short
        return f"{self.speaker.card.name} in the {self.document.card.short}"


def quotation(words: str) -> str:
    """Return words between quotation marks, the marks inside them turned single."""
    return f"“{words.strip().replace('“', '‘').replace('”', '’')}”"


@dataclass(frozen=True)
class Cited:
    """One source of the site: its description, and the claims and events that cite it."""

    source: Source
    claims: tuple[tuple[Shown, Source], ...]
    events: tuple[tuple[str, Event], ...]


@dataclass(frozen=True)
class Related:
    """A claim that bears on another, how, and why."""

    relation: str
    claim: Shown
    why: str


@dataclass(frozen=True)
class Catalogue:
    """All published claims in the order in which they were said, and what they share."""

    library: Library
    claims: tuple[Shown, ...]
    by_id: Mapping[str, Shown]
    by_document: Mapping[str, tuple[Shown, ...]]
    by_event: Mapping[str, tuple[Shown, ...]]
    related: Mapping[str, tuple[Related, ...]]
    cited: tuple[Cited, ...]

    @property
    def documents(self) -> list[Entry[Document]]:
        """The documents, oldest first."""
        return sorted(self.library.documents.values(), key=lambda entry: (entry.card.date.first, entry.id))

    def said_by(self, speaker: str) -> list[Shown]:
        """Return the claims that a speaker asserts."""
        return [claim for claim in self.claims if claim.speaker.id == speaker]

    def quoting(self, speaker: str) -> list[Shown]:
        """Return the claims that report a speaker's words, asserted by somebody else."""
        return [claim for claim in self.claims if claim.quoted and claim.quoted.id == speaker]

    def about(self, topic: Topic) -> list[Shown]:
        """Return the claims on a topic."""
        return [claim for claim in self.claims if topic.id in claim.card.topics]

    def among(self, timeline: Timeline) -> list[Shown]:
        """Return the claims that a timeline places among its events."""
        return [claim for claim in self.claims if claim.document.id in timeline.documents]


def catalogue(library: Library, drafts: bool = False) -> Catalogue:
    """Return the catalogue of a sound library; with `drafts` also of what is not published."""
    library = proof.with_texts(library)
    events = {event.id: event for line in library.timelines.values() for event in line.card.events}
    by_document = {
        name: tuple(
            _shown(library, entry, events, number)
            for number, entry in enumerate(_published(library, name, drafts), 1)
        )
        for name in library.documents
    }
    claims = sorted(
        (claim for group in by_document.values() for claim in group),
        key=lambda claim: (claim.said.last.last, claim.document.id, claim.number),
    )
    by_id = {claim.id: claim for claim in claims}
    return Catalogue(
        library=library,
        claims=tuple(claims),
        by_id=by_id,
        by_document=by_document,
        by_event={
            name: tuple(group)
            for name, group in groupby(
                sorted(
                    (claim for claim in claims if claim.event),
                    key=lambda claim: claim.event.id if claim.event else "",
                ),
                key=lambda claim: claim.event.id if claim.event else "",
            )
        },
        related=_related(by_id),
        cited=tuple(_cited(library, claims)),
    )


def _published(library: Library, document: str, drafts: bool) -> Iterable[Entry[Claim]]:
    for entry in proof.claims_of(library, document):
        if drafts or entry.card.status == "published":
            yield entry


def _shown(library: Library, entry: Entry[Claim], events: Mapping[str, Event], number: int) -> Shown:
    card = entry.card
    document = library.documents[entry.id.split("/")[0]]
    return Shown(
        id=entry.id,
        file=entry.file,
        card=card,
        document=document,
        speaker=library.speakers[card.speaker or document.card.author],
        quoted=library.speakers[card.quoted] if card.quoted else None,
        verdict=_verdict(library, card),
        said=card.said or document.card.date,
        inferred=card.said is None and document.card.date_note is not None,
        number=number,
        paragraph=_paragraph(library, entry),
        event=events.get(card.settled_by or ""),
    )


def _verdict(library: Library, card: Claim) -> Verdict:
    if card.withdrawn:
        return _WITHDRAWN
    if card.kind == "opinion":
        return next(verdict for verdict in library.verdicts.values() if verdict.of == "opinion")
    return library.verdicts.get(card.verdict or "", _UNDER_REVIEW)


def _paragraph(library: Library, entry: Entry[Claim]) -> int | None:
    name, _, claim = entry.id.partition("/")
    proven = library.proofs.get(name)
    place = proven.card.places.get(claim) if proven else None
    if not (proven and place):
        return None
    return sum(1 for start in proven.card.paragraphs if start <= place.at[1])


_WAYS = {
    "contradicts": ("Contradicts", "Contradicted by"),
    "repeats": ("Says the same", "Says the same"),
    "narrows": ("Is a part of", "Has as a part"),
    "depends_on": ("Depends on", "Is a condition of"),
    "supports": ("Makes likelier", "Made likelier by"),
}


def _related(by_id: Mapping[str, Shown]) -> dict[str, tuple[Related, ...]]:
    found: dict[str, list[Related]] = {name: [] for name in by_id}

    def add(claim: Shown, words: str, other: Shown, relation: Relation) -> None:
        if other.id not in (known.claim.id for known in found[claim.id]):
            found[claim.id].append(Related(words, other, relation.why))

    for claim in by_id.values():
        for relation in claim.card.related:
            for field, name in relation.targets.items():
                if other := by_id.get(name):
                    add(claim, _WAYS[field][0], other, relation)
    for claim in by_id.values():
        for relation in claim.card.related:
            for field, name in relation.targets.items():
                if other := by_id.get(name):
                    add(other, _WAYS[field][1], claim, relation)
    return {name: tuple(related) for name, related in found.items()}


def _cited(library: Library, claims: Iterable[Shown]) -> list[Cited]:
    sources: dict[str, Source] = {}
    citing: dict[str, list[tuple[Shown, Source]]] = {}
    recording: dict[str, list[tuple[str, Event]]] = {}
    for claim in claims:
        for source in claim.card.sources:
            sources.setdefault(source.url, source)
            citing.setdefault(source.url, []).append((claim, source))
    for timeline in library.timelines.values():
        for event in timeline.card.events:
            for source in event.sources:
                sources.setdefault(source.url, source)
                recording.setdefault(source.url, []).append((timeline.id, event))
    return sorted(
        (
            Cited(source, tuple(citing.get(url, ())), tuple(recording.get(url, ())))
            for url, source in sources.items()
        ),
        key=lambda cited: (cited.source.date or PartialDate("9999"), cited.source.url),
    )
