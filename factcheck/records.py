"""Records: what the data of the site says of each thing, and the shape in which it says it.

A record is the card as its editors wrote it, with every name on it resolved. The text below a field
is the help that the published JSON Schema gives.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from .claim import Claim, Source
from .content import Document, Event, PageHead, Site, Speaker, Topic, Verdict
from .dates import PartialDate
from .fields import Record
from .translation import Translation

Number = Annotated[int, Field(ge=0)]


class Named(Record):
    """Another thing of the site: its id, its name, its page."""

    id: str
    """Its id, unique among things of its type."""
    name: str
    """What readers see."""
    url: str
    """The address of its page."""


class Rated(Named):
    """A claim as lists name it."""

    verdict: str
    """The verdict in words, or that the claim is an opinion or withdrawn."""


class Ruling(Record):
    """The verdict of a claim."""

    id: str
    """The id of the verdict; "withdrawn" where it is withdrawn."""
    label: str
    """The verdict in words, as readers see it."""
    of: Literal["statement", "prediction", "opinion"]
    """What it is a verdict on."""
    value: int | None = None
    """Its place on the axis, 1 to 5; left out off the axis."""
    says: Literal["right", "wrong", "neither"]
    """What it says of the claim."""


class Saying(Record):
    """When a claim was made: between the first day and the last."""

    first: PartialDate
    last: PartialDate
    inferred: bool
    """Whether the date of the document was inferred; its page says how."""


class Place(Record):
    """Where the words stand in the text of the document (W3C Web Annotation, 4.2.5)."""

    paragraph: int
    """The paragraph, from 1."""
    start: Number
    """Where the quote begins, in code points of the normalised text, from 0."""
    end: Number
    """Where it ends; the end is excluded."""
    sha256: str
    """The digest of the text."""


class Revision(Record):
    """A commit of the repository in which the cards are kept."""

    commit: str
    date: PartialDate


class Bearing(Named):
    """A claim that bears on this one."""

    relation: str
    """How, in the words of the page."""
    why: str
    """Why, in a line."""


class Use(Record):
    """A source, and who cites it."""

    source: Source
    """The source as the first card gives it."""
    claims: tuple[Rated, ...]
    """The claims that cite it."""
    events: tuple[Named, ...]
    """The events that it records."""


class Thing(Record):
    """What every record says of its page."""

    schema_: str = Field(alias="$schema")
    """The JSON Schema of this record."""
    type: str
    url: str
    """The address of the page."""
    title: str
    """What the page is called."""
    description: str
    """What it shows, in a sentence."""
    language: str
    """Its language, as BCP 47 writes it."""
    licence: str
    """The terms on which it may be used. Quotations belong to their publishers."""
    changed: PartialDate | None = None
    """The day of the last change that readers are told of."""


class Leafed(Thing):
    """A record that goes on in others where it is long."""

    total: Number
    """How many entries it has in all."""
    following: str | None = None
    """The address of the record with the next entries."""


class ClaimRecord(Thing):
    """One claim: who said what, when and where, and how it was judged."""

    type: Literal["claim"]
    id: str
    """Its id, document/claim. It stays, and so does its address."""
    formerly: tuple[str, ...] = ()
    """The addresses that it had."""
    document: Named
    """The document in which it stands."""
    speaker: Named
    """Who asserts it."""
    quoted: Named | None = None
    """Whose words it reports."""
    said: Saying
    place: Place | None = None
    verdict: Ruling
    settled_by: Named | None = None
    """The event that settles it."""
    topics: tuple[Named, ...]
    """Its topics."""
    related: tuple[Bearing, ...]
    """The claims that bear on it."""
    origins: Number
    """From how many independent origins its sources come."""
    version: Revision | None = None
    """The commit that last changed the card, where it is known."""
    translations: tuple[str, ...] = ()
    """The addresses of this claim in other languages."""
    card: Claim
    """The card as it is written."""


class TranslationRecord(Thing):
    """One claim in another language."""

    type: Literal["translation"]
    id: str
    """The id of the claim."""
    original: str
    """The address of the original."""
    behind: bool
    """Whether the original has moved on since it was translated."""
    verdict: Ruling
    card: Translation
    """The card of the translation as it is written."""


class DocumentRecord(Thing):
    """One document and its claims, in their order in it."""

    type: Literal["document"]
    id: str
    author: Named
    """Who asserts what it says in its own voice."""
    claims: tuple[Rated, ...]
    card: Document
    """The card as it is written."""


class SpeakerRecord(Leafed):
    """A speaker, with the claims that they make and those that quote them."""

    type: Literal["speaker"]
    id: str
    said: tuple[Rated, ...]
    """The claims that they assert."""
    quoted: tuple[Rated, ...]
    """The claims in which others report their words."""
    card: Speaker
    """The card as it is written."""


class Gathering(Leafed):
    """What gathers claims."""

    id: str
    claims: tuple[Rated, ...]
    """The claims, in the order of the page."""


class TopicRecord(Gathering):
    """A topic and its claims."""

    type: Literal["topic"]
    card: Topic
    """The entry as it is written."""


class VerdictRecord(Gathering):
    """A verdict of the scale and the claims that have it."""

    type: Literal["verdict"]
    card: Verdict
    """The entry as it is written."""


class TimelineRecord(Gathering):
    """A timeline: the events of one stretch of it, and the claims that were made in it."""

    type: Literal["timeline"]
    events: tuple[Event, ...]
    """The events that lie in it, as they are written."""
    summary: str
    """What the whole timeline shows; Markdown."""


class EventRecord(Gathering):
    """An event and the claims that it settles."""

    type: Literal["event"]
    timeline: Named
    """The timeline on which it stands."""
    card: Event
    """The event as it is written."""


class PublisherRecord(Leafed):
    """A publisher and what is cited of it."""

    type: Literal["publisher"]
    sources: tuple[Use, ...]


class ArticleRecord(Thing):
    """A page of running text."""

    type: Literal["article"]
    id: str
    text: str
    """The text; Markdown."""
    card: PageHead
    """Its head as it is written."""


class ListRecord(Leafed):
    """A list of things; entries say more where the page does."""

    type: Literal["list"]
    items: tuple[dict[str, Any], ...]
    """Each with an id, a name and an address, and what else the list tells of it."""


class SiteRecord(Thing):
    """The site: what it is called, what it holds, and where its data begin."""

    type: Literal["site"]
    version: Literal["1.0"] = "1.0"
    """The version of these records: the first number changes when a reader of them might break."""
    claims: Number
    """How many claims it has."""
    documents: tuple[Named, ...]
    api: str
    """The address of the list of all data."""
    card: Site
    """The card of the site as it is written."""


class PlainRecord(Thing):
    """A page that shows nothing that no other record has."""

    type: Literal["page"]


RECORDS: dict[str, type[Thing]] = {
    "claim": ClaimRecord, "translation": TranslationRecord, "document": DocumentRecord,
    "speaker": SpeakerRecord, "topic": TopicRecord, "verdict": VerdictRecord, "timeline": TimelineRecord,
    "event": EventRecord, "publisher": PublisherRecord, "article": ArticleRecord, "list": ListRecord,
    "site": SiteRecord, "page": PlainRecord,
}  # fmt: skip
