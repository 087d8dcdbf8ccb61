"""The exchange: the verdicts in the shapes that other fact-checkers and their tools take.

schema.org's DataFeed as Data Commons publishes ClaimReview, the same one per line, and for Google's
Fact Check Tools API v1alpha1 the answer of claims:search and the bodies of pages.create. Each holds
the ClaimReview of the claim's page, whole or in parts. A dump of all claims has one claim per line.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from . import addresses
from .catalogue import Catalogue
from .claimreview import absolute, claim_review
from .dump import as_json, lines, listing
from .feeds import moment
from .page import Page, json_file, text_file
from .shown import Shown

Review = dict[str, Any]


def exchange(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The dumps of all verdicts."""
    yield text_file(addresses.FEED, _feed, catalogue)
    yield text_file(addresses.REVIEWS, _lines, catalogue)
    yield text_file(addresses.SEARCH, _search, catalogue)


def announcements(catalogue: Catalogue, claims: Iterable[Shown]) -> Iterator[Page]:
    """Yield for each rated one of some claims what announces it to Google."""
    for claim in claims:
        if claim.rated and claim.card.published:
            yield json_file(addresses.announcement(claim.id), _announcement, catalogue, claim)


def reviews(catalogue: Catalogue) -> Iterator[bytes]:
    """Yield the ClaimReview of every claim that has one, as JSON."""
    return (told[0] for told in _each(catalogue) if told[0])


def _each(catalogue: Catalogue) -> Iterator[list[bytes]]:
    """Yield what the dumps say of each claim, as `_told` gives it."""
    return (told.split(b"\n") for told in catalogue.each(_told))


def _told(catalogue: Catalogue, claim: Shown) -> str:
    """Return what the dumps say of a claim as JSON, a line each, empty where they say nothing.

    Its ClaimReview; its item of the feed, without that; the answer of claims:search.
    """
    review, element = claim_review(catalogue, claim), _element(catalogue, claim)
    return "\n".join(as_json(part) if part else "" for part in (review, element, review and answer(review)))


def _lines(catalogue: Catalogue) -> bytes:
    return lines(reviews(catalogue))


# ---------- DataFeed ----------


def _feed(catalogue: Catalogue) -> bytes:
    """Return the feed as schema.org's DataFeed; what was withdrawn has the day and no review."""
    site = catalogue.library.site
    told = [claim for claim in catalogue.claims if _is_told(claim)]
    head = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "@id": absolute(site, addresses.FEED),
        "name": site.title,
        "url": absolute(site, addresses.HOME),
        "license": site.licence.url,
        "dateModified": moment(max((claim.changed for claim in told), default=site.started)),
    }
    return listing(head, "dataFeedElement", _elements(catalogue))


def _elements(catalogue: Catalogue) -> Iterator[bytes]:
    for review, element, _ in _each(catalogue):
        if element:
            yield b'%b,"item":[%b]}' % (element[:-1], review) if review else element


def _is_told(claim: Shown) -> bool:
    return claim.card.published is not None and claim.card.kind != "opinion"


def _element(catalogue: Catalogue, claim: Shown) -> dict[str, str] | None:
    """Return an item of the feed without its ClaimReview; None where the claim is not told of."""
    if not _is_told(claim):
        return None
    card = claim.card
    element = {
        "@type": "DataFeedItem",
        "url": absolute(catalogue.library.site, claim.address),
        "dateCreated": moment(card.published or claim.changed),
        "dateModified": moment(claim.changed),
    }
    return element | ({"dateDeleted": moment(card.withdrawn.date)} if card.withdrawn else {})


# ---------- Google's Fact Check Tools API ----------


def _search(catalogue: Catalogue) -> bytes:
    return listing({}, "claims", (told[2] for told in _each(catalogue) if told[2]))


def answer(review: Review) -> dict[str, Any]:
    """Return a ClaimReview as claims:search gives it."""
    claim = review["itemReviewed"]
    said = claim.get("datePublished")
    return {
        "text": review["claimReviewed"],
        "claimant": claim["author"]["name"],
        **({"claimDate": f"{said}T00:00:00Z"} if said else {}),
        "claimReview": [{
            "publisher": {
                "name": review["author"]["name"],
                "site": (urlsplit(review["url"]).hostname or "").removeprefix("www."),
            },
            "url": review["url"],
            "title": review["name"],
            "reviewDate": f"{review['datePublished']}T00:00:00Z",
            "textualRating": review["reviewRating"]["alternateName"],
            "languageCode": review["inLanguage"],
        }],
    }  # fmt: skip


def _announcement(catalogue: Catalogue, claim: Shown) -> dict[str, Any] | None:
    review = claim_review(catalogue, claim)
    return announcement(review) if review else None


def announcement(review: Review) -> dict[str, Any]:
    """Return a ClaimReview as pages.create takes it: a page with one markup."""
    claim, rating = review["itemReviewed"], review["reviewRating"]
    first, others = claim.get("firstAppearance"), claim.get("appearance", [])
    names = ("ratingValue", "bestRating", "worstRating", "ratingExplanation")
    markup = {
        "url": review["url"],
        "claimReviewed": review["claimReviewed"],
        "claimDate": claim.get("datePublished"),
        "claimFirstAppearance": first["url"] if first else None,
        "claimAppearances": [work["url"] for work in others],
        "claimAuthor": _parts(claim["author"], ("name", "jobTitle", "sameAs")),
        "rating": {"textualRating": rating["alternateName"]} | _parts(rating, names),
    }
    return {
        "pageUrl": review["url"],
        "publishDate": review["datePublished"],
        "claimReviewAuthor": {"name": review["author"]["name"]},
        "claimReviewMarkups": [{name: part for name, part in markup.items() if part}],
    }


def _parts(whole: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: whole[name] for name in names if name in whole}
