"""A review by others: what a record says of it, whichever of the usual forms the record has.

The forms are those of schema.org (ClaimReview, alone, in lists, in a feed, in a graph) and of the
Fact Check Tools API (claims:search).
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from . import cleaning
from .cleaning import DayFirst, Mended
from .dates import PartialDate

Node = Mapping[str, Any]

_DEPTH = 12
_NOBODY = {
    "", "unknown", "n/a", "na", "none", "null", "-", "--", "?", "anonymous", "various", "multiple", "several",
    "unknown author", "multiple sources", "various sources", "not known", "desconocido", "inconnu", "ukjent",
    "unbekannt", "author",
}  # fmt: skip
_ENTITY = re.compile(r"wikidata\.org/(?:wiki|entity)/(Q[1-9][0-9]*)", re.IGNORECASE)
_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)[0-9]{2})[/-]([01]?[0-9])[/-]([0-3]?[0-9])(?=[/-]|$)")
_GROUPS = ("organization", "organisation", "corporation", "governmentorganization", "newsmediaorganization")


@dataclass(frozen=True)
class Claimant:
    """Who made a claim, as the review names them."""

    name: str
    role: str = ""
    is_organisation: bool = False
    wikidata: str = ""


@dataclass(frozen=True)
class Review:
    """One review of one claim."""

    url: str
    site: str
    publisher: str
    claim: str
    rating: str = ""
    value: str = ""
    share: float | None = None
    explanation: str = ""
    date: str = ""
    language: str = ""
    licence: str = ""
    said: str = ""
    claimant: Claimant | None = None
    appearances: tuple[str, ...] = ()


def nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    """Give every ClaimReview that stands anywhere in a value, each with what it refers to by @id."""
    known = _identified(value) if depth == 0 else {}
    if isinstance(value, list):
        for part in value:
            yield from nodes(part, depth or 1) if not known else _joined(part, known)
    elif isinstance(value, Mapping) and depth < _DEPTH:
        if _is_review(value):
            yield {name: _resolved(part, known) for name, part in _flat(value).items()}
        elif isinstance(value.get("claimReview"), list):
            yield from _searched(value)
        else:
            for part in value.values():
                if isinstance(part, (list, Mapping)):
                    yield from _joined(part, known)


def _joined(part: Any, known: Mapping[str, Node]) -> Iterator[Node]:
    for node in nodes(part, 1):
        yield {name: _resolved(inner, known) for name, inner in node.items()}


def _identified(value: Any, depth: int = 0) -> dict[str, Node]:
    """Return by @id the nodes of a graph that say more than their @id."""
    found: dict[str, Node] = {}
    if isinstance(value, list):
        for part in value:
            found |= _identified(part, depth)
    elif isinstance(value, Mapping) and depth < _DEPTH:
        name = value.get("@id")
        if isinstance(name, str) and len(value) > 1:
            found[name] = value
        for part in value.values():
            if isinstance(part, (list, Mapping)):
                found |= _identified(part, depth + 1)
    return found


def _resolved(part: Any, known: Mapping[str, Node]) -> Any:
    if isinstance(part, list):
        return [_resolved(entry, known) for entry in part]
    if isinstance(part, Mapping) and set(part) == {"@id"}:
        return known.get(str(part["@id"]), part)
    return part


def _is_review(value: Node) -> bool:
    kinds = value.get("@type", value.get("type", ()))
    names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    return any(re.split(r"[/:#]", str(name))[-1] == "ClaimReview" for name in names)


def _flat(value: Node) -> Node:
    """Return a node without the level "properties", which some extractors put between."""
    inner = value.get("properties")
    return {**value, **inner} if isinstance(inner, Mapping) else value


def _searched(claim: Node) -> Iterator[Node]:
    """Give the reviews of a claim as claims:search answers it (Fact Check Tools API, v1alpha1)."""
    item = {"author": {"name": claim.get("claimant")}, "datePublished": claim.get("claimDate")}
    for review in claim["claimReview"]:
        if isinstance(review, Mapping):
            publisher = review.get("publisher")
            said = publisher if isinstance(publisher, Mapping) else {}
            yield {
                "claimReviewed": claim.get("text"),
                "url": review.get("url"),
                "datePublished": review.get("reviewDate"),
                "inLanguage": review.get("languageCode"),
                "author": {"name": said.get("name"), "url": said.get("site")},
                "reviewRating": {"alternateName": review.get("textualRating")},
                "itemReviewed": item if claim.get("claimant") else {"datePublished": claim.get("claimDate")},
            }


def review_of(
    node: Node, base: str, today: dt.date, day_first: DayFirst = None
) -> tuple[Review | None, Mended, str]:
    """Return the review that a node describes, what was mended in it, or why it is none."""
    mended: Mended = []
    claim = cleaning.text(_text(node.get("claimReviewed")), mended)
    item = _flat(_node(node.get("itemReviewed")))
    if not claim:
        claim = cleaning.text(_text(item.get("text")) or _text(item.get("name")), mended)
    if not claim:
        return None, mended, "it does not say which claim it reviews"
    author = _flat(_node(node.get("author")) or _node(node.get("publisher")))
    home = _text(author.get("url"))
    home = home if home.startswith("http") else ""
    url = cleaning.address(_address(node.get("url")) or _address(node.get("@id")) or base, mended, base or home)
    if not url:
        return None, mended, "it has no address"
    site = urlsplit(url).netloc.lower().removeprefix("www.").partition(":")[0]
    publisher = cleaning.text(_text(author.get("name")), mended) or _text(node.get("author"))
    if not publisher or publisher.startswith("http"):
        mended.append(("no-publisher", url))
        publisher = site
    date, said = _dates(node, item, url, mended, today, day_first)
    words, value, share, explanation = _rating(_flat(_node(node.get("reviewRating"))), node, mended)
    return (
        Review(
            url, site, publisher, claim, words, value, share, explanation, date or "",
            _text(node.get("inLanguage")), _licence(node), said or "",
            _claimant(item, publisher, site, claim, mended), _appearances(item, site, mended, base),
        ),
        mended,
        "",
    )  # fmt: skip


def _one(value: Any) -> Any:
    """Return the first of a list, and what a value object of JSON-LD holds."""
    while isinstance(value, list):
        value = next((part for part in value if part), None)
    return value.get("@value", value) if isinstance(value, Mapping) else value


def _text(value: Any) -> str:
    one = _one(value)
    if isinstance(one, Mapping):
        one = one.get("name") or one.get("text") or ""
        return _text(one)
    return "" if one is None or isinstance(one, bool) else str(one).strip()


def _node(value: Any) -> Node:
    one = _one(value)
    return one if isinstance(one, Mapping) else {"name": one} if isinstance(one, str) else {}


def _address(value: Any) -> str:
    one = _one(value)
    return _text(one.get("url") or one.get("@id")) if isinstance(one, Mapping) else _text(one)


def _dates(
    node: Node, item: Node, url: str, mended: Mended, today: dt.date, day_first: DayFirst
) -> tuple[PartialDate | None, PartialDate | None]:
    """Return when a review was published and when its claim was made, as far as both are plain."""
    date = None
    for name in ("datePublished", "dateModified", "dateCreated"):
        date = date or cleaning.date(_text(node.get(name)), mended, today, day_first)
        if date and name != "datePublished":
            mended.append(("no-date", f"{url} (its {name} taken: {date})"))
    if not date and (day := _DAY_IN_ADDRESS.search(url)):
        date = cleaning.date("-".join(day.groups()), mended, today)
        if date:
            mended.append(("no-date", f"{url} (taken from its address: {date})"))
    elif not date:
        mended.append(("no-date", url))
    said = cleaning.date(_text(item.get("datePublished")), mended, today, day_first)
    if date and said and said.first > date.last:
        mended.append(("order", f"{said}, in a review of {date}: {url}"))
        said = None
    return date, said


def _rating(rating: Node, node: Node, mended: Mended) -> tuple[str, str, float | None, str]:
    """Return a rating in its words, its number as published, where it lies from 0 to 1, and why."""
    explanation = cleaning.text(_text(rating.get("ratingExplanation")), mended)
    words = cleaning.text(_text(rating.get("alternateName")) or _text(rating.get("name")), mended)
    given = [_text(rating.get(name)) for name in ("ratingValue", "bestRating", "worstRating")]
    value, share = "", None
    if any(given):
        try:
            number, best, worst = (float(part.replace(",", ".")) for part in given)
            if best > worst >= 0 and worst <= number <= best and best > 0:
                share, value = (number - worst) / (best - worst), f"{number:g} ({worst:g} to {best:g})"
        except ValueError:
            pass
        if not value and given[0] and not re.fullmatch(r"[0-9.,/ ]+", given[0]) and not words and \
                not given[0].startswith("-"):
            words = cleaning.text(given[0], mended)
        elif not value:
            mended.append(("number", "{} of {} to {}".format(*(part or "blank" for part in (given[0], given[2], given[1])))))
    if not words:
        mended.append(("no-rating", _text(node.get("url"))))
    return words, value, share, explanation


def _licence(node: Node) -> str:
    licence = _address(node.get("sdLicense"))
    return cleaning.address(licence, []) if licence.startswith("http") else ""


def _claimant(item: Node, publisher: str, site: str, claim: str, mended: Mended) -> Claimant | None:
    """Return who made a claim; nobody where nobody is named, or the checker itself."""
    given = item.get("author")
    named = [_flat(_node(part)) for part in (given if isinstance(given, list) else [given])]
    people = [(cleaning.text(_text(part.get("name")), mended), part) for part in named if part]
    people = [(name, part) for name, part in people if name.casefold() not in _NOBODY and name != claim]
    if any(name.casefold() == publisher.casefold() for name, _ in people):
        mended.append(("checker", f"{publisher}: {claim}"))
        people = [(name, part) for name, part in people if name.casefold() != publisher.casefold()]
    if not people:
        mended.append(("no-claimant", claim))
        return None
    if len(people) > 1:
        mended.append(("claimants", ", ".join(name for name, _ in people)))
    name, part = people[0]
    kinds = part.get("@type", "")
    role = cleaning.text(_text(part.get("jobTitle")) or _text(part.get("description")), mended)
    same = part.get("sameAs")
    links = [_address(link) for link in (same if isinstance(same, list) else [same])]
    entity = next((found[1].upper() for link in links if (found := _ENTITY.search(link))), "")
    return Claimant(name, role, any(str(k).lower() in _GROUPS for k in ([kinds] if isinstance(kinds, str) else kinds)), entity)


def _appearances(item: Node, site: str, mended: Mended, base: str) -> tuple[str, ...]:
    """Return where a claim was made, each address once; the checker's own site is none."""
    found: dict[str, None] = {}
    for name in ("firstAppearance", "appearance", "url"):
        given = item.get(name)
        for part in given if isinstance(given, list) else [given]:
            for url in cleaning.addresses(_address(part), mended, base):
                if urlsplit(url).netloc.lower().removeprefix("www.") == site:
                    mended.append(("own-page", url))
                else:
                    found[url] = None
    return tuple(found)
