"""Annotations: where in a document each claim stands, as the W3C Web Annotation Data Model says it.

Offsets count code points of the document's normalised text, which is named by its digest.
"""

from typing import Any

from . import addresses
from .catalogue import Catalogue
from .claimreview import absolute
from .content import Document, Proof, Proven
from .library import Entry
from .proof import place_of
from .shown import Shown


def annotations(catalogue: Catalogue, document: Entry[Document]) -> dict[str, Any] | None:
    """Return the annotation page of a document; None where none of its quotes is proven."""
    site, proof = catalogue.library.site, catalogue.library.proofs.get(document.id)
    if proof is None:
        return None
    here = absolute(site, addresses.annotations(document.id))
    claims = catalogue.by_document[document.id]
    found = [(claim, place_of(claim.id, claim.card, proof.card)) for claim in claims]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": here,
        "type": "AnnotationPage",
        "items": [
            {
                "id": f"{here}#{claim.anchor}",
                "type": "Annotation",
                "motivation": "assessing",
                "body": absolute(site, claim.address),
                "target": _target(claim, document, proof.card, place),
            }
            for claim, place in found
            if place
        ],
    }


def _target(claim: Shown, document: Entry[Document], proof: Proof, place: Proven) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": claim.card.quote}
    if claim.card.before:
        quote["prefix"] = claim.card.before
    if claim.card.after:
        quote["suffix"] = claim.card.after
    position = {"type": "TextPositionSelector", "start": place.at[1], "end": place.at[2]}
    return {
        "source": document.card.url or f"urn:sha256:{proof.sha256}",
        "selector": [quote, position],
        "digest": f"sha256:{proof.sha256}",
    }
