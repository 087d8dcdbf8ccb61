"""All that is not a claim: site, scale, topics, speakers, documents, timelines, pages.

The text below a field is the help that an editor is shown, as in claim.py.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from .claim import Source
from .dates import PartialDate, Period
from .fields import Id, Record, Reports, Sha256, Text, Url


class Organisation(Record):
    """Who publishes the site."""

    name: Text
    """The name of the organisation or desk."""
    url: Url | None = None
    """Its own website, where it has one."""


class Licence(Record):
    """The terms on which the site's own texts may be used."""

    name: Text
    """Short name: CC BY 4.0."""
    url: Url
    """Where the terms can be read."""


class NavigationItem(Record):
    """One entry of the menu."""

    label: Text
    """The word that readers see."""
    to: Text
    """The page, as its address within the site: "speakers" or "timelines/road-to-war"."""
    wide: Literal["yes", "no"] = "no"
    """"yes" keeps it for wide screens; the foot of every page has it anyway."""


class TurningPoint(Record):
    """The day that divides before from after on the loom and the span bars."""

    date: PartialDate
    """The day."""
    label: Text
    """A word or two: "the invasion"."""


class Site(Record):
    """What the whole site is called, says and links to (content/site.yaml)."""

    title: Text
    """The name of the site."""
    tagline: Text
    """The headline of the front page; one sentence."""
    description: Text
    """What the site is, in two or three sentences; for the front page and search engines."""
    address: Url
    """Where it is published, with https and a closing slash. A build can be told another."""
    language: Text
    """The language of its texts, as BCP 47 writes it: en, nb."""
    publisher: Organisation
    licence: Licence
    repository: Url | None = None
    """Where its cards are kept; gives every page an "edit this card" link."""
    contact: Text | None = None
    """The e-mail address to which readers report errors."""
    security: Reports | None = None
    """Where weaknesses of the site itself are reported, for security.txt; without it, in its repository."""
    navigation: tuple[NavigationItem, ...]
    """The menu, in order."""
    turning_point: TurningPoint | None = None
    started: PartialDate
    """The day on which the site was first published; the corrections page counts from it."""


Subject = Literal["statement", "prediction", "opinion"]


class Verdict(Record):
    """One step of the scale (content/verdicts.yaml)."""

    id: Id
    """What cards write. Not "true" or "false": other YAML readers take those for switches."""
    of: Subject
    """Which claims it can be given to. Quotations use the scale of statements."""
    label: Text
    """The verdict in a word or three, as readers see it."""
    short: Text
    """The label on the ruler, where there is little room."""
    value: Annotated[int, Field(ge=1, le=5)] | None = None
    """Its place on the axis, 1 to 5; blank for a verdict off the axis."""
    glyph: Literal["f0", "f1", "f2", "f3", "f4", "f5", "p0", "p1", "p2", "p3", "p4", "p5", "o"]
    """The mark: f0 to f5, p0 to p5, o."""
    meaning: Text
    """The definition, one sentence, as the method page prints it."""
    says: Literal["right", "wrong", "neither"]
    """Whether it says that the claim held, did not, or neither; rules and rulers read this."""

    @property
    def step(self) -> str:
        """Its place for filters: 1 to 5, 0 off the axis, o for an opinion."""
        return "o" if self.of == "opinion" else str(self.value or 0)


class Scale(Record):
    """The verdicts, in the order in which pages list them."""

    verdicts: tuple[Verdict, ...]


class Topic(Record):
    """A subject that several claims share."""

    id: Id
    """What cards write."""
    label: Text
    """The name that readers see."""
    line: Text
    """What belongs to it, in one line."""


class Topics(Record):
    """The topics, in the order in which pages list them (content/topics.yaml)."""

    topics: tuple[Topic, ...]


class Speaker(Record):
    """A person or an organisation that asserts something (content/speakers/<id>.yaml)."""

    name: Text
    """The name as readers know it."""
    role: Text
    """Office or nature at the time of the claims: "Press secretary of the President of Russia"."""
    kind: Literal["person", "organisation"]
    """Which of the two."""
    sort: Text | None = None
    """The name under which lists order it, where that is not the last word of the name."""
    same_as: Url | None = None
    """Its Wikidata address. Only where it is certain."""
    note: Text | None = None
    """What a reader must know about the role, in a sentence; Markdown."""


class Original(Record):
    """The text that a document translates."""

    title: Text
    """Its title, in its own language."""
    language: Text
    """Its language, as BCP 47 writes it."""
    publisher: Text
    """Who published it."""
    url: Url | None = None
    """Where it stands."""


class Unchecked(Record):
    """A statement of the document that has no card, and why."""

    quote: Text
    """The document's words, verbatim; they must stand in it."""
    why: Text
    """Why it was not checked."""


class DocumentText(Record):
    """Which text the quotes are held to."""

    sha256: Sha256
    """The digest of its normalised text: NFC, line feeds, no trailing space."""


class Document(Record):
    """A text under examination (content/documents/<id>/document.yaml)."""

    title: Text
    """Its title."""
    short: Text
    """How rows and margins call it: "VG leader"."""
    form: Text
    """What it is: "Unsigned leader"."""
    publisher: Text
    """Who published it."""
    author: Id
    """The speaker who asserts what it says in its own voice."""
    date: Period
    """When it was published."""
    date_note: Text | None = None
    """How the date is known, where it was inferred; shown wherever the date is."""
    language: Text
    """The language of the text that was judged."""
    translation_of: Original | None = None
    url: Url | None = None
    """Where the judged text can be read."""
    archived: Url | None = None
    """A snapshot that is known to exist."""
    rights: Text
    """Whose text it is and what may be shown of it."""
    summary: Text
    """What it says, in one paragraph; Markdown."""
    notes: tuple[Text, ...] = ()
    """What a reader must know about the text: misprints, provenance; Markdown."""
    unchecked: tuple[Unchecked, ...] = ()
    """Statements without a card, each with the reason."""
    text: DocumentText


def _ascending(offsets: tuple[int, ...]) -> tuple[int, ...]:
    if list(offsets) != sorted(offsets) or offsets[0] < 0:
        raise PydanticCustomError("range", "does not go on from 0")
    return offsets


class Proven(Record):
    """Where a quote stands, and which quote it was."""

    at: Annotated[tuple[int, int, int, int], AfterValidator(_ascending)]
    """Where `before` begins, the quote begins, the quote ends, `after` ends."""
    seal: Sha256
    """The digest of before, quote and after as they were found."""


class Proof(Record):
    """Where each quote stands in its document; written by `check --record` (proof.yaml).

    Offsets count Unicode code points of the normalised text from 0, the end excluded, as in the
    W3C Web Annotation Data Model, section 4.2.5.
    """

    sha256: Sha256
    """The digest of the text in which the quotes were found."""
    length: int
    """How many code points it has."""
    paragraphs: Annotated[tuple[int, ...], Field(min_length=1), AfterValidator(_ascending)]
    """Where its paragraphs begin."""
    places: dict[Id, Proven]
    """By claim: where its quote was found."""


class Event(Record):
    """Something that happened on a day."""

    id: Id
    """What cards write in `settled_by`; unique across timelines."""
    date: PartialDate
    """The day."""
    title: Text
    """What happened, in a line."""
    text: Text | None = None
    """A sentence or two more; Markdown."""
    label: Text | None = None
    """One to three words for the loom; left out where it needs none there."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    """Where it is recorded; at least one."""


class Timeline(Record):
    """Dated events, among which claims are placed (content/timelines/<id>.yaml)."""

    title: Text
    """Its title."""
    summary: Text
    """What it shows, in one paragraph; Markdown."""
    documents: tuple[Id, ...]
    """The documents whose claims it places among the events."""
    events: Annotated[tuple[Event, ...], Field(min_length=1)]
    """The events, in any order."""


class PageHead(Record):
    """The fields above the text of a page (content/pages/<id>.md)."""

    title: Text
    """Its heading."""
    description: Text
    """One sentence for search engines."""
    lede: Text | None = None
    """The paragraph below the heading; Markdown."""


@dataclass(frozen=True)
class Article:
    """A page of running text: its head and its Markdown."""

    id: str
    file: str
    card: PageHead
    text: str
