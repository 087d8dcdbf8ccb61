"""The picture of the front page: the site's claims as the loom is given them."""

import datetime as dt
from dataclasses import dataclass

from .catalogue import Catalogue
from .loom import Drawing, Mark, Sheaf, Strand, Turn, horizontal, vertical
from .shown import Shown


@dataclass(frozen=True)
class Loom:
    """The two drawings of the loom, for wide windows and for phones."""

    lying: Drawing
    upright: Drawing


def loom(catalogue: Catalogue) -> Loom | None:
    """Return the loom of a site; None where it has no claims or no turning point."""
    turning = catalogue.library.site.turning_point
    if not catalogue.claims or turning is None:
        return None
    words = catalogue.words
    sheaves = [
        Sheaf(entry.card.short, words.short(entry.card.date), tuple(map(_strand, claims)))
        for entry in catalogue.documents
        if (claims := catalogue.by_document[entry.id])
    ]
    turn = Turn(turning.date.first, turning.label[:1].upper() + turning.label[1:])
    marks = _marks(catalogue, turn.day)
    return Loom(horizontal(sheaves, marks, turn, words), vertical(sheaves, marks, turn, words))


def _strand(claim: Shown) -> Strand:
    return Strand(
        href=claim.address,
        glyph=claim.verdict.glyph,
        tone="" if claim.card.kind == "opinion" else claim.tone,
        rank=claim.verdict.value or 0,
        settled=claim.event.date.first if claim.event else None,
        threaded=claim.rated,
    )


def _marks(catalogue: Catalogue, turn: dt.date) -> list[Mark]:
    """Return the events that have a label, the weightier the more claims they settled."""
    return [
        Mark(event.date.first, event.label, len(catalogue.by_event.get(event.id, ())))
        for timeline in catalogue.library.timelines.values()
        for event in timeline.card.events
        if event.label and event.date.first != turn
    ]
