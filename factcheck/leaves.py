"""Leaves: a list that has grown too long for one page, cut into several."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar

from .page import Page, showing
from .words import Words

K = TypeVar("K")
T = TypeVar("T")
BOUND = 100


@dataclass(frozen=True)
class Leaf(Generic[T]):
    """One page of a list: its items and where it stands among the others.

    `first` is the number of its first item in the whole list of `total`, from 1; `before` and `after`
    are the addresses of its neighbours, None at the ends.
    """

    address: str
    number: int
    leaves: int
    first: int
    total: int
    items: Sequence[T]
    before: str | None
    after: str | None

    @property
    def last(self) -> int:
        """The number of its last item in the whole list."""
        return self.first + len(self.items) - 1

    def titled(self, title: str, words: Words) -> str:
        """Return the title of this page: from the second on it says which it is."""
        if self.number == 1:
            return title
        return words.gettext("%(title)s, page %(number)s", title=title, number=words.figures(self.number))


def leaves(address: str, items: Sequence[T], bound: int = BOUND) -> list[Leaf[T]]:
    """Return a list in pages of at most `bound` items; the first keeps the address, alone or not.

    The second page of "speakers/vg/" is "speakers/vg/2/".
    """
    count = max(1, -(-len(items) // bound))
    places = [address, *(f"{address}{number}/" for number in range(2, count + 1))]
    return [
        Leaf(
            address=places[at],
            number=at + 1,
            leaves=count,
            first=at * bound + 1,
            total=len(items),
            items=items[at * bound : (at + 1) * bound],
            before=places[at - 1] if at else None,
            after=places[at + 1] if at + 1 < count else None,
        )
        for at in range(count)
    ]


def in_leaves(
    first: Page, items: Sequence[Any], words: Words, bound: int = BOUND, **values: Any
) -> Iterator[Page]:
    """Yield the page of a list, and the pages after it where the list is longer than `bound`.

    Each shows its own leaf as `leaf`, and the values that all of them share.
    """
    for leaf in leaves(first.address, items, bound):
        yield first._replace(address=leaf.address, title=leaf.titled(first.title, words),
                             values=showing(leaf=leaf, **values))  # fmt: skip


def neighbours(items: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Yield each item between the ones before and after it, None at the ends."""
    return zip([None, *items], items, [*items[1:], None], strict=False)


def grouped(pairs: Iterable[tuple[K, T]]) -> list[tuple[K, list[T]]]:
    """Return what follows each other under the same first with that first, in order."""
    return [(first, [second for _, second in group]) for first, group in groupby(pairs, key=itemgetter(0))]
