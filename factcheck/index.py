"""The index: which entries hold a term, in files small enough to fetch while somebody types.

Entries are numbered as they come. A posting is an entry's number times four, plus the weight class
of the best text that holds the term there: 0 for the texts that say what an entry is, 3 for those
that stand behind it. Files hold the terms in their order; postings are kept as steps from one to the
next, which are small where a term is common.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import sub

from pydantic_core import to_json

from .terms import Terms

CLASSES = 4
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
        terms = _TERMS.of(text) - seen
        seen |= terms
        lines.append(" ".join(terms))
    return "\n".join(lines)


class Index:
    """Takes entries one at a time; gives the files by which they are found."""

    def __init__(self) -> None:
        self.postings: dict[str, array[int]] = defaultdict(partial(array, "I"))
        self._entries = 0

    def add(self, entry: str) -> None:
        """Add the next entry."""
        postings, first = self.postings, self._entries * CLASSES
        for posting, line in enumerate(entry.split("\n"), first):
            for term in line.split():
                postings[term].append(posting)
        self._entries += 1

    def shards(self, bound: int = BOUND) -> list[Shard]:
        """Return the index in files of at most `bound` bytes; a term too large for one has its own."""
        made: list[Shard] = []
        lines: list[bytes] = []
        first, size = "", 1
        for term in sorted(self.postings, key=_in_a_browser):
            line = _line(term, self.postings[term])
            if lines and size + len(line) + 2 > bound:
                made.append(_shard(first, lines))
                lines, size = [], 1
            first = first if lines else term
            lines.append(line)
            size += len(line) + 2
        return [*made, _shard(first, lines)] if lines else made


def _in_a_browser(term: str) -> bytes:
    """Return what orders terms as JavaScript compares them: by UTF-16 units."""
    return term.encode("utf-16-be")


def _line(term: str, postings: Sequence[int]) -> bytes:
    return b"%b:%b" % (to_json(term), to_json([*map(sub, postings, (0, *postings))]))


def _shard(first: str, lines: Iterable[bytes]) -> Shard:
    return Shard(first, b"{" + b",\n".join(lines) + b"}\n")
