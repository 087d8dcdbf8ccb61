"""The index: which entries hold a term, in files small enough to fetch while somebody types.

Entries are numbered as they come. A posting is an entry's number times four, plus the weight class
of the best text that holds the term there: 0 for the texts that say what an entry is, 3 for those
that stand behind it. Files hold the terms in their order; postings are kept as steps from one to the
next, which are small where a term is common.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import sub

from pydantic_core import to_json

from .terms import Terms

CLASSES = 4
TOGETHER = 1000  # entries in a stretch
# About 8 KB when compressed: what arrives in the first round trip after the request.
BOUND = 24_000


@dataclass(frozen=True)
class Shard:
    """The postings of the terms from `first` on, as JSON: {"term": [step, ...]}."""

    first: str
    content: bytes


_TERMS = Terms()


def entry(texts: Sequence[str]) -> str:
    """Return an entry as the index takes it, from its texts, one for each weight class.

    It has a line for each class, and on it the terms whose best text is of that class.
    """
    seen: set[str] = set()
    lines = []
    for text in texts:
        terms = [term for term in _TERMS.of(text) if term not in seen]
        seen.update(terms)
        lines.append(" ".join(terms))
    return "\n".join(lines)


def stretch(entries: str) -> str:
    """Return which of some entries, one after the other, hold each term, numbered as if there were no others.

    Each line has a term, its first posting, the last, and the steps between, if any. They are in the order
    of the terms, with an empty line between terms that begin otherwise.
    """
    postings: dict[str, list[int]] = defaultdict(list)
    for posting, line in enumerate(entries.split("\n")):
        for term in line.split():
            postings[term].append(posting)
    groups = groupby(sorted(postings, key=_in_a_browser), key=_beginning)
    return "\n\n".join("\n".join(_line(term, postings[term]) for term in terms) for _, terms in groups)


def _line(term: str, found: Sequence[int]) -> str:
    return f"{term} {found[0]} {found[-1]} {to_json([*map(sub, found[1:], found)]).decode()[1:-1]}"


def merged(parts: str) -> str:
    """Return the postings of terms that begin alike, of which stretches hold some.

    Each part has the first posting of its stretch on a line, and such lines of it after that. A line that
    is returned has a term, a space, and the same as JSON: "term":[step, ...].
    """
    steps: dict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = {}
    for part in parts.split("\n\n"):
        number, *lines = part.split("\n")
        first = int(number)
        for line in lines:
            term, begin, end, between = line.split(" ")
            step = first + int(begin) - last.get(term, 0)
            steps[term].append(f"{step},{between}" if between else f"{step}")
            last[term] = first + int(end)
    terms = sorted(steps, key=_in_a_browser)
    return "\n".join(f"{term} {to_json(term).decode()}:[{','.join(steps[term])}]" for term in terms)


def _made(make: Callable[[str], str], text: str) -> str:
    return make(text)


class Index:
    """Takes entries one at a time; gives the files by which they are found.

    Entries are indexed `together` in stretches, and terms that begin alike are merged together, each of
    them made or `recalled` by itself: most are as they were when an entry changes, or one is added.
    """

    def __init__(
        self, recalled: Callable[[Callable[[str], str], str], str] = _made, together: int = TOGETHER
    ) -> None:
        self._recalled, self._together = recalled, together
        self._parts: dict[bytes, list[str]] = defaultdict(list)
        self._first, self._waiting = 0, list[str]()

    def add(self, entry: str) -> None:
        """Add the next entry."""
        self._waiting.append(entry)
        if len(self._waiting) == self._together:
            self._join()

    def _join(self) -> None:
        """Add the postings of the entries that wait."""
        found = self._recalled(stretch, "\n".join(self._waiting))
        for part in found.split("\n\n") if found else ():
            self._parts[_beginning(part.partition(" ")[0])].append(f"{self._first}\n{part}")
        self._first += CLASSES * len(self._waiting)
        self._waiting = []

    def shards(self, bound: int = BOUND) -> list[Shard]:
        """Return the index in files of at most `bound` bytes; a term too large for one has its own."""
        self._join()
        made: list[Shard] = []
        lines: list[bytes] = []
        first, size = "", 1
        for term, line in self._lines():
            if lines and size + len(line) + 2 > bound:
                made.append(_shard(first, lines))
                lines, size = [], 1
            first = first if lines else term
            lines.append(line)
            size += len(line) + 2
        return [*made, _shard(first, lines)] if lines else made

    def _lines(self) -> Iterator[tuple[str, bytes]]:
        for beginning in sorted(self._parts):
            for line in self._recalled(merged, "\n\n".join(self._parts[beginning])).split("\n"):
                term, _, postings = line.partition(" ")
                yield term, postings.encode()


def _beginning(term: str) -> bytes:
    """Return what terms have in common that are kept together: a letter, or of most scripts the script."""
    units = _in_a_browser(term)
    return units[:1] if units[0] else units[:2]


def _in_a_browser(term: str) -> bytes:
    """Return what orders terms as JavaScript compares them: by UTF-16 units."""
    return term.encode("utf-16-be")


def _shard(first: str, lines: Iterable[bytes]) -> Shard:
    return Shard(first, b"{" + b",\n".join(lines) + b"}\n")
