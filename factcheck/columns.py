"""Tables of reviews: which column holds what, and a row as the record that a publisher would give."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from .fields import Record, Text


class Always(Record):
    """What is so of every row, and stands in no column."""

    publisher: Text | None = None
    """Who published the reviews."""
    language: Text | None = None
    """Their language, as BCP 47 writes it: en, nb."""


class Columns(Record):
    """Which column of a table holds what, by its heading (`import --columns FILE`)."""

    claim: Text
    """The claim, as the review words it."""
    url: Text
    """The address of the review."""
    rating: Text | None = None
    """The rating in the publisher's own words."""
    value: Text | None = None
    """The number of the rating."""
    best: Text | None = None
    """The best number that a rating can have."""
    worst: Text | None = None
    """The worst number that a rating can have."""
    explanation: Text | None = None
    """Why it was rated so."""
    publisher: Text | None = None
    """Who published the review."""
    date: Text | None = None
    """When the review was published."""
    language: Text | None = None
    """The language of the review."""
    licence: Text | None = None
    """The terms on which the review's data may be used: their address."""
    speaker: Text | None = None
    """Who made the claim."""
    role: Text | None = None
    """What that person or organisation is."""
    wikidata: Text | None = None
    """Its Wikidata address."""
    said: Text | None = None
    """When the claim was made."""
    appearance: Text | None = None
    """Where the claim was made: one address, or several with spaces between."""
    dates: Literal["day-first", "month-first"] | None = None
    """How 03/04/2021 is meant; without it such dates are left out and told."""
    always: Always | None = None


# The headings that mean this without being told: the paths of ClaimReview, as tables of them have.
_COMMON: Mapping[str, tuple[str, ...]] = {
    "claim": ("claimReviewed", "claim"),
    "url": ("url", "review_url"),
    "rating": ("reviewRating.alternateName", "rating", "textualRating"),
    "value": ("reviewRating.ratingValue",),
    "best": ("reviewRating.bestRating",),
    "worst": ("reviewRating.worstRating",),
    "explanation": ("reviewRating.ratingExplanation",),
    "publisher": ("author.name", "publisher"),
    "date": ("datePublished", "date"),
    "language": ("inLanguage", "language"),
    "licence": ("sdLicense",),
    "speaker": ("itemReviewed.author.name", "speaker", "claimant"),
    "role": ("itemReviewed.author.jobTitle",),
    "wikidata": ("itemReviewed.author.sameAs",),
    "said": ("itemReviewed.datePublished", "said", "claimDate"),
    "appearance": ("itemReviewed.firstAppearance.url", "itemReviewed.appearance.url"),
}
_OWN = ("dates", "always")


def known(headings: Iterable[str]) -> Columns | None:
    """Return what the headings of a table mean by themselves, None where no claim or address is named."""
    there = set(headings)
    found = {field: name for field, names in _COMMON.items() for name in reversed(names) if name in there}
    return Columns.model_validate(found) if {"claim", "url"} <= set(found) else None


def named(columns: Columns) -> dict[str, str]:
    """Return by field the headings that are named."""
    return {name: value for name, value in columns if name not in _OWN and value}


def as_record(row: Mapping[str, str], columns: Columns) -> dict[str, Any]:
    """Return a row as ClaimReview writes it."""
    held = {field: (row.get(heading) or "").strip() for field, heading in named(columns).items()}
    always = columns.always or Always()

    def group(**fields: str) -> dict[str, str]:
        return {name: held[field] for name, field in fields.items() if held.get(field)}

    rating = group(
        alternateName="rating", ratingValue="value", bestRating="best", worstRating="worst",
        ratingExplanation="explanation",
    )  # fmt: skip
    item: dict[str, Any] = group(datePublished="said", appearance="appearance")
    speaker = group(name="speaker", jobTitle="role", sameAs="wikidata")
    made: dict[str, Any] = group(
        claimReviewed="claim", url="url", datePublished="date", inLanguage="language", sdLicense="licence"
    )
    publisher = held.get("publisher") or always.publisher
    if always.language:
        made.setdefault("inLanguage", always.language)
    return {
        "@type": "ClaimReview",
        **made,
        **({"author": {"name": publisher}} if publisher else {}),
        **({"reviewRating": rating} if rating else {}),
        "itemReviewed": {**item, **({"author": speaker} if speaker else {})},
    }
