"""ClaimReview, the form in which search engines and other fact-checkers read a verdict.

schema.org's ClaimReview with the rules of Google's "Fact Check (ClaimReview) structured data".
Only verdicts on statements carry numbers: a number has one label on the whole site, and the
labels of predictions are others.
"""

from typing import Any

from . import addresses
from .catalogue import Catalogue
from .claim import Source
from .content import Site
from .shown import Shown

_RETRACTIONS = ("correction", "clarification", "update", "retraction")


def absolute(site: Site, address: str) -> str:
    """Return the full address of a page."""
    return site.address.rstrip("/") + "/" + address


def claim_review(catalogue: Catalogue, claim: Shown) -> dict[str, Any] | None:
    """Return the ClaimReview of a claim; None where it is an opinion, withdrawn or a draft."""
    if not claim.rated or not claim.card.published:
        return None
    site, card = catalogue.library.site, claim.card
    url = absolute(site, claim.address)
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{url}#review",
        "url": url,
        "claimReviewed": claim.title,
        "datePublished": str(card.published),
        "dateModified": str(claim.changed) if claim.changed != card.published else None,
        "inLanguage": site.language,
        "expires": str(card.review_by) if card.review_by else None,
        "author": _author(site),
        "itemReviewed": _claim(claim, url),
        "reviewRating": _rating(claim),
        "citation": [_citation(source) for source in card.sources],
        "correction": [
            {"@type": "CorrectionComment", "text": c.note, "datePublished": str(c.date)}
            for c in card.corrections
            if c.class_ in _RETRACTIONS
        ],
        "sdLicense": site.licence.url,
        "isAccessibleForFree": True,
    }
    return _filled(review)


def in_page(review: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a ClaimReview for the page itself, which must stay light: it names each source's rest."""
    if review is None:
        return None
    brief = {name: value for name, value in review.items() if name != "isAccessibleForFree"}
    kept = ("@type", "name", "url", "archivedAt")
    cited = [{name: source[name] for name in kept if name in source} for source in review["citation"]]
    return brief | {"citation": cited}


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in value.items() if part not in (None, [], "")}


def _author(site: Site) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "@id": absolute(site, "#org"),
        "name": site.publisher.name,
        "url": site.publisher.url or absolute(site, ""),
        "publishingPrinciples": absolute(site, addresses.article("method")),
        "correctionsPolicy": absolute(site, addresses.article("corrections-policy")),
    }


def _claim(claim: Shown, url: str) -> dict[str, Any]:
    speaker, document = claim.speaker.card, claim.document.card
    person = speaker.kind == "person"
    where = {
        "@type": "CreativeWork",
        "url": document.url,
        "headline": document.title,
        "datePublished": str(document.date.first),
        "archivedAt": document.archived,
    }
    return _filled({
        "@type": "Claim",
        "@id": f"{url}#claim",
        "text": claim.card.claim,
        "author": _filled({
            "@type": "Person" if person else "Organization",
            "name": speaker.name,
            "jobTitle": speaker.role if person else None,
            "sameAs": speaker.same_as,
        }),
        "datePublished": str(claim.said.first),
        "appearance": [_filled(where)] if document.url else None,
    })  # fmt: skip


def _rating(claim: Shown) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": claim.verdict.label}
    if claim.verdict.value is not None and not claim.predicts:
        rating |= {"ratingValue": claim.verdict.value, "bestRating": 5, "worstRating": 1}
    return rating | {"ratingExplanation": claim.card.reason}


def _citation(source: Source) -> dict[str, Any]:
    return _filled({
        "@type": "CreativeWork",
        "name": source.title,
        "url": source.url,
        "archivedAt": source.archived,
        "datePublished": str(source.date) if source.date else None,
        "publisher": {"@type": "Organization", "name": source.publisher},
    })  # fmt: skip
