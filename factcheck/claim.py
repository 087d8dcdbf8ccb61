"""The claim card and its parts: every field with its help and its rule.

The text below a field is the help that an editor is shown: in messages, in the schema, in the
field reference. Its first paragraph stands alone.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .dates import PartialDate, Period
from .fields import ClaimId, Id, Record, Text, Url

SHORT = 75  # characters of a claim that stands in lists, as Google asks of claimReviewed

SourceKind = Literal["primary", "official", "reporting", "data", "analysis"]
Stance = Literal["supports", "refutes", "context"]


class Source(Record):
    """One piece of evidence."""

    key: Id
    """The name by which this card cites it: [^key]."""
    title: Text
    """Its title, in its own language."""
    publisher: Text
    """Who published it at this address."""
    date: PartialDate | None = None
    """When it was published; left out where that is not known or it is kept current."""
    url: Url
    """Its address, exactly."""
    archived: Url | None = None
    """A snapshot in an archive that is known to exist. Never a guess."""
    accessed: PartialDate | None = None
    """The day on which the address was opened. Left out where nobody opened it live."""
    read: Literal["text", "part", "address"] | None = None
    """How much of it was read in an archived copy: text, part, or only the address is known."""
    language: Text | None = None
    """Its language where it is not the site's."""
    kind: SourceKind
    """primary (the text or act itself), official, reporting, data or analysis."""
    derived_from: Text | None = None
    """Whose report or text it carries: the agency's name. The two then count as one origin."""
    stance: Stance = "context"
    """Whether it supports the claim, refutes it, or gives context."""
    quote: Text | None = None
    """The few words relied on, verbatim."""
    note: Text | None = None
    """What it says that matters here, or a caveat, in a sentence."""

    @property
    def origin(self) -> str:
        """Whose knowledge it carries: the agency it copies, else its publisher."""
        return self.derived_from or self.publisher


class Fact(Record):
    """One dated fact."""

    date: PartialDate
    """The day it happened or was said."""
    text: Text
    """The fact in a sentence; Markdown, without citations."""
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The keys of the sources that bear it out; at least one."""


class Then(Record):
    """What could be known when it was said."""

    judgement: Literal["well-founded", "arguable", "unfounded"] | None = None
    """For a prediction: how it stood on that day's record, whatever came of it."""
    facts: Annotated[tuple[Fact, ...], Field(min_length=1)]
    """Dated facts. None may cite a source published after the claim."""


class Reporting(Record):
    """Was it said so? Kept apart from: is it so?"""

    verdict: Literal["faithful", "altered", "unverified"]
    """Whether the document gives what the speaker said."""
    note: Text
    """How we know, in a sentence or two; Markdown, may cite [^key]."""


class Prediction(Record):
    """By what a prediction is judged; fixed once the card is published."""

    criterion: Text
    """What must happen for it to have come true, in a sentence."""
    due: PartialDate | None = None
    """By when, where the claim says so."""
    resolved: PartialDate | None = None
    """When the outcome was plain; left out while it is open."""


class Relation(Record):
    """How this claim bears on another: one of the first five fields, and why."""

    contradicts: ClaimId | None = None
    """The claim that cannot be true together with this one."""
    repeats: ClaimId | None = None
    """The claim that says the same."""
    narrows: ClaimId | None = None
    """The claim of which this one is a part."""
    depends_on: ClaimId | None = None
    """The claim that must hold for this one to hold."""
    supports: ClaimId | None = None
    """The claim that this one makes likelier."""
    why: Text
    """One line."""

    @property
    def targets(self) -> dict[str, str]:
        """The relations that are filled in; a right card has one."""
        names = ("contradicts", "repeats", "narrows", "depends_on", "supports")
        return {name: value for name in names if (value := getattr(self, name))}


class Correction(Record):
    """A change that was made after publication. Entries are never edited or removed."""

    date: PartialDate
    """When it was made."""
    class_: Literal["correction", "clarification", "update", "retraction", "typo"] = Field(alias="class")
    """correction (we were wrong), clarification, update (the world moved), retraction, typo."""
    from_: Id | None = Field(default=None, alias="from")
    """The verdict before, where it changed."""
    to: Id | None = None
    """The verdict after, where it changed."""
    was: Text | None = None
    """The claim as it read before, where its wording changed."""
    note: Text
    """What changed and why, for readers; Markdown."""


class Withdrawal(Record):
    """Why a published card no longer stands. Its address stays and says so."""

    date: PartialDate
    """When it was withdrawn."""
    reason: Text
    """Why, for readers."""


class Imported(Record):
    """The review by others from which a card was made; written by `build.py import`, for editors.

    By its address and its claim the next import knows the review again.
    """

    publisher: Text
    """Who published the review."""
    url: Url
    """The address of the review."""
    claim: Text
    """The claim as the review words it."""
    date: PartialDate | None = None
    """When the review was published."""
    rating: Text | None = None
    """The rating in the publisher's own words. What it comes to here, content/ratings.yaml says."""
    value: Text | None = None
    """The number of the rating, and the scale it is on: 2 (1 to 5)."""
    explanation: Text | None = None
    """Why it was rated so, in the publisher's words."""
    language: Text | None = None
    """The language of the review, as the publisher writes it."""
    licence: Url | None = None
    """The terms on which the publisher lets the data of the review be used."""
    appearances: tuple[Url, ...] = ()
    """Where the claim was made, as the review has it."""


class Claim(Record):
    """One claim and its verdict (content/documents/<document>/<claim>.yaml)."""

    claim: Text
    """The assertion that is judged, in our words: one sentence, no verdict in it."""
    short: Annotated[Text, StringConstraints(max_length=SHORT)] | None = None
    """The same in at most 75 characters; needed where `claim` is longer."""
    quote: Text
    """The document's words, verbatim. They must stand in it exactly once."""
    before: Text | None = None
    """The document's words just before the quote, verbatim, where they are needed."""
    after: Text | None = None
    """The document's words just after the quote, verbatim, where they are needed."""
    speaker: Id | None = None
    """Who asserts it; left out where that is the document's author."""
    quoted: Id | None = None
    """For a quotation: whose words they are said to be."""
    said: Period | None = None
    """When it was said: a date, or {from: ..., to: ...}; the document's date where left out."""
    kind: Literal["statement", "quotation", "prediction", "opinion"]
    """statement, quotation (that somebody said these words), prediction or opinion (not rated)."""
    uncheckable: Text | None = None
    """For an opinion: why nothing could settle it."""
    reporting: Reporting | None = None
    """For a claim that the document relays: was it said so?"""
    verdict: Id | None = None
    """The verdict, an id from verdicts.yaml. An opinion has none."""
    checked: PartialDate
    """The day up to which evidence was weighed."""
    by: Text
    """Who checked it: a person or the desk."""
    reviewed_by: Text | None = None
    """Who read it a second time; not the one who checked it."""
    review_by: PartialDate | None = None
    """When it must be looked at again, where it must."""
    summary: Annotated[Text, StringConstraints(max_length=320)]
    """In short: two or three plain sentences that stand alone, the true statement first."""
    reason: Annotated[Text, StringConstraints(max_length=100)]
    """One line for lists and margins, at most 100 characters."""
    correct: Text | None = None
    """What would have been right; needed where the verdict says that the claim did not hold."""
    then: Then | None = None
    """What could be known when it was said."""
    since: tuple[Fact, ...] = ()
    """What happened afterwards: dated facts, each citing sources."""
    settled_by: Id | None = None
    """The timeline event that settles it. An open verdict has none."""
    overtaken: PartialDate | None = None
    """The day from which it is no longer so, though it was true when said."""
    reasoning: Text | None = None
    """Why this verdict and not its neighbour; Markdown, sources cited as [^key]."""
    would_change: Text | None = None
    """What evidence would change the verdict; every rated card says so."""
    prediction: Prediction | None = None
    sources: tuple[Source, ...] = ()
    """The evidence, in the order of its numbers: at least two, from two origins."""
    topics: tuple[Id, ...] = ()
    """Topic ids."""
    related: tuple[Relation, ...] = ()
    """Claims that bear on this one. The way back is made by the build."""
    corrections: tuple[Correction, ...] = ()
    """What was changed after publication, oldest first."""
    published: PartialDate | None = None
    """The day on which it was first published."""
    status: Literal["draft", "published"] = "published"
    """A draft is shown in the preview only."""
    formerly: tuple[ClaimId, ...] = ()
    """Addresses that it had, the latest first; a page at each leads here."""
    withdrawn: Withdrawal | None = None
    imported: Imported | None = None
