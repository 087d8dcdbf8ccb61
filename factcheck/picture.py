"""The picture of the front page: the site's claims as the loom is given them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from . import addresses
from .catalogue import Catalogue
from .content import Document
from .dates import Period
from .library import Entry
from .loom import Drawing, Mark, Sheaf, Strand, Turn, horizontal, vertical
from .shown import Shown
from .threads import CROWD

SHEAVES = 3  # in the loom of a crowd of claims; more documents than that are gathered by their dates


@dataclass(frozen=True)
class Loom:
    """The two drawings of the loom, for wide windows and for phones.

    In a crowd a thread stands for all claims of a rating in a document, or in several.
    """

    lying: Drawing
    upright: Drawing
    crowd: bool


def loom(catalogue: Catalogue) -> Loom | None:
    """Return the loom of a site; None where it has no claims or no turning point."""
    turning = catalogue.library.site.turning_point
    if not catalogue.claims or turning is None:
        return None
    words = catalogue.words
    crowd = len(catalogue.claims) > CROWD
    documents = [entry for entry in catalogue.documents if catalogue.by_document[entry.id]]
    size = -(-len(documents) // SHEAVES) if crowd else 1
    sheaves = [_sheaf(catalogue, documents[start : start + size]) for start in range(0, len(documents), size)]
    turn = Turn(turning.date.first, turning.label[:1].upper() + turning.label[1:])
    marks = _marks(catalogue, turn.day)
    return Loom(horizontal(sheaves, marks, turn, words), vertical(sheaves, marks, turn, words), crowd)


def _sheaf(catalogue: Catalogue, documents: Sequence[Entry[Document]]) -> Sheaf:
    """Return the claims of documents that follow each other in time."""
    first, last = documents[0], documents[-1]
    strands = tuple(_strand(claim) for entry in documents for claim in catalogue.by_document[entry.id])
    said = catalogue.words.short(Period(first.card.date.first, last.card.date.last))
    if first is last:
        return Sheaf(first.card.short, said, strands, addresses.document(first.id))
    title = catalogue.words.ngettext("%(num)s text", "%(num)s texts", len(documents))
    return Sheaf(title, said, strands, "documents/")


def _strand(claim: Shown) -> Strand:
    return Strand(
        href=claim.address,
        glyph=claim.verdict.glyph,
        tone="" if claim.card.kind == "opinion" else claim.tone,
        rank=claim.verdict.value or 0,
        settled=claim.event.date.first if claim.event else None,
        threaded=claim.rated and (claim.event is not None or claim.verdict.value is None),
    )


def _marks(catalogue: Catalogue, turn: dt.date) -> list[Mark]:
    """Return the events that have a label, the weightier the more claims they settled."""
    return [
        Mark(event.date.first, event.label, len(catalogue.by_event.get(event.id, ())))
        for timeline in catalogue.library.timelines.values()
        for event in timeline.card.events
        if event.label and event.date.first != turn
    ]
