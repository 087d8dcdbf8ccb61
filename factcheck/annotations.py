"""Annotations: where in a document each claim stands, as the W3C Web Annotation Data Model says it.

Offsets count code points of the document's normalised text, which is named by its digest
(schema.org's sha256; the context of annotations has the prefix).
"""

import re
from typing import Any

from . import addresses
from .catalogue import Catalogue
from .claimreview import absolute
from .content import Document, Proof, Proven
from .library import Entry
from .proof import place_of
from .quotes import unify
from .shown import Shown

_SNAPSHOT = re.compile(r"/(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[a-z]{2}_)?/https?:")


def annotations(catalogue: Catalogue, document: Entry[Document]) -> dict[str, Any] | None:
    """Return the annotation page of a document; None where none of its quotes is proven."""
    site, proof = catalogue.library.site, catalogue.library.proofs.get(document.id)
    if proof is None:
        return None
    here = absolute(site, addresses.annotations(document.id))
    claims = catalogue.by_document[document.id]
    found = [(claim, place_of(claim.id, claim.card, proof.card)) for claim in claims]
    items = [
        {
            "id": f"{here}#{claim.anchor}",
            "type": "Annotation",
            "motivation": "assessing",
            **_moments(claim),
            "body": absolute(site, claim.address),
            "target": _target(claim, document.card, proof.card, place),
        }
        for claim, place in found
        if place
    ]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": here,
        "type": "AnnotationPage",
        "partOf": {
            "id": f"{here}#_all",
            "type": "AnnotationCollection",
            "label": document.card.title,
            "total": len(items),
            "first": here,
        },
        "startIndex": 0,
        "items": items,
    }


def _moments(claim: Shown) -> dict[str, str]:
    if not claim.card.published:
        return {}
    dates = {"created": claim.card.published, "modified": claim.changed}
    return {name: f"{date.first}T00:00:00Z" for name, date in dates.items()}


def _target(claim: Shown, document: Document, proof: Proof, place: Proven) -> dict[str, Any]:
    opens, start, end, closes = place.at
    quote = {"type": "TextQuoteSelector", "exact": unify(claim.card.quote)}
    if claim.card.before:
        quote["prefix"] = unify(claim.card.before).ljust(start - opens)
    if claim.card.after:
        quote["suffix"] = unify(claim.card.after).rjust(closes - end)
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {
        "type": "SpecificResource",
        "source": document.url or f"urn:sha256:{proof.sha256}",
        "selector": [quote, position],
        "state": _state(document),
        "schema:sha256": proof.sha256,
    }


def _state(document: Document) -> dict[str, Any]:
    """Return which state of the source is meant: the snapshot where there is one, else as published."""
    state: dict[str, Any] = {"type": "TimeState"}
    if taken := _SNAPSHOT.search(document.archived or ""):
        year, month, day, hour, minute, second = taken.groups()
        state["sourceDate"] = f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"
    else:
        state["sourceDateStart"] = f"{document.date.first.first}T00:00:00Z"
        state["sourceDateEnd"] = f"{document.date.last.last}T23:59:59Z"
    return state | ({"cached": document.archived} if document.archived else {})
