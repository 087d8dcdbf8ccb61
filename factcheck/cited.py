"""Which addresses the cards name: sources of claims and events, documents, snapshots, and the rest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from . import cards
from .dates import PartialDate, Period
from .fields import Record
from .library import Library
from .problems import Finding, Path

_NAMES = ("url", "archived", "same_as")


@dataclass(frozen=True)
class Mention:
    """One place at which a card names an address."""

    file: str
    path: Path  # of fields, from the top of the card
    address: str
    archived: str | None = None  # the snapshot that the card names beside it
    owes: bool = False  # whether it may name one and does not
    day: str = ""  # on which the page was read or published, as YYYYMMDD or less

    @property
    def page(self) -> str:
        """The address without the part that no server is told."""
        return self.address.partition("#")[0]


def mentions(library: Library) -> list[Mention]:
    """Return every place that names an address, in the order of files and of fields.

    What a card was imported from is left out: no reader is sent there.
    """
    files: dict[str, Record] = {"content/site.yaml": library.site}
    for entries in (library.claims, library.documents, library.timelines, library.speakers):
        files |= {entry.file: entry.card for entry in entries.values()}
    return [mention for file in sorted(files) for mention in _in(file, files[file], ())]


def _in(file: str, value: object, path: Path) -> Iterator[Mention]:
    if isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from _in(file, part, (*path, place))
    elif isinstance(value, Record):
        archived = getattr(value, "archived", None)
        for name in type(value).model_fields:
            part = getattr(value, name)
            if name in _NAMES and part:
                owes = name == "url" and "archived" in type(value).model_fields and not archived
                beside = archived if name == "url" else None
                yield Mention(file, (*path, name), part, beside, owes, _day(value))
            elif name != "imported":
                yield from _in(file, part, (*path, name))


def _day(record: Record) -> str:
    for name in ("accessed", "date"):
        match getattr(record, name, None):
            case PartialDate() as date:
                return str(date).replace("-", "")
            case Period() as period:
                return str(period.first).replace("-", "")
    return ""


def places(found: Iterable[Mention], raw: Mapping[str, bytes]) -> list[tuple[int, int]]:
    """Return line and column of each mention, given the bytes of the files."""
    findings = [Finding(one.file, one.path, "link", "") for one in found]
    return [(problem.line, problem.column) for problem in cards.locate(findings, dict(raw))]
