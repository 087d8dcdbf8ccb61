"""Contracts: the JSON Schema of each file of data that is no record, by where it lies.

Shapes that others defined are held to as far as this site fills them; the standard has the last word.
"""

import re
from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
URL: Schema = {"type": "string", "pattern": "^https?://"}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
DATE: Schema = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
MOMENT: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T(00:00:00|23:59:59)Z$"}
DIGEST: Schema = {"type": "string", "pattern": "^(sha256:)?[0-9a-f]{64}$"}


def always(value: object) -> Schema:
    """Return what has this one value."""
    return {"const": value}


def many(item: Schema, least: int = 0) -> Schema:
    """Return a list of such items."""
    return {"type": "array", "items": item} | ({"minItems": least} if least else {})


def group(**fields: Schema) -> Schema:
    """Return an object of these fields and no others; those that end in an underscore may be missing.

    `at_type` stands for @type.
    """
    names = {name: name.rstrip("_").replace("at_", "@") for name in fields}
    return {
        "type": "object",
        "properties": {names[name]: field for name, field in fields.items()},
        "required": [names[name] for name in fields if not name.endswith("_")],
        "additionalProperties": False,
    }


_PERSON = group(at_type=TEXT, name=TEXT, jobTitle_=TEXT, sameAs_=URL)
_WORK = group(at_type=TEXT, url=URL, headline_=TEXT, name_=TEXT, datePublished_=DATE, archivedAt_=URL,
              inLanguage_=TEXT, publisher_=group(at_type=TEXT, name=TEXT),
              hasPart_=group(at_type=TEXT, text=TEXT, interpretedAsClaim_=group(at_id=URL),
                             inLanguage_=TEXT))  # fmt: skip
_RATING = group(at_type=always("Rating"), alternateName=TEXT, ratingValue_=COUNT, bestRating_=COUNT,
                worstRating_=COUNT, ratingExplanation=TEXT)  # fmt: skip
_CLAIM = group(at_type=always("Claim"), at_id=URL, text=TEXT, author=_PERSON, datePublished_=DATE,
               firstAppearance_=_WORK, appearance_=many(_WORK),
               claimInterpreter_=group(at_id=URL))  # fmt: skip
_PUBLISHER = group(at_type=always("Organization"), at_id=URL, name=TEXT, url=URL, publishingPrinciples_=URL,
                   correctionsPolicy_=URL)  # fmt: skip
_COMMENT = group(at_type=always("CorrectionComment"), text=TEXT, datePublished=DATE)
REVIEW = group(
    at_context_=always("https://schema.org"), at_type=always("ClaimReview"), at_id=URL, url=URL,
    claimReviewed=TEXT, datePublished=DATE, dateModified_=DATE, expires_=DATE, inLanguage=TEXT, version=TEXT,
    name=TEXT, author=_PUBLISHER, itemReviewed=_CLAIM, reviewRating=_RATING, citation_=many(_WORK),
    correction_=many(_COMMENT), sdLicense=URL, isAccessibleForFree=always(True),
)  # fmt: skip
_ITEM = group(id=URL, url=URL, title=TEXT, content_html=TEXT, date_published=MOMENT, date_modified=MOMENT,
              authors=many(group(name=TEXT)), tags=many(TEXT))  # fmt: skip
_SELECTOR = {"anyOf": [
    group(type=always("TextQuoteSelector"), exact=TEXT, prefix_=TEXT, suffix_=TEXT),
    group(type=always("TextPositionSelector"), start=COUNT, end=COUNT),
]}  # fmt: skip
_STATE = group(type=always("TimeState"), sourceDate_=MOMENT, sourceDateStart_=MOMENT, sourceDateEnd_=MOMENT,
               cached_=URL)  # fmt: skip
_TARGET = group(**{"type_": TEXT, "source": TEXT, "selector": many(_SELECTOR, 1), "state_": _STATE,
                   "schema:sha256": DIGEST})  # fmt: skip
_ANNOTATION = group(id=URL, type=always("Annotation"), motivation=always("assessing"), created_=MOMENT,
                    modified_=MOMENT, body=URL, target=_TARGET)  # fmt: skip
_COLLECTION = group(id=URL, type=TEXT, label=TEXT, total=COUNT, first=URL)
_VERDICT = group(id=TEXT, label=TEXT)
_CHANGE = group(**{
    "date": DATE, "kind": {"enum": ["published", "verdict", "corrected", "withdrawn"]}, "claim": TEXT,
    "url": URL, "title": TEXT, "verdict_": _VERDICT, "from_": _VERDICT, "to_": _VERDICT, "class_": TEXT,
    "note_": TEXT, "was_": TEXT, "dateDeleted_": MOMENT,
})  # fmt: skip
_SLIDE_DATE = group(year=COUNT, month_=COUNT, day_=COUNT)
_SLIDE = group(unique_id=TEXT, start_date=_SLIDE_DATE, end_date_=_SLIDE_DATE, display_date=TEXT,
               text=group(headline=TEXT, text=TEXT), group=TEXT, autolink=always(False))  # fmt: skip
_FOUND = group(publisher=group(name=TEXT, site=TEXT), url=URL, title=TEXT, reviewDate=MOMENT,
               textualRating=TEXT, languageCode=TEXT)  # fmt: skip
_MARKUP = group(
    url=URL, claimReviewed=TEXT, claimDate_=DATE, claimFirstAppearance_=URL, claimAppearances_=many(URL),
    claimAuthor_=group(name=TEXT, jobTitle_=TEXT, sameAs_=URL),
    rating=group(textualRating=TEXT, ratingValue_=COUNT, bestRating_=COUNT, worstRating_=COUNT,
                 ratingExplanation_=TEXT),
)  # fmt: skip
_COLUMN = group(name=TEXT, type={"enum": ["string", "integer", "boolean"]}, description=TEXT)
_KEY = group(fields=TEXT, reference=group(resource=TEXT, fields=TEXT))
_RESOURCE = group(
    profile=TEXT, name=TEXT, title=TEXT, path=TEXT, format=always("csv"), mediatype=always("text/csv"),
    encoding=always("utf-8"), bytes=COUNT, hash=DIGEST,
    schema=group(fields=many(_COLUMN, 1), missingValues=many({"type": "string"}), primaryKey_=TEXT,
                 foreignKeys_=many(_KEY)),
)  # fmt: skip

CONTRACTS: Mapping[str, tuple[str, str, Schema]] = {
    name: (pattern, said, schema)
    for name, pattern, said, schema in (
        ("schema", r"api/schema/.*\.json", "A JSON Schema (2020-12).", {
            "type": "object", "required": ["$schema", "$id", "description"]}),
        ("json-feed", r"(?:.*/)?feed\.json", "JSON Feed 1.1: what is new (jsonfeed.org/version/1.1).", group(
            version=always("https://jsonfeed.org/version/1.1"), title=TEXT, description=TEXT,
            home_page_url=URL, feed_url=URL, language=TEXT, authors=many(group(name=TEXT, url=URL), 1),
            items=many(_ITEM))),
        ("oembed", r".*/oembed\.json", "oEmbed 1.0, a rich response (oembed.com, 2.3.4.4).", group(
            version=always("1.0"), type=always("rich"), title=TEXT, provider_name=TEXT, provider_url=URL,
            html=TEXT, width=COUNT, height=COUNT, thumbnail_url_=URL, thumbnail_width_=COUNT,
            thumbnail_height_=COUNT)),
        ("citation", r".*/cite\.json", "CSL-JSON 1.0.2: how to cite a claim.", many(group(**{
            "id": TEXT, "type": TEXT, "title": TEXT, "author": many(group(literal=TEXT), 1), "genre_": TEXT,
            "container-title_": TEXT, "issued": group(**{"date-parts": many(many(COUNT, 1), 1)}),
            "version_": TEXT, "note": TEXT, "status_": TEXT, "language": TEXT, "URL": URL}), 1)),
        ("annotations", r"documents/[^/]+/annotations\.json",
         "Where each claim stands in the text (W3C Web Annotation Data Model, 2017).", group(**{
            "@context": {"anyOf": [TEXT, many({})]}, "id": URL, "type": always("AnnotationPage"),
            "partOf": _COLLECTION, "startIndex": COUNT, "items": many(_ANNOTATION)})),
        ("changes", r"api/changes\.json", "What changed of all that was published, the newest first.", group(
            title=TEXT, url=URL, license=URL, dateModified=MOMENT, changes=many(_CHANGE))),
        ("datafeed", r"api/claimreview-feed\.json", "Every ClaimReview as a DataFeed (schema.org).", group(
            at_context=always("https://schema.org"), at_type=always("DataFeed"), at_id=URL, name=TEXT,
            url=URL, license=URL, dateModified=MOMENT, dataFeedElement=many(group(
                at_type=always("DataFeedItem"), url=URL, dateCreated=MOMENT, dateModified=MOMENT,
                dateDeleted_=MOMENT, item_=many(REVIEW, 1))))),
        ("search-answer", r"api/claims-search\.json", "An answer of claims:search (Google, v1alpha1).", group(
            claims=many(group(text=TEXT, claimant=TEXT, claimDate_=MOMENT, claimReview=many(_FOUND, 1))))),
        ("announcement", r"api/factchecktools/pages/.*\.json", "A body of pages.create (Google, v1alpha1).",
         group(pageUrl=URL, publishDate=DATE, claimReviewAuthor=group(name=TEXT),
               claimReviewMarkups=many(_MARKUP, 1))),
        ("slides", r"api/timelines/.*\.timelinejs\.json", "A timeline for TimelineJS.", group(
            title=group(unique_id=TEXT, text=group(headline=TEXT, text=TEXT), autolink=always(False)),
            events=many(_SLIDE), scale=always("human"))),
        ("package", r"api/datapackage\.json", "The tables as a Frictionless data package, version 1.", group(
            profile=TEXT, name=TEXT, title=TEXT, description=TEXT, homepage=URL, version=DATE,
            licenses=many(group(name=TEXT, path=URL, title=TEXT), 1),
            contributors=many(group(title=TEXT, role=TEXT), 1), resources=many(_RESOURCE, 1))),
        ("files", r"api/index\.json", "All files of data, with their digests.", group(
            version=TEXT, title=TEXT, url=URL, licence=URL, changed=DATE, files=many(group(
                url=URL, type=TEXT, schema_=URL, bytes=COUNT, sha256=DIGEST, licence=URL)))),
        ("manifest", r"manifest\.json", "Every file of the site, and what it takes to make it again.", group(
            version=TEXT, today=DAY, address=URL, repository={"type": "string"}, files=many(group(
                path=TEXT, bytes=COUNT, sha256=DIGEST)))),
        ("search", r"search/index\.json", "The directory of the search index; its shape may change.", group(
            entries=COUNT, together=COUNT, claims=many(TEXT), terms=many(many(TEXT)), facets=TEXT,
            marks={"type": "string"}, letters={"type": "object"}, unspaced={"type": "string"})),
        ("search-part", r"search/[a-z]+/.*\.json", "A part of the search index; its shape may change.",
         {"type": ["object", "array"]}),
    )
}  # fmt: skip


_NAMES = [*CONTRACTS]
_FILE = re.compile("|".join(f"({pattern})" for pattern, _, _ in CONTRACTS.values()))


def contract_of(file: str) -> str | None:
    """Return the name of the contract of a file; None where it is a record, which names its own schema."""
    found = _FILE.fullmatch(file)
    return found and _NAMES[(found.lastindex or 0) - 1]


def schema_of(name: str, address: str) -> Schema:
    """Return the JSON Schema (2020-12) of a contract, published at an address."""
    _, said, schema = CONTRACTS[name]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": address,
            "description": said, **schema}  # fmt: skip
