"""The account of an import: what came of every record, what was mended, and what is to be done."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from .cleaning import Kind, Mended
from .problems import in_a_line

SHOWN = 3

_MENDS: Mapping[Kind, str] = {
    "json": "broken JSON mended",
    "encoding": "bytes that are no UTF-8 read as Windows-1252",
    "html": "markup and entities taken out of texts",
    "unseen": "characters that nobody sees taken out of texts",
    "mojibake": "texts garbled by a wrong encoding, left as they are",
    "slash": "lost slashes put back into addresses",
    "form": "spaces and capitals in addresses mended",
    "scheme": "addresses completed with https://",
    "relative": "addresses completed from that of their page",
    "joined": "joined addresses taken apart",
    "address": "what is no address left out",
    "own-page": "pages of the checker among the appearances left out",
    "number": "numbers of ratings that say nothing left out",
    "no-rating": "reviews without a rating in words",
    "sentence": "ratings that are a sentence of their own, kept in the card only",
    "repeated": "records of a review that another record gave already, left out",
    "full": "ratings for which content/ratings.yaml has no room, kept in the card only",
    "no-date": "reviews without a date of publication",
    "date": "dates written in other ways",
    "placeholder": "dates that are placeholders or yet to come left out",
    "order": "dates of claims after that of their review left out",
    "no-claimant": "claims of which nobody is named as the maker",
    "checker": "checkers named as the makers of the claim left out",
    "claimants": "claims of several: the first was taken",
    "no-publisher": "reviews without a publisher, called by their site",
    "merged": "speakers under another name, known by their Wikidata entry",
    "ambiguous": "speakers whose name several have: the first was taken",
}  # fmt: skip


@dataclass
class Ledger:
    """What came of the records. `tell` is given every mend at once, for a report of all of them."""

    tell: Callable[[str], None] = lambda _: None
    imported: int = 0
    rated: int = 0
    kept: int = 0
    edited: int = 0
    same: int = 0
    refused: list[str] = field(default_factory=list)
    counts: dict[Kind, int] = field(default_factory=dict)
    examples: dict[Kind, list[str]] = field(default_factory=dict)
    advice: list[str] = field(default_factory=list)

    @property
    def came_in(self) -> bool:
        """Whether any review is a card now, new or known."""
        return bool(self.imported + self.rated + self.kept + self.edited)

    def mended(self, place: str, mends: Mended) -> None:
        """Count what was mended in a record."""
        for kind, words in mends:
            self.counts[kind] = self.counts.get(kind, 0) + 1
            line = f"{place}: {_short(words)}"
            self.tell(f"{_MENDS[kind]}: {line}")
            if len(known := self.examples.setdefault(kind, [])) < SHOWN:
                known.append(line)

    def refuse(self, place: str, why: str) -> None:
        """Note a record that cannot be imported."""
        self.refused.append(f"{place}: {in_a_line(why)}")
        self.tell(f"not imported: {self.refused[-1]}")

    def repeat(self, place: str, url: str) -> None:
        """Note a record of a review that was there already."""
        self.same += 1
        self.mended(place, [("repeated", url)])

    def lines(self) -> Iterator[str]:
        """Give the account as text."""
        parts = {
            "imported as drafts": self.imported, "given what their rating comes to now": self.rated,
            "left as they were": self.kept, "left as they were edited": self.edited,
            "the same as an earlier record": self.same, "not imported": len(self.refused),
        }  # fmt: skip
        told = ", ".join(f"{number:,} {what}" for what, number in parts.items() if number)
        yield f"Reviews: {told or 'none'}."
        if self.counts:
            yield from ("", "Mended, or noted:")
        for kind, label in _MENDS.items():
            if kind in self.counts:
                yield f"  {self.counts[kind]:>7,}  {label}"
                yield from (f"           {line}" for line in self.examples[kind])
        if self.refused:
            yield from ("", "Not imported:")
            yield from (f"  {line}" for line in self.refused)
        if self.advice:
            yield ""
            yield from self.advice


def _short(words: str) -> str:
    line = in_a_line(words)
    return line if len(line) <= 90 else f"{line[:89]}…"
