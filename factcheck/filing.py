"""Filing: drafts, and what they need, brought into the content folder, each file whole.

What an editor changed is left as it is. An import writes again only what it wrote itself, letter
by letter: the verdict of a draft once its rating is confirmed, the dates of a document.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from . import arrivals, cards, ratings
from .content import Verdict
from .ledger import Ledger
from .library import Library
from .output import put
from .ratings import Ratings
from .review import Claimant, Review

_ROOM = 200_000  # bytes that content/ratings.yaml may have; a card may have somewhat more


@dataclass(frozen=True)
class Arrived:
    """Who and what came new: speakers, documents by their site, ratings with what is proposed."""

    speakers: Mapping[str, Claimant]
    collections: Mapping[str, arrivals.Collection]
    words: Mapping[str, tuple[str, str | None]]


@dataclass(frozen=True)
class Filing:
    """The folder that drafts go to, and what is known of it."""

    content: Path
    library: Library
    today: dt.date
    ledger: Ledger

    def file(self, arrived: Arrived, waiting: Iterable[Sequence[Any]]) -> None:
        """Write what came new, then the cards: for each its place, its speaker and its review."""
        self._write_others(arrived)
        for entry in waiting:
            self._write_card(entry)

    @cached_property
    def confirmed(self) -> dict[tuple[str, str], str | None]:
        """The verdicts of ratings that an editor confirmed."""
        return ratings.confirmed(self.library.ratings.ratings if self.library.ratings else ())

    def _write_others(self, arrived: Arrived) -> None:
        """Write the speakers, documents and ratings that came new."""
        people: dict[str, Claimant | None] = dict(arrived.speakers)
        if arrived.collections and arrivals.NOT_NAMED not in self.library.speakers:
            people[arrivals.NOT_NAMED] = None
        for name, who in people.items():
            put(self.content / f"speakers/{name}.yaml", arrivals.speaker(who).encode())
        documents = 0
        for name, of in arrived.collections.items():
            documents += self._write_document(name, of)
        entries = self._write_ratings(arrived.words)
        parts = {"speakers": len(people), "documents": documents, "ratings": entries}
        new = ", ".join(f"{what} {number:,}" for what, number in parts.items() if number)
        if new:
            self.ledger.advice.append(f"New besides: {new}.")
        if entries:
            self.ledger.advice.append(
                "Next: confirm the ratings in content/ratings.yaml, and import the same files again."
            )

    def _write_document(self, name: str, of: arrivals.Collection) -> bool:
        """Write the document of a site, or widen its dates; say what is to be done where it was edited."""
        path = self.content / f"documents/{name}/document.yaml"
        known = self.library.documents.get(name)
        if known is None:
            put(path, arrivals.document(of).encode())
            return True
        before = path.read_text("utf-8")
        after = arrivals.widened(before, known.card, of)
        if after is not None and after != before:
            put(path, after.encode())
        first, last = known.card.date.first, known.card.date.last
        if after is None and (of.first.first < first.first or of.last.last > last.last):
            self.ledger.advice.append(
                f"content/documents/{name}/document.yaml was edited, and is left as it is: "
                f"its claims and reviews are of {of.first} to {of.last}."
            )
        return False

    def _write_ratings(self, words: Mapping[str, tuple[str, str | None]]) -> int:
        """Add the new ratings to the end of their file; return how many there are."""
        path = self.content / "ratings.yaml"
        known = self.library.ratings.ratings if self.library.ratings else ()
        there = {ratings.folded(rating.words) for rating in known}
        before = path.read_text("utf-8") if path.exists() else ratings.HEAD
        new, room = [], _ROOM - len(before.encode())
        for short, entry in sorted(words.items()):
            if short in there:
                continue
            room -= len(ratings.entries([entry]).encode())
            if room < 0:
                self.ledger.mended("content/ratings.yaml", [("full", entry[0])])
            else:
                new.append(entry)
        text = before + ("" if before.endswith("\n") else "\n") + ratings.entries(new)
        card, _ = cards.read(Ratings, "content/ratings.yaml", text.encode()) if new else (None, [])
        if new and (card is None or len(card.ratings) != len(known) + len(new)):
            self.ledger.advice.append(
                "content/ratings.yaml does not end with a list of ratings, and is left as it is. Add to it:\n"
                + ratings.entries(new)
            )
        elif new:
            put(path, text.encode())
        return len(new)

    def _write_card(self, waiting: Sequence[Any]) -> None:
        """Write a new card, or the verdict that its rating comes to now; leave an edited one alone."""
        at, speaker, held = waiting
        claimant = Claimant(**held["claimant"]) if held["claimant"] else None
        review = Review(**{**held, "claimant": claimant, "appearances": tuple(held["appearances"])})
        path = self.content / f"documents/{at}.yaml"
        verdict, ledger = self._verdict(review), self.ledger
        if not path.exists():
            fields = arrivals.card(review, speaker, verdict, self.today.isoformat())
            put(path, arrivals.written(fields).encode())
            ledger.imported += 1
            return
        before = path.read_text("utf-8")
        day = arrivals.said_in(before, "checked")
        was = self.library.verdicts.get(arrivals.said_in(before, "verdict"))
        kind = arrivals.said_in(before, "kind")
        was = was or next(
            (one for one in self.library.verdicts.values() if one.of == kind == "opinion"), None
        )
        after = arrivals.written(arrivals.card(review, speaker, verdict, day))
        if arrivals.written(arrivals.card(review, speaker, was, day)) != before:
            ledger.edited += 1
        elif after == before:
            ledger.kept += 1
        else:
            put(path, after.encode())
            ledger.rated += 1

    def _verdict(self, review: Review) -> Verdict | None:
        """Return the verdict that an editor confirmed for a rating: for its site, else for all."""
        known = self.confirmed
        short = ratings.folded(review.rating)
        name = known.get((short, review.site), known.get((short, "")))
        return self.library.verdicts.get(name or "")
