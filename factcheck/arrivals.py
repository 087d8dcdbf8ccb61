"""What reviews of others become: drafts of claims, their speakers, and a document for each site."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from . import writing
from .addresses import slug
from .claim import SHORT
from .cleaning import Mended
from .content import Document, Speaker, Verdict
from .dates import PartialDate
from .drafts import OWED
from .quotes import digest, normalise
from .review import Claimant, Review

NOT_NAMED = "not-named"
_TAKEN = ("document", "proof", "text")
_LONGEST = 60
_TRACKS = re.compile(r"utm_\w+|fbclid|gclid|ref")


def key(url: str, claim: str) -> str:
    """Return what a review is known by: its address, however it is spelt, and its claim."""
    parts = urlsplit(url)
    query = urlencode(
        [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKS.fullmatch(name)]
    )
    host = parts.netloc.lower().removeprefix("www.")
    address = f"{host}{unquote(parts.path).rstrip('/')}?{query}#{parts.fragment}"
    return _digest(f"{address}\n{' '.join(claim.casefold().split())}", 24)


def _digest(text: str, length: int = 6) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def _named(words: str, otherwise: str) -> str:
    """Return words as an id of no more than sixty characters, cut between words."""
    whole = slug(words)
    cut = whole[: _LONGEST + 1].rpartition("-")[0] if len(whole) > _LONGEST else whole
    name = cut or whole[:_LONGEST]
    return name if re.search("[a-z]", name) else f"{otherwise}-{name or _digest(words)}"


def document_id(review: Review) -> str:
    """Return the id of the document in which the claims stand that a site reviewed."""
    return _named(review.site, "site")


def card_id(review: Review, known: str, taken: set[str]) -> str:
    """Return a free id for a card: the last words of the review's address; a digest tells two apart."""
    path = unquote(urlsplit(review.url).path)
    words = [re.sub(r"\.\w{2,5}$", "", part) for part in path.split("/") if re.search(r"[^\W\d_]", part)]
    name = _named(words[-1] if words else "", "review")
    if not words:
        name = f"review-{known[:6]}"
    return name if name not in taken and name not in _TAKEN else f"{name}-{known[:8]}"


@dataclass
class Speakers:
    """Who is known, by Wikidata entry and by name, and who came new."""

    known: Mapping[str, Speaker]
    new: dict[str, Claimant] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entities: dict[str, str] = {}
        self.names: dict[str, list[str]] = {}
        self.of: dict[str, str] = {}
        for name, speaker in self.known.items():
            entity = re.search(r"Q[0-9]+$", speaker.same_as or "")
            self._note(name, speaker.name, entity[0] if entity else "")

    def _note(self, name: str, called: str, entity: str) -> None:
        under = self.names.setdefault(_folded(called), [])
        if name not in under:
            under.append(name)
        if entity:
            self.entities[entity], self.of[name] = name, entity

    def id_of(self, who: Claimant | None, mended: Mended) -> str:
        """Return the id of whoever made a claim: of the same entry, else of the same name, else a new one."""
        if who is None:
            return NOT_NAMED
        alike = self.names.get(_folded(who.name), [])
        if found := self.entities.get(who.wikidata):
            if found not in alike:
                mended.append(("merged", f"{who.name} is {found} ({who.wikidata})"))
                self._note(found, who.name, "")
            return found
        free = sorted(name for name in alike if not (who.wikidata and name in self.of))
        free.sort(key=len)  # so that the first is the same at every import
        if len(free) > 1:
            mended.append(("ambiguous", f"{who.name}: {', '.join(free)}"))
        if free:
            if who.wikidata and free[0] in self.new:
                self.new[free[0]] = replace(self.new[free[0]], wikidata=who.wikidata)
            self._note(free[0], who.name, who.wikidata)
            return free[0]
        name = _named(who.name, "speaker")
        if name in self.known or name in self.new or name == NOT_NAMED:
            name = f"{name}-{who.wikidata.lower() or _digest(who.name)}"
        self.new[name] = who
        self._note(name, who.name, who.wikidata)
        return name


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace(".", " ").split())


@dataclass(frozen=True)
class Collection:
    """The claims that one site reviewed: who publishes it, and from when to when."""

    publisher: str
    language: str
    first: PartialDate
    last: PartialDate

    def with_(self, first: PartialDate, last: PartialDate) -> "Collection":
        """Return it with the days of one more claim."""
        return replace(
            self, first=min(self.first, first, key=lambda day: day.first),
            last=max(self.last, last, key=lambda day: day.last),
        )  # fmt: skip


def days(review: Review, today: dt.date) -> tuple[PartialDate, PartialDate]:
    """Return between which days a claim and its review lie, as far as is known."""
    dates = [PartialDate(day) for day in (review.said, review.date) if day] or [
        PartialDate(today.isoformat())
    ]
    return min(dates, key=lambda day: day.first), max(dates, key=lambda day: day.last)


def document(of: Collection) -> str:
    """Return the text of the card of a document: the claims that a site reviewed."""
    fields: dict[str, Any] = {
        "title": f"Claims reviewed by {of.publisher}",
        "short": of.publisher,
        "form": "Collection of claims from many places",
        "publisher": of.publisher,
        "author": NOT_NAMED,
        "date": {"from": of.first, "to": of.last} if of.first != of.last else of.first,
        "date_note": "The days of the first and the last claim or review that was imported",
        "language": of.language,
        "rights": OWED,
        "summary": OWED,
        "text": {"sha256": digest(normalise(OWED))},
    }
    head = "# Begun by an import; docs/import.md tells what it is. It has no text of its own yet."
    return "\n".join([head, *writing.mapping(fields), ""])


def widened(text: str, card: Document, of: Collection) -> str | None:
    """Return the text of a document with the days of all its claims; None where it was edited."""
    was = Collection(card.publisher, card.language, card.date.first, card.date.last)
    if document(was) != text:
        return None
    return document(was.with_(of.first, of.last))


def speaker(who: Claimant | None) -> str:
    """Return the text of the card of a speaker; of nobody in particular where there is none."""
    if who is None:
        role = "Whoever made a claim of which the review does not say who made it"
        fields = {"name": "Not named", "role": role, "kind": "person"}
    else:
        fields = {
            "name": who.name,
            "role": who.role or OWED,
            "kind": "organisation" if who.is_organisation else "person",
        }
        if who.wikidata:
            fields["same_as"] = f"https://www.wikidata.org/wiki/{who.wikidata}"
    return "\n".join([*writing.mapping(fields), ""])


def card(review: Review, speaker: str, verdict: Verdict | None, checked: str) -> dict[str, Any]:
    """Return the fields of the draft that a review becomes; `checked` is the day where it has none."""
    kind = verdict.of if verdict else "statement"
    known = {
        "publisher": review.publisher, "url": review.url, "claim": review.claim, "date": review.date,
        "rating": review.rating, "value": review.value, "explanation": review.explanation,
        "language": review.language, "licence": review.licence, "appearances": list(review.appearances),
    }  # fmt: skip
    return {
        "claim": review.text or review.claim,
        **({"short": review.claim} if review.text and len(review.claim) <= SHORT else {}),
        "quote": OWED,
        **({"speaker": speaker} if speaker != NOT_NAMED else {}),
        **({"said": review.said} if review.said else {}),
        "kind": kind,
        **({"verdict": verdict.id} if verdict and kind != "opinion" else {}),
        "checked": review.date or review.said or checked,
        "by": review.publisher,
        "summary": OWED,
        "reason": OWED,
        "status": "draft",
        "imported": {name: value for name, value in known.items() if value},
    }


def written(fields: Mapping[str, Any]) -> str:
    """Return a draft as the text of its file."""
    head = "# A draft from a review by others; docs/import.md tells what it still owes."
    return "\n".join([head, *writing.mapping(fields), ""])


def said_in(text: str, name: str) -> str:
    """Return what a draft that nobody edited says in a field of one line, nothing where it has none."""
    found = re.search(rf"^{name}: (.+)$", text, re.MULTILINE)
    return found[1] if found else ""
