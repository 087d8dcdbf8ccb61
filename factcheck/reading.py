"""The reading view of a document: its claims where they stand, the rest left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .content import Proof
from .proof import place_of
from .quotes import Passage, Place, Quoted, passages
from .shown import Shown

# A space alone between two passages is no gap; at the end of a paragraph a full stop is none.
SILENT, CLOSING = 1, 4


@dataclass(frozen=True)
class Piece:
    """Some of the document's words; `claim` covers them, `ends` name those that end here."""

    text: str
    claim: Shown | None
    ends: tuple[Shown, ...]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its number, its share of the text, its passages and the claims in it.

    `gap` tells before each passage, and after the last, whether words are left out.
    """

    first: int
    last: int
    length: int
    claims: tuple[Shown, ...]
    passages: tuple[tuple[bool, tuple[Piece, ...]], ...]
    open_end: bool


def paragraphs(claims: Sequence[Shown], proof: Proof | None) -> list[Paragraph]:
    """Return the paragraphs of the document that has these claims, in its order.

    There is one for each claim where nothing is proven.
    """
    if proof is None:
        return [_alone(claim) for claim in claims]
    quoted: dict[str, Quoted] = {}
    for claim in claims:
        if found := place_of(claim.id, claim.card, proof):
            card = claim.card
            quoted[claim.id] = (Place(*found.at), card.before or "", card.quote, card.after or "")
    starts = proof.paragraphs
    found_passages = passages(quoted, starts)
    ends = (*starts[1:], proof.length)
    by_id = {claim.id: claim for claim in claims}
    rows = [
        _paragraph(by_id, number, bounds, found_passages)
        for number, bounds in enumerate(zip(starts, ends, strict=True), 1)
    ]
    unproven = [_alone(claim) for claim in claims if claim.id not in quoted]
    return rows + unproven


def merged(rows: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with each run of claimless ones joined into one."""
    result: list[Paragraph] = []
    for row in rows:
        last = result[-1] if result else None
        if last and not row.claims and not last.claims:
            length = last.length + row.length
            result[-1] = Paragraph(last.first, row.last, length, (), (), False)
        else:
            result.append(row)
    return result


def _alone(claim: Shown) -> Paragraph:
    card = claim.card
    pieces = [Piece(f"{card.before} ", None, ())] if card.before else []
    pieces.append(Piece(card.quote, claim, (claim,)))
    pieces += [Piece(f" {card.after}", None, ())] if card.after else []
    return Paragraph(0, 0, len(card.quote), (claim,), ((True, tuple(pieces)),), True)


def _paragraph(
    claims: Mapping[str, Shown],
    number: int,
    bounds: tuple[int, int],
    found: Sequence[Passage],
) -> Paragraph:
    start, end = bounds
    mine = [passage for passage in found if start <= passage.start < end]
    edges = [start, *(passage.end for passage in mine)]
    shown = tuple(
        (passage.start - edge > SILENT, _pieces(claims, passage))
        for edge, passage in zip(edges, mine, strict=False)
    )
    here = tuple(claim for claim in claims.values() if claim.paragraph == number)
    return Paragraph(number, number, end - start, here, shown, end - edges[-1] > CLOSING)


def _pieces(known: Mapping[str, Shown], passage: Passage) -> tuple[Piece, ...]:
    pieces = []
    for (text, names), (_, following) in pairwise([*passage.pieces, ("", ())]):
        claims = [known[name] for name in names]
        ends = tuple(claim for claim in claims if claim.id not in following)
        pieces.append(Piece(text, claims[0] if claims else None, ends))
    return tuple(pieces)
