"""Quotes held to their document, byte for byte.

A document's text is normalised in one place: Unicode NFC, line feeds, no space at the ends of
lines, one line feed at the end. Offsets count its code points from 0, the end excluded, as in
the W3C Web Annotation Data Model, section 4.2.5.
"""

import hashlib
import unicodedata
from bisect import bisect, bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter


@dataclass(frozen=True)
class Place:
    """Where a quote stands: its context begins, it begins, it ends, its context ends."""

    opens: int
    start: int
    end: int
    closes: int


def normalise(text: str) -> str:
    """Return a document's text in the form that digests and offsets speak of."""
    lines = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).replace("\r\n", "\n")
    stripped = "\n".join(line.rstrip() for line in lines.replace("\r", "\n").split("\n"))
    return stripped.rstrip("\n") + "\n"


def digest(text: str) -> str:
    """Return the SHA-256 of a text, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def unify(words: str | None) -> str:
    """Return words in the Unicode form in which they are compared (NFC)."""
    return unicodedata.normalize("NFC", words or "")


def quote_digest(before: str | None, quote: str, after: str | None) -> str:
    """Return the digest that a proof keeps of a quote and its context."""
    return digest("\x1f".join(map(unify, (before, quote, after))))


def find(text: str, quote: str, before: str | None = None, after: str | None = None) -> list[Place]:
    """Return every place in a normalised text where the quote stands in its context.

    Between the quote and its context any run of white space may stand.
    """
    quote, before, after = unify(quote), unify(before), unify(after)
    places = []
    start = text.find(quote)
    while start >= 0:
        end = start + len(quote)
        opens, closes = start, end
        if before:
            opens = _back_over_space(text, start) - len(before)
        if after:
            closes = _over_space(text, end) + len(after)
        fits = opens >= 0 and text.startswith(before, opens) and text.endswith(after, end, closes)
        if fits and closes <= len(text):
            places.append(Place(opens, start, end, closes))
        start = text.find(quote, start + 1)
    return places


def _back_over_space(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def _over_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def paragraphs(text: str) -> list[int]:
    """Return the offsets at which paragraphs begin: lines that hold at least one letter.

    The first begins with the text, whatever stands there.
    """
    starts, at = [], 0
    for line in text.splitlines(keepends=True):
        if any(map(str.isalpha, line)):
            starts.append(at)
        at += len(line)
    return [0, *starts[1:]]


@dataclass(frozen=True)
class Passage:
    """A run of a document's words that its cards quote.

    `pieces` are texts in order, each with the claims whose quote covers it.
    """

    start: int
    end: int
    pieces: tuple[tuple[str, tuple[str, ...]], ...]


Quoted = tuple[Place, str, str, str]


def passages(quoted: Mapping[str, Quoted], starts: Sequence[int] = ()) -> list[Passage]:
    """Return what the cards of a document quote of it, in its order, overlaps joined.

    `quoted` gives by claim its place and its words before, of and after the quote; `starts` are
    the offsets at which paragraphs begin, where a passage ends. Words that no card quotes are
    not known here and never appear.
    """
    found, breaks = list[Passage](), sorted(set(starts))
    spans = _joined(place for place, *_ in quoted.values())
    within: list[dict[str, Quoted]] = [{} for _ in spans]
    for name, one in quoted.items():
        within[bisect(spans, one[0].opens, key=itemgetter(0)) - 1][name] = one
    for (opens, closes), mine in zip(spans, within, strict=True):
        known = [" "] * (closes - opens)
        for place, before, quote, after in mine.values():
            for at, words in (
                (place.opens, before), (place.start, quote), (place.closes - len(after), after),
            ):  # fmt: skip
                known[at - opens : at - opens + len(words)] = words
        edges = [opens, *breaks[bisect(breaks, opens) : bisect_left(breaks, closes)], closes]
        found += [_passage(first, "".join(known[first - opens : last - opens]), mine)
                  for first, last in pairwise(edges)]  # fmt: skip
    return found


def _joined(places: Iterable[Place]) -> list[tuple[int, int]]:
    """Return from where to where words are known, in order; what touches is joined."""
    joined: list[tuple[int, int]] = []
    for opens, closes in sorted((place.opens, place.closes) for place in places):
        if joined and opens <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(closes, joined[-1][1])
        else:
            joined.append((opens, closes))
    return joined


def _passage(start: int, text: str, quoted: Mapping[str, Quoted]) -> Passage:
    end = start + len(text)
    mine = {name: place for name, (place, *_) in quoted.items() if place.start < end and start < place.end}
    edges = {at for place in mine.values() for at in (place.start, place.end) if start < at < end}
    pieces = tuple(
        (
            text[first - start : last - start],
            tuple(name for name, place in mine.items() if place.start <= first < place.end),
        )
        for first, last in pairwise(sorted({start, end, *edges}))
    )
    return Passage(start, end, pieces)
