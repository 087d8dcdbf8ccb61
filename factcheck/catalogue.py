"""The catalogue: the claims of the site, and what they share."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from typing import Any, NamedTuple, TypeVar, cast

from . import proof
from .claim import Claim, Source
from .content import Document, Event, Speaker
from .dates import PartialDate
from .earlier import NOTHING, Earlier
from .lazy import Lazy
from .library import Entry, Library
from .reading import Paragraph, paragraphs
from .revisions import Version
from .shown import Shown, show
from .words import ENGLISH, N_, Words

V = TypeVar("V")


class Citation(NamedTuple):
    """A source where a claim or an event cites it, at a place among its sources."""

    by: Shown | Event
    place: int

    @property
    def source(self) -> Source:
        """The source as it is described there."""
        citing = self.by.card if isinstance(self.by, Shown) else self.by
        return citing.sources[self.place]


@dataclass(frozen=True)
class Cited:
    """One source of the site: where it is cited first, and the claims and events that cite it.

    Events are told with their timeline.
    """

    first: Citation
    claims: tuple[Citation, ...]
    events: tuple[tuple[str, Event], ...]

    @cached_property
    def source(self) -> Source:
        """The source as it is described first."""
        return self.first.source


@dataclass(frozen=True)
class Related:
    """A claim that bears on another, how, in the words of the site, and why.

    `contradicts` where both cannot be true, at the claim whose card says so.
    """

    relation: str
    claim: Shown
    why: str
    contradicts: bool


@dataclass(frozen=True)
class Catalogue:
    """All published claims in the order in which they were said, and what they share.

    `words` are those of the site: its interface in its language. `versions` gives by its file the
    commit that last changed a card, where that is known. `abroad` has the same in other languages.
    """

    library: Library
    words: Words
    claims: tuple[Shown, ...]
    by_id: Mapping[str, Shown]
    by_document: Mapping[str, tuple[Shown, ...]]
    by_event: Mapping[str, Sequence[Shown]]
    related: Mapping[str, tuple[Related, ...]]
    paragraphs: Mapping[str, list[Paragraph]]
    versions: Mapping[str, Version]
    abroad: Mapping[str, "Catalogue"] = field(default_factory=dict)

    @cached_property
    def changed(self) -> PartialDate:
        """The day of the last change that readers are told of: the date of all that is published."""
        return max((claim.changed for claim in self.claims), default=self.library.site.started)

    @cached_property
    def cited(self) -> tuple[Cited, ...]:
        """The sources of the site, oldest first, those without a date last."""
        return tuple(_cited(self.library, self.claims))

    @cached_property
    def rates(self) -> bool:
        """Whether any claim has a verdict that still stands."""
        return any(claim.rated for claim in self.claims)

    @cached_property
    def documents(self) -> list[Entry[Document]]:
        """The documents, oldest first."""
        return sorted(self.library.documents.values(), key=lambda entry: (entry.card.date.first, entry.id))

    @cached_property
    def speakers(self) -> list[Entry[Speaker]]:
        """Everyone who asserts a claim or is quoted in one, by name."""
        heard = {entry.id: entry for claim in self.claims for entry in (claim.speaker, claim.quoted) if entry}
        names = {name: entry.card.sort or entry.card.name.split()[-1] for name, entry in heard.items()}
        return sorted(heard.values(), key=lambda entry: (names[entry.id].casefold(), entry.id))

    @cached_property
    def happenings(self) -> Mapping[str, tuple[str, str]]:
        """The timeline and the title of every event, by its id."""
        lines = self.library.timelines.values()
        return {event.id: (line.id, event.title) for line in lines for event in line.card.events}

    def each(self, make: Callable[["Catalogue", Shown], str]) -> Iterator[bytes]:
        """Yield what `make` gives for each claim, in their order, in UTF-8."""
        return (make(self, claim).encode() for claim in self.claims)

    def derived(self, make: Callable[[str], str], text: str) -> str:
        """Return what `make` makes of a text and of nothing else."""
        return make(text)

    def once(self, make: Callable[["Catalogue"], V]) -> V:
        """Return what `make` makes of the catalogue, made when it is first asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(V, self._made[make])

    def said_by(self, speaker: str) -> list[Shown]:
        """Return the claims that a speaker asserts."""
        return self._by_speaker.get(speaker, [])

    def quoting(self, speaker: str) -> list[Shown]:
        """Return the claims that report a speaker's words, asserted by somebody else."""
        return self._by_quoted.get(speaker, [])

    def about(self, topic: str) -> list[Shown]:
        """Return the claims on a topic."""
        return self._by_topic.get(topic, [])

    def judged(self, verdict: str) -> list[Shown]:
        """Return the claims that have a verdict."""
        return self._by_verdict.get(verdict, [])

    def among(self, timeline: str) -> list[Shown]:
        """Return the claims that a timeline places among its events."""
        documents = frozenset(self.library.timelines[timeline].card.documents)
        return [claim for claim in self.claims if claim.document.id in documents]

    @cached_property
    def publishers(self) -> list[str]:
        """The publishers of the sources, by name: of each source, as it is described first."""
        cited = (source for claim in self.claims for source in claim.card.sources)
        events = (event for line in self.library.timelines.values() for event in line.card.events)
        found: dict[str, str] = {}
        for source in chain(cited, chain.from_iterable(event.sources for event in events)):
            found.setdefault(source.url, source.publisher)
        return sorted({*found.values()}, key=lambda name: (name.casefold(), name))

    def sources_of(self, publisher: str) -> list[Cited]:
        """Return the sources of a publisher, oldest first, those without a date last."""
        return self._by_publisher.get(publisher, [])

    @cached_property
    def _made(self) -> dict[Callable[["Catalogue"], Any], Any]:
        return {}

    @cached_property
    def _by_speaker(self) -> Mapping[str, list[Shown]]:
        return _grouped((claim.speaker.id, claim) for claim in self.claims)

    @cached_property
    def _by_quoted(self) -> Mapping[str, list[Shown]]:
        return _grouped((claim.quoted.id, claim) for claim in self.claims if claim.quoted)

    @cached_property
    def _by_topic(self) -> Mapping[str, list[Shown]]:
        return _grouped((topic, claim) for claim in self.claims for topic in claim.card.topics)

    @cached_property
    def _by_verdict(self) -> Mapping[str, list[Shown]]:
        return _grouped((claim.verdict.id, claim) for claim in self.claims)

    @cached_property
    def _by_publisher(self) -> Mapping[str, list[Cited]]:
        return _grouped((one.source.publisher, one) for one in self.cited)


def _grouped(pairs: Iterable[tuple[str, V]]) -> dict[str, list[V]]:
    found: dict[str, list[V]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def catalogue(
    library: Library,
    words: Words = ENGLISH,
    drafts: bool = False,
    versions: Mapping[str, Version] | None = None,
    earlier: Earlier = NOTHING,
) -> Catalogue:
    """Return the catalogue of a sound library; with `drafts` also of what is not published."""
    events = {event.id: event for line in library.timelines.values() for event in line.card.events}

    def shown(name: str) -> tuple[Shown, ...]:
        entries = enumerate(_published(library, name, drafts), 1)
        return tuple(show(library, entry, events, number, words) for number, entry in entries)

    by_document = {
        name: earlier.again(
            ("shown", words.language, name), (library.mark(name), words, drafts), partial(shown, name)
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
        words=words,
        claims=tuple(claims),
        by_id=by_id,
        by_document=by_document,
        by_event=_grouped((claim.event.id, claim) for claim in claims if claim.event),
        related=_related(by_id, words),
        paragraphs=Lazy(
            by_document,
            lambda name: _read(library, name, by_document[name]),
            lambda name: (by_document[name], library.proofs.get(name)),
        ),
        versions=versions or {},
    )


def _read(library: Library, document: str, claims: Sequence[Shown]) -> list[Paragraph]:
    proof = library.proofs.get(document)
    return paragraphs(claims, proof.card if proof else None)


def _published(library: Library, document: str, drafts: bool) -> Iterable[Entry[Claim]]:
    for entry in proof.claims_of(library, document):
        if drafts or entry.card.status == "published":
            yield entry


_WAYS = {
    "contradicts": (N_("Contradicts"), N_("Contradicted by")),
    "repeats": (N_("Says the same"), N_("Says the same")),
    "narrows": (N_("Is a part of"), N_("Has as a part")),
    "depends_on": (N_("Depends on"), N_("Is a condition of")),
    "supports": (N_("Makes likelier"), N_("Made likelier by")),
}


def _related(by_id: Mapping[str, Shown], words: Words) -> dict[str, tuple[Related, ...]]:
    """Return what bears on each claim: first what its own card says, then the ways back."""
    links = [
        (claim, by_id[name], field, relation.why)
        for claim in by_id.values()
        for relation in claim.card.related
        for field, name in relation.targets.items()
        if name in by_id
    ]
    there = [(claim, other, field, 0, why) for claim, other, field, why in links]
    back = [(other, claim, field, 1, why) for claim, other, field, why in links]
    found: dict[str, dict[str, Related]] = {}
    for claim, other, how, way, why in there + back:
        said = how == "contradicts" and way == 0
        related = Related(words.gettext(_WAYS[how][way]), other, why, contradicts=said)
        found.setdefault(claim.id, {}).setdefault(other.id, related)
    return dict.fromkeys(by_id, ()) | {name: tuple(related.values()) for name, related in found.items()}


def _cited(library: Library, claims: Iterable[Shown]) -> list[Cited]:
    first: dict[str, Citation] = {}
    citing: dict[str, list[Citation]] = {}
    recording: dict[str, list[tuple[str, Event]]] = {}
    for claim in claims:
        for place, source in enumerate(claim.card.sources):
            use = Citation(claim, place)
            first.setdefault(source.url, use)
            citing.setdefault(source.url, []).append(use)
    for timeline in library.timelines.values():
        for event in timeline.card.events:
            for place, source in enumerate(event.sources):
                first.setdefault(source.url, Citation(event, place))
                recording.setdefault(source.url, []).append((timeline.id, event))
    return sorted(
        (Cited(use, tuple(citing.get(url, ())), tuple(recording.get(url, ()))) for url, use in first.items()),
        key=lambda cited: (cited.source.date or PartialDate("9999"), cited.source.url),
    )
