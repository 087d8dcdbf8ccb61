"""A review by others: what its record says, mended where publishers are known to err.

The properties are those of ClaimReview (schema.org).
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from . import cleaning
from .cleaning import DayFirst, Mended
from .dates import PartialDate
from .graph import Node, flat

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
    """One review of one claim; `text` is the claim in full where `claim` has it in short."""

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
    text: str = ""


def review_of(
    node: Node, base: str, today: dt.date, day_first: DayFirst = None
) -> tuple[Review | None, Mended, str]:
    """Return the review that a node describes, what was mended in it, or why it is none."""
    mended: Mended = []
    claim = cleaning.text(_text(node.get("claimReviewed")), mended)
    item = flat(_node(node.get("itemReviewed")))
    if not claim:
        claim = cleaning.text(_text(item.get("text")) or _text(item.get("name")), mended)
    if not claim:
        return None, mended, "it does not say which claim it reviews"
    text = cleaning.text(_text(item.get("text")), [])
    author = flat(_node(node.get("author")) or _node(node.get("publisher")))
    home = _text(author.get("url"))
    home = home if home.startswith("http") else ""
    url = cleaning.address(
        _address(node.get("url")) or _address(node.get("@id")) or base, mended, base or home
    )
    if not url:
        return None, mended, "it has no address"
    site = urlsplit(url).netloc.lower().removeprefix("www.").partition(":")[0]
    publisher = cleaning.text(_text(author.get("name")), mended) or _text(node.get("author"))
    if not publisher or publisher.startswith("http"):
        mended.append(("no-publisher", url))
        publisher = site
    date, said = _dates(node, item, url, _Clock(today, day_first), mended)
    words, value, share, explanation = _rating(flat(_node(node.get("reviewRating"))), node, mended)
    return (
        Review(
            url, site, publisher, claim, words, value, share, explanation, date or "",
            _text(node.get("inLanguage")), _licence(node), said or "",
            _claimant(item, publisher, claim, mended), _appearances(item, site, mended, base),
            text if text != claim else "",
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


@dataclass(frozen=True)
class _Clock:
    """The day it is, and how 03/04/2021 is meant."""

    today: dt.date
    day_first: DayFirst

    def read(self, value: Any, mended: Mended) -> PartialDate | None:
        return cleaning.date(_text(value), mended, self.today, self.day_first)


def _dates(
    node: Node, item: Node, url: str, clock: _Clock, mended: Mended
) -> tuple[PartialDate | None, PartialDate | None]:
    """Return when a review was published and when its claim was made, as far as both are plain."""
    date = clock.read(node.get("datePublished"), mended)
    if not date:
        date, how = _other_date(node, url, clock, mended)
        mended.append(("no-date", f"{url}{how}"))
    said = clock.read(item.get("datePublished"), mended)
    if date and said and said.first > date.last:
        mended.append(("order", f"{said}, in a review of {date}: {url}"))
        said = None
    return date, said


def _other_date(node: Node, url: str, clock: _Clock, mended: Mended) -> tuple[PartialDate | None, str]:
    """Return the date that else a review says or its address holds, and where it was found."""
    for name in ("dateModified", "dateCreated"):
        if date := clock.read(node.get(name), mended):
            return date, f" ({name} was taken: {date})"
    in_address = _DAY_IN_ADDRESS.search(url)
    date = clock.read("-".join(in_address.groups()), []) if in_address else None
    return date, f" (the day in its address was taken: {date})" if date else ""


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
        if not words and re.match(r"[^\W\d_]", given[0]):
            words = cleaning.text(given[0], mended)
        elif not value:
            number_, best_, worst_ = (part or "blank" for part in given)
            mended.append(("number", f"{number_} of {worst_} to {best_}"))
    if not words:
        mended.append(("no-rating", _text(node.get("url"))))
    return words, value, share, explanation


def _licence(node: Node) -> str:
    licence = _address(node.get("sdLicense"))
    return cleaning.address(licence, []) if licence.startswith("http") else ""


def _claimant(item: Node, publisher: str, claim: str, mended: Mended) -> Claimant | None:
    """Return who made a claim; nobody where nobody is named, or the checker itself."""
    given = item.get("author")
    named = [flat(_node(part)) for part in (given if isinstance(given, list) else [given])]
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
    kinds = part.get("@type")
    is_group = any(str(kind).lower() in _GROUPS for kind in (kinds if isinstance(kinds, list) else [kinds]))
    role = cleaning.text(_text(part.get("jobTitle")) or _text(part.get("description")), mended)
    same = part.get("sameAs")
    links = [_address(link) for link in (same if isinstance(same, list) else [same])]
    entity = next((found[1].upper() for link in links if (found := _ENTITY.search(link))), "")
    return Claimant(name, role, is_group, entity)


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
