"""Leaves: a list that has grown too long for one page, cut into several."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

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
