"""A claim as pages show it: every name on its card resolved, every word set."""

from collections.abc import Mapping
from dataclasses import dataclass

from . import addresses
from .claim import Claim
from .content import Document, Event, Speaker, Verdict
from .dates import PartialDate, Period
from .library import Entry, Library
from .proof import place_of

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


@dataclass(frozen=True, eq=False)
class Shown:
    """One published claim with all that its card names; it is equal to itself alone."""

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


def show(library: Library, entry: Entry[Claim], events: Mapping[str, Event], number: int) -> Shown:
    """Return a claim of a sound library as it is shown; `number` counts within its document."""
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
        place=_place(library, entry),
        event=events.get(card.settled_by or ""),
    )


def _verdict(library: Library, card: Claim) -> Verdict:
    if card.withdrawn:
        return _WITHDRAWN
    if card.kind == "opinion":
        return next(verdict for verdict in library.verdicts.values() if verdict.of == "opinion")
    return library.verdicts.get(card.verdict or "", _UNDER_REVIEW)


def _place(library: Library, entry: Entry[Claim]) -> tuple[int, int] | None:
    """Return where the quote begins and ends in its document, as far as that is proven."""
    proof = library.proofs.get(entry.id.split("/")[0])
    place = place_of(entry.id, entry.card, proof.card) if proof else None
    return place.at[1:3] if place else None


def _paragraph(library: Library, entry: Entry[Claim]) -> int | None:
    place = _place(library, entry)
    if place is None:
        return None
    starts = library.proofs[entry.id.split("/")[0]].card.paragraphs
    return sum(1 for start in starts if start <= place[0])
