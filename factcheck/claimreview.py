"""ClaimReview, the form in which search engines and other fact-checkers read a verdict.

schema.org's ClaimReview with the rules of Google's "Fact Check (ClaimReview) structured data".
Only verdicts on statements carry numbers: a number has one label on the whole site, and the
labels of predictions are others. A date that names no day is left out, as its readers want days.
"""

from typing import Any

from . import addresses, markup
from .catalogue import Catalogue
from .claim import Correction, Source
from .content import Document, Site
from .dates import PartialDate
from .library import Library
from .shown import Shown

_TOLD = ("correction", "clarification", "update", "retraction")


def absolute(site: Site, address: str) -> str:
    """Return the full address of a page."""
    return site.address.rstrip("/") + "/" + address


def claim_review(catalogue: Catalogue, claim: Shown) -> dict[str, Any] | None:
    """Return the ClaimReview of a claim; None where it is an opinion, withdrawn or a draft."""
    library, card = catalogue.library, claim.card
    if not claim.rated or not card.published:
        return None
    site = library.site
    url = absolute(site, claim.address)
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{url}#review",
        "url": url,
        "claimReviewed": claim.title,
        "datePublished": str(card.published.first),
        "dateModified": str(claim.changed.first),
        "inLanguage": site.language,
        "expires": str(card.review_by.last) if card.review_by else None,
        "version": str(1 + len(card.corrections)),
        "name": claim.headline,
        "author": _author(library),
        "itemReviewed": _claim(claim, site, url),
        "reviewRating": _rating(claim),
        "citation": [_citation(source) for source in card.sources],
        "correction": [_correction(entry) for entry in card.corrections if entry.class_ in _TOLD],
        "sdLicense": site.licence.url,
        "isAccessibleForFree": True,
    }
    return _filled(review)


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in value.items() if part}


def _day(date: PartialDate | None) -> str | None:
    """Return a date that names a day."""
    return str(date) if date and len(date) == 10 else None


def _desk(site: Site) -> str:
    return absolute(site, "#org")


def _author(library: Library) -> dict[str, Any]:
    site, articles = library.site, library.articles
    pages = {"publishingPrinciples": "method", "correctionsPolicy": "corrections-policy"}
    return {
        "@type": "Organization",
        "@id": _desk(site),
        "name": site.publisher.name,
        "url": site.publisher.url or absolute(site, ""),
        **{name: absolute(site, addresses.article(page)) for name, page in pages.items() if page in articles},
    }


def _claim(claim: Shown, site: Site, url: str) -> dict[str, Any]:
    speaker = claim.speaker.card
    person = speaker.kind == "person"
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
        "datePublished": _day(claim.said.first),
        **_appearances(claim, f"{url}#claim"),
        "claimInterpreter": {"@id": _desk(site)},
    })  # fmt: skip


def _appearances(claim: Shown, name: str) -> dict[str, Any]:
    """Return where the claim stands: what a document says in its own voice appeared there first."""
    document = claim.document.card
    works = [_original(document)] if document.translation_of and document.translation_of.url else []
    works += [_judged(claim, document, name)] if document.url else []
    if works and claim.speaker.id == document.author:
        return {"firstAppearance": works[0], "appearance": works[1:]}
    return {"appearance": works}


def _judged(claim: Shown, document: Document, name: str) -> dict[str, Any]:
    """Return the document as a work, with its words where the claim is told in ours."""
    told = claim.card.claim.rstrip(".").casefold() != claim.card.quote.rstrip(".").casefold()
    words = {"@type": "Quotation", "text": claim.card.quote, "interpretedAsClaim": {"@id": name}}
    return _filled({
        "@type": "CreativeWork",
        "url": document.url,
        "headline": document.title,
        "datePublished": _day(document.date.first),
        "archivedAt": document.archived,
        "hasPart": words if told else None,
    })  # fmt: skip


def _original(document: Document) -> dict[str, Any]:
    original = document.translation_of
    assert original
    return {
        "@type": "CreativeWork",
        "url": original.url,
        "headline": original.title,
        "inLanguage": original.language,
    }


def _rating(claim: Shown) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": claim.verdict.label}
    if claim.verdict.value is not None and not claim.predicts:
        rating |= {"ratingValue": claim.verdict.value, "bestRating": 5, "worstRating": 1}
    return rating | {"ratingExplanation": claim.card.reason}


def _citation(source: Source) -> dict[str, Any]:
    return _filled({
        "@type": "CreativeWork",
        "url": source.url,
        "name": source.title,
        "archivedAt": source.archived,
        "datePublished": _day(source.date),
    })  # fmt: skip


def _correction(entry: Correction) -> dict[str, Any]:
    return {
        "@type": "CorrectionComment",
        "text": markup.plain(entry.note),
        "datePublished": str(entry.date.first),
    }
