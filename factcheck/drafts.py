"""What is not written yet: the words that stand for it, and the cards that wait for theirs.

A draft of a claim says so itself. A document or a timeline waits as long as these words stand in it.
"""

from collections.abc import Iterator
from dataclasses import replace

from .claim import Claim
from .content import Document, Timeline
from .fields import Record, help_of
from .library import Entry, Library
from .problems import Finding, Path

OWED = "Still to be written."


def owed(card: Record) -> list[tuple[Path, str]]:
    """Return where a card still owes its words, each with the help of the field."""
    found: list[tuple[Path, str]] = []
    if OWED not in card.as_json():
        return found
    for name, field in type(card).model_fields.items():
        value, at = getattr(card, name), field.alias or name
        if value == OWED:
            found.append(((at,), help_of(type(card)).get(name, "").split("\n\n")[0].replace("\n", " ")))
        elif isinstance(value, Record):
            found += [((at, *path), line) for path, line in owed(value)]
        elif isinstance(value, tuple):
            for place, item in enumerate(value):
                inner = owed(item) if isinstance(item, Record) else []
                found += [((at, place, *path), line) for path, line in inner]
    return found


def nothing_is_owed(library: Library) -> Iterator[Finding]:
    """What readers are shown of a document is written: each published claim, and then its card."""
    claims = _published(library)
    shown = {entry.id.split("/")[0] for entry in claims}
    for entry in claims:
        yield from _missing(entry.file, entry.card)
    for name, document in library.documents.items():
        if name in shown:
            yield from _missing(document.file, document.card)


def nothing_else_is_owed(library: Library) -> Iterator[Finding]:
    """So are the speakers who are heard in a published claim, and the timelines that show one."""
    claims = _published(library)
    shown = {entry.id.split("/")[0] for entry in claims}
    heard = {name for entry in claims for name in (entry.card.speaker, entry.card.quoted) if name}
    heard |= {library.documents[name].card.author for name in shown if name in library.documents}
    for name, speaker in library.speakers.items():
        if name in heard:
            yield from _missing(speaker.file, speaker.card)
    for timeline in library.timelines.values():
        if shown & {*timeline.card.documents}:
            yield from _missing(timeline.file, timeline.card)


def _published(library: Library) -> list[Entry[Claim]]:
    return [entry for entry in library.claims.values() if entry.card.status == "published"]


def _missing(file: str, card: Record) -> Iterator[Finding]:
    for path, line in owed(card):
        names = [part for part in path if isinstance(part, str)]
        yield Finding(file, path, "missing", f'"{names[-1]}" is missing', line)


def finished(library: Library) -> Library:
    """Return a sound library without the documents and timelines that wait for their words."""
    documents = {name: entry for name, entry in library.documents.items() if not owed(entry.card)}
    timelines = {
        name: replace(entry, card=_among(entry.card, documents))
        for name, entry in library.timelines.items()
        if not owed(entry.card)
    }
    if len(documents) == len(library.documents) and len(timelines) == len(library.timelines):
        return library
    claims = {name: entry for name, entry in library.claims.items() if name.split("/")[0] in documents}
    return replace(library, documents=documents, timelines=timelines, claims=claims)


def _among(timeline: Timeline, documents: dict[str, Entry[Document]]) -> Timeline:
    return timeline.model_copy(
        update={"documents": tuple(name for name in timeline.documents if name in documents)}
    )
