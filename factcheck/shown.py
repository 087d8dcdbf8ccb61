"""A claim as pages show it: every name on its card resolved, every word set."""

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass

from . import addresses
from .claim import Claim
from .content import Document, Event, Speaker, Verdict
from .dates import PartialDate, Period
from .library import Entry, Library
from .proof import place_of
from .words import N_, Words

_KINDS = {
    "statement": N_("Statement of fact"),
    "quotation": N_("Quotation"),
    "prediction": N_("Prediction"),
    "opinion": N_("Opinion"),
}


@dataclass(frozen=True, eq=False, slots=True)
class Shown:
    """One published claim with all that its card names; it is equal to itself alone.

    `tongue` holds the words of the interface; `language` is that of its translation, where it is one.
    """

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
    place: tuple[int, int] | None
    event: Event | None
    tongue: Words
    language: str = ""

    @property
    def address(self) -> str:
        """Where it is published."""
        return self._at(self.id)

    @property
    def former(self) -> list[str]:
        """Where it was published before, in the same language."""
        return [self._at(name) for name in self.card.formerly]

    def _at(self, name: str) -> str:
        return addresses.translation(name, self.language) if self.language else addresses.claim(name)

    @property
    def home(self) -> str:
        """Where it is published in the language of the site."""
        return addresses.claim(self.id)

    @property
    def origin(self) -> str:
        """Where it was first published: its name for good, wherever it moves."""
        return addresses.claim(self.card.formerly[-1]) if self.card.formerly else self.home

    @property
    def anchor(self) -> str:
        """Its name within a page: the last part of its id."""
        return self.id.split("/")[1]

    @property
    def kind(self) -> str:
        """What sort of claim it is, in words."""
        return self.tongue.gettext(_KINDS[self.card.kind])

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
        """The quote as it is set: between quotation marks, those inside it turned into inner ones."""
        return self.tongue.quoted(self.card.quote)

    @property
    def cut(self) -> tuple[bool, bool]:
        """Whether the quote begins in the midst of a sentence, and whether it breaks off in one.

        Only what the card shows is told: a small letter at the beginning, words that go on after
        the end. That a full stop is not quoted does not mean that words follow.
        """
        quote = self.card.quote
        begun = quote[0] if quote[0].isalnum() else next(filter(str.isalnum, quote), "")
        ended = quote[-1]
        following = (self.card.after or "").lstrip(",;:–— ")[:1]
        goes_on = ended not in ".!?…" and (ended in ",;:–—" or following.islower())
        return begun.islower(), goes_on

    @property
    def title(self) -> str:
        """The claim in at most 75 characters."""
        return self.card.short or self.card.claim

    @property
    def headline(self) -> str:
        """The verdict and the quote, as its page is called elsewhere."""
        return self.judged(self.verdict.label, self.words)

    def judged(self, verdict: str, claim: str) -> str:
        """Return a verdict in words before the claim in words: "Mixed: ..."."""
        return self.tongue.gettext("%(verdict)s: %(claim)s", verdict=verdict, claim=claim)

    @property
    def description(self) -> str:
        """The verdict and the finding in short, as search engines and other sites show them."""
        return f"{self.verdict.label}. {self.card.summary}"

    @property
    def changed(self) -> PartialDate:
        """The day of the last change that readers are told of."""
        card = self.card
        dates = [card.published or card.checked, *(entry.date for entry in card.corrections)]
        return max([*dates, card.withdrawn.date] if card.withdrawn else dates)

    @property
    def when(self) -> str:
        """When it was said, as in tables, saying so where the date is inferred."""
        date = self.tongue.short(self.said)
        return self.tongue.gettext("%(date)s, inferred", date=date) if self.inferred else date

    @property
    def voice(self) -> str:
        """Who speaks in which document, as rows say it."""
        document, speaker = self.document.card, self.speaker
        if speaker.id == document.author:
            return document.short
        names = {"speaker": speaker.card.name, "document": document.short}
        return self.tongue.gettext("%(speaker)s in the %(document)s", **names)


def show(
    library: Library, entry: Entry[Claim], events: Mapping[str, Event], number: int, words: Words
) -> Shown:
    """Return a claim of a sound library as it is shown; `number` counts within its document."""
    card = entry.card
    document = library.documents[entry.id.split("/")[0]]
    place = _place(library, entry)
    return Shown(
        id=entry.id,
        file=entry.file,
        card=card,
        document=document,
        speaker=library.speakers[card.speaker or document.card.author],
        quoted=library.speakers[card.quoted] if card.quoted else None,
        verdict=_verdict(library, card, words),
        said=card.said or document.card.date,
        inferred=card.said is None and document.card.date_note is not None,
        number=number,
        paragraph=place and bisect(library.proofs[document.id].card.paragraphs, place[0]),
        place=place,
        event=events.get(card.settled_by or ""),
        tongue=words,
        language=words.language if f"{words.language}/{entry.id}" in library.translations else "",
    )


def _verdict(library: Library, card: Claim, words: Words) -> Verdict:
    if card.withdrawn:
        return _withdrawn(words)
    if card.kind == "opinion":
        return next(verdict for verdict in library.verdicts.values() if verdict.of == "opinion")
    return library.verdicts.get(card.verdict or "") or _under_review(words)


def _withdrawn(words: Words) -> Verdict:
    """Return what stands in place of the verdict of a claim that was withdrawn."""
    label = words.gettext("Withdrawn")
    return Verdict(
        id="withdrawn", of="opinion", label=label, short=label, glyph="o", says="neither",
        meaning=words.gettext("We no longer stand by a verdict on it; the page says why."),
    )  # fmt: skip


def _under_review(words: Words) -> Verdict:
    """Return what a preview shows of a draft that has no verdict yet."""
    label = words.gettext("Under review")
    return Verdict(
        id="under-review", of="statement", label=label, short=label, glyph="f0", says="neither",
        meaning=words.gettext("This claim is logged, and sources are being gathered."),
    )  # fmt: skip


def _place(library: Library, entry: Entry[Claim]) -> tuple[int, int] | None:
    """Return where the quote begins and ends in its document, as far as that is proven."""
    proof = library.proofs.get(entry.id.split("/")[0])
    place = place_of(entry.id, entry.card, proof.card) if proof else None
    return place.at[1:3] if place else None
