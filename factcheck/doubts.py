"""Rules that warn: what may be right, and what somebody should look at."""

import datetime as dt
import re
from collections.abc import Callable, Iterator

from .claim import Claim
from .dates import PartialDate
from .library import Entry, Library
from .problems import Finding, Path
from .words import ENGLISH

_SNAPSHOT = re.compile(r"https?://web\.archive\.org/web/(\d{4,14})[a-z_]*/(.+)")
# Words that carry little: two claims that differ in these alone say nearly the same.
_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "that", "the", "to", "with")
)


def rated_claims_are_read_twice(library: Library, _today: dt.date) -> Iterator[Finding]:
    """Every published rating was read by a second person."""
    for entry in library.claims.values():
        card = entry.card
        if card.kind != "opinion" and card.status == "published" and not card.reviewed_by:
            mend = 'Let somebody else judge it, then set "reviewed_by".'
            message = "nobody has read this card a second time"
            yield Finding(entry.file, ("by",), "not-reviewed", message, mend, "warning")


def checks_are_not_overdue(library: Library, today: dt.date) -> Iterator[Finding]:
    """No card is past the day on which it was to be looked at again."""
    for entry in library.claims.values():
        day = entry.card.review_by
        if day and day.last < today and entry.card.checked.first <= day.last:
            mend = 'Weigh the evidence anew, then set "checked" and a later "review_by", or remove it.'
            message = f"it was to be looked at again by {ENGLISH.long(day)}"
            yield Finding(entry.file, ("review_by",), "overdue", message, mend, "warning")


def predictions_are_not_overdue(library: Library, today: dt.date) -> Iterator[Finding]:
    """A prediction whose day has come is resolved."""
    for entry in library.claims.values():
        prediction = entry.card.prediction
        if prediction and prediction.due and prediction.due.last < today and not prediction.resolved:
            mend = 'Judge it by its criterion, then set "resolved" and the verdict.'
            message = f"it was due by {ENGLISH.long(prediction.due)} and is not resolved"
            path = ("prediction", "due")
            yield Finding(entry.file, path, "overdue", message, mend, "warning")


def nothing_is_done_tomorrow(library: Library, today: dt.date) -> Iterator[Finding]:
    """What was checked, published, corrected or withdrawn was so by today."""
    for entry in library.claims.values():
        card = entry.card
        dated: list[tuple[Path, PartialDate | None]] = [
            (("checked",), card.checked),
            (("published",), card.published),
            *((("corrections", at, "date"), made.date) for at, made in enumerate(card.corrections)),
            (("withdrawn", "date"), card.withdrawn.date if card.withdrawn else None),
        ]
        for path, date in dated:
            if date and date.first > today:
                mend = "Give the day on which it was done."
                yield Finding(entry.file, path, "order", f"{ENGLISH.long(date)} lies in the future", mend)


def snapshots_fit(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A Wayback address holds the source's own address, and was made after its publication."""
    for entry in library.claims.values():
        for place, source in enumerate(entry.card.sources):
            found = _SNAPSHOT.fullmatch(source.archived or "")
            if not found:
                continue
            path = ("sources", place, "archived")
            if _bare(found[2]) != _bare(source.url):
                message = "this snapshot is of another address than the source's"
                mend = f"The source is {source.url}"
                yield Finding(entry.file, path, "snapshot", message, mend)
            elif source.date and found[1][: len(source.date.replace("-", ""))] < source.date.replace("-", ""):
                message = f"this snapshot is older than the source, which is of {ENGLISH.long(source.date)}"
                mend = "Mend the one date, or the address of the other."
                yield Finding(entry.file, path, "snapshot", message, mend, "warning")


def _bare(url: str) -> str:
    return re.sub(r"^https?:/+(www\.)?", "", url).rstrip("/")


def like_claims_are_rated_alike(library: Library, _today: dt.date) -> Iterator[Finding]:
    """Claims that say nearly the same have the same verdict, and a document has one card for them."""
    seen: dict[frozenset[str], Entry[Claim]] = {}
    for entry in library.claims.values():
        if entry.card.kind == "opinion" or entry.card.withdrawn:
            continue
        words = frozenset(re.findall(r"\w+", entry.card.claim.casefold())) - _SMALL
        other = seen.setdefault(words, entry)
        if other is entry:
            continue
        if other.card.verdict != entry.card.verdict:
            message = f'this is nearly the claim of "{other.id}", which is rated "{other.card.verdict}"'
            mend = "Rate them alike, or say in what they differ."
            yield Finding(entry.file, ("claim",), "alike", message, mend, "warning")
        elif other.id.split("/")[0] == entry.id.split("/")[0]:
            message = f'this is nearly the claim of "{other.id}", in the same document'
            mend = "Keep one card for both, or say in what they differ."
            yield Finding(entry.file, ("claim",), "alike", message, mend, "warning")


OF_DOCUMENTS: tuple[Callable[[Library, dt.date], Iterator[Finding]], ...] = (
    rated_claims_are_read_twice,
    checks_are_not_overdue,
    predictions_are_not_overdue,
    nothing_is_done_tomorrow,
    snapshots_fit,
)

OF_ALL: tuple[Callable[[Library, dt.date], Iterator[Finding]], ...] = (like_claims_are_rated_alike,)
