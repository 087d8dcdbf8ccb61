"""The report of a round: for people as Markdown, grouped by what is to be done; for programs as JSON."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from .fields import Record
from .problems import in_a_line
from .standing import State

# What to do about each state, the most urgent first; the last has nothing to do.
TO_DO: dict[State, tuple[str, str]] = {
    "gone": ("Gone", "Give the snapshot, or another source."),
    "soft-404": ("Gone, though the server says 200", "Open each. Give the snapshot, or another source."),
    "moved": ("Moved", "Write the new address, once you have seen that it is the same page."),
    "no-answer": ("Without an answer", "Open each in a browser; run again in a day."),
    "not-asked": ("Not asked", "These are no public pages. Give another address."),
    "refused": ("Closed to programs", "Nothing need be wrong: open each in a browser."),
    "alive": ("Alive", ""),
}
FAILING: tuple[State, ...] = ("gone", "soft-404", "moved", "no-answer", "not-asked")


class Place(Record):
    """Where a card names an address."""

    file: str
    """The file of the card, from the root of the project."""
    line: int
    """The line, from 1."""
    column: int
    """The column, from 1, in characters."""
    field: str
    """The field, as `sources.0.url`."""


class Told(Record):
    """What became of one address."""

    address: str
    """The address, without its fragment."""
    state: State
    """gone, soft-404, moved, no-answer, not-asked, refused or alive."""
    status: int
    """The last status of HTTP; 0 where no server answered."""
    final: str
    """Where its redirects lead; empty where that is itself."""
    note: str
    """Why it is in this state, in words; may be empty."""
    asked: str
    """The day on which it was asked."""
    places: Annotated[tuple[Place, ...], Field(min_length=1)]
    """Every place that names it."""


class Kept(Record):
    """What came of the search for a snapshot of one page."""

    address: str
    """The page."""
    snapshot: str
    """The snapshot that was written into the cards; empty where there is none."""
    note: str
    """Why there is none, or which cards could not be written, in words."""


class Bulletin(Record):
    """What a round of the sources found (`build.py links --report FILE.json`)."""

    day: str
    """The day of the round."""
    asked: int
    """How many addresses were asked in this round; what others answered lately was remembered."""
    counts: dict[State, int]
    """How many addresses are in each state."""
    without_snapshot: int
    """How many pages are named by a card that may name a snapshot and does not."""
    addresses: tuple[Told, ...]
    """Every address, the most urgent state first."""
    archived: tuple[Kept, ...] = ()
    """With --archive: every page for which a snapshot was sought."""

    @property
    def is_well(self) -> bool:
        """Whether nothing asks for an editor."""
        return not any(self.counts.get(state) for state in FAILING)


def tell(bulletin: Bulletin) -> str:
    """Return a report as Markdown."""
    return "\n".join(_lines(bulletin)) + "\n"


def _lines(bulletin: Bulletin) -> Iterator[str]:
    counts = ", ".join(f"{bulletin.counts[state]} {state}" for state in TO_DO if bulletin.counts.get(state))
    yield f"# Sources on {bulletin.day}"
    yield ""
    yield f"{len(bulletin.addresses)} addresses, {bulletin.asked} asked now: {counts or 'none'}."
    if bulletin.without_snapshot:
        yield f"{bulletin.without_snapshot} pages have no snapshot; `links --archive` looks for some."
    for state, (title, mend) in TO_DO.items():
        found = [told for told in bulletin.addresses if told.state == state]
        if found and mend:
            yield from ("", f"## {title} ({len(found)})", "", mend, "")
            for told in found:
                yield from _entry(told)
    yield from _kept(bulletin.archived)


def _entry(told: Told) -> Iterator[str]:
    leads = f"; it leads to {_code(told.final)}" if told.final else ""
    note = f": {_plain(told.note)}" if told.note else ""
    yield f"- {_code(told.address)}{note}{leads}"
    for place in told.places:
        yield f"  - {_code(f'{place.file}:{place.line}:{place.column}')}"


def _kept(archived: Sequence[Kept]) -> Iterator[str]:
    made = [kept for kept in archived if kept.snapshot]
    failed = [kept for kept in archived if kept.note]
    if made:
        yield from ("", f"## Snapshots written ({len(made)})", "", "Look at each before you commit.", "")
        yield from (f"- {_code(kept.snapshot)}" for kept in made)
    if failed:
        yield from ("", f"## No snapshot written ({len(failed)})", "")
        yield from (f"- {_code(kept.address)}: {_plain(kept.note)}" for kept in failed)


def _code(text: str) -> str:
    """Return a text between backticks, in which nothing is Markdown and nobody is notified."""
    return f"`{in_a_line(text).replace('`', '%60')}`"


def _plain(text: str) -> str:
    """Return a text in which nothing is Markdown or HTML, and no @name is notified."""
    return "".join(f"&#{ord(c)};" if c in "<>&*_`[]()#@|\\~!" else c for c in in_a_line(text))
