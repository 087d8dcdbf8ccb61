"""A new card: a commented draft, made from the model, that says what it still owes."""

import datetime as dt
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import ValidationError

from . import drafts, rules, writing
from .claim import Claim
from .drafts import OWED
from .faults import describe, suggestion
from .fields import ID
from .library import Entry, Library
from .problems import Path
from .quotes import digest, normalise
from .shapes import KINDS as MODELS
from .shapes import Shape, shapes


@dataclass(frozen=True)
class Kind:
    """What can be made: where it goes, what must be known, in that order, and what comes next."""

    place: str
    asked: tuple[str, ...]
    following: str


KINDS: Mapping[str, Kind] = {
    "claim": Kind(
        "content/documents/{document}/{id}.yaml",
        ("document", "id", "claim", "quote", "kind"),
        'fill in what it owes, as its first lines tell; "build.py serve" shows it meanwhile.',
    ),
    "document": Kind(
        "content/documents/{id}/document.yaml",
        ("id", "title", "publisher", "author", "date", "text"),
        'write its first card with "build.py new claim"; "build.py schema" puts it into the forms.',
    ),
    "speaker": Kind(
        "content/speakers/{id}.yaml",
        ("id", "name", "role", "kind"),
        'name it in cards as "{id}"; "build.py schema" puts it into the forms.',
    ),
    "timeline": Kind(
        "content/timelines/{id}.yaml",
        ("id", "title"),
        'write its events and name its documents; "build.py schema" puts it into the forms.',
    ),
}
_ASKED = {
    "id": "Its name in addresses: small letters, digits and hyphens, as in inf-scope.",
    "document": "The document that says it, by its id.",
    "text": "The file that holds its text. Its digest is kept, the text itself with --keep-text only.",
}
_TAKEN = ("document", "proof")


def fields(kind: str) -> dict[str, str]:
    """Return all that can be said of a new card on one line, with its help; what is needed first."""
    known = {name: _help(field) for name, field in _lines(kind).items() if name != "status"}
    needed = {name: _ASKED.get(name) or known[name] for name in KINDS[kind].asked}
    return {**needed, **{name: line for name, line in known.items() if name not in needed}}


def question(kind: str, name: str, library: Library) -> str:
    """Return what is asked for a field: its name, its help, and what there is to choose from."""
    line, choices = fields(kind)[name], _choices(kind, name, library) or []
    unsaid = any(choice not in line for choice in choices)
    return f"{name}: {line}" + (f" [{', '.join(choices)}]" if unsaid else "")


def wrong(kind: str, name: str, value: str, library: Library) -> str:
    """Return what is wrong with a value, and how it is mended; nothing where it is right."""
    if name == "id" and (not re.fullmatch(ID, value) or len(value) > 80):
        return f'"{value}" is not an id. Use small letters, digits and hyphens, as in inf-scope.'
    if name == "id" and kind == "claim" and value in _TAKEN:
        return f'"{value}" is taken: another file beside the claims has this name.'
    choices = _choices(kind, name, library)
    if choices is not None and value not in choices:
        known = suggestion(value, choices) or f"Known: {', '.join(choices) or 'none yet'}."
        return f'"{value}" is no choice for "{name}". {known}'
    if name in ("id", "document", "text"):
        return ""
    try:
        MODELS[kind].model_validate({name: value})
    except ValidationError as error:
        faults = (fault for fault in error.errors(include_url=False) if fault["loc"][:1] == (name,))
        found = (describe(MODELS[kind], "", fault) for fault in faults)
        return next((f"{finding.message}. {finding.mend}" for finding in found), "")
    return ""


def path(kind: str, given: Mapping[str, str]) -> str:
    """Return where the card goes, below the root; nothing while its names are not all given."""
    try:
        return KINDS[kind].place.format_map(given)
    except KeyError:
        return ""


def former(library: Library) -> dict[str, str]:
    """Return by file the places where no card goes: an address that leads to another card now."""
    return {
        f"content/documents/{address}.yaml": f'"{address}" is a former address of "{entry.id}"'
        for entry in library.claims.values()
        for address in entry.card.formerly
    }


def following(kind: str, given: Mapping[str, str]) -> str:
    """Return what is to be done next."""
    return KINDS[kind].following.format_map(given)


def draft(kind: str, given: Mapping[str, str], library: Library, today: dt.date) -> tuple[str, str]:
    """Return where a card goes and the text of its file.

    What is given is right, and all that is asked is given; `text` is a document's text itself.
    """
    shape, file = _shape(kind), path(kind, given)
    values: dict[str, Any] = dict.fromkeys(shape["required"], OWED)
    values |= {name: value for name, value in given.items() if name in shape["properties"]}
    values |= {
        name: value for name, value in _known(kind, given, library, today).items() if name not in given
    }
    if kind == "document":
        values["text"] = {"sha256": digest(normalise(given["text"]))}
    return file, "\n".join([*_head(_owed(kind, file, values, library, today)), *_body(shape, values), ""])


def _known(kind: str, given: Mapping[str, str], library: Library, today: dt.date) -> dict[str, Any]:
    """Return what a new card says without being told."""
    match kind:
        case "claim":
            return {"checked": today.isoformat(), "status": "draft"}
        case "document":
            return {"short": given["title"], "language": library.site.language}
        case "timeline":
            source = {"key": "source", "title": OWED, "publisher": OWED, "url": "https://example.org/",
                      "kind": "reporting"}  # fmt: skip
            event = {"id": f"{given['id']}-begins", "date": today.isoformat(), "title": OWED}
            return {"documents": [], "events": [{**event, "sources": [source]}]}
        case _:
            return {}


def _owed(
    kind: str, file: str, values: Mapping[str, Any], library: Library, today: dt.date
) -> list[tuple[str, str]]:
    """Return what a card owes before readers see it, as the rules say it: the field, and what to do."""
    card = MODELS[kind].model_validate(values)
    if not isinstance(card, Claim):
        return [(_name(at), line) for at, line in drafts.owed(card)]
    name = file.removeprefix("content/documents/").removesuffix(".yaml")
    entry = Entry(name, file, card.model_copy(update={"status": "published"}))
    published = replace(library, claims={**library.claims, name: entry})
    return [
        (
            _name(finding.path),
            finding.mend if finding.code == "missing" else f"{finding.message}. {finding.mend}",
        )
        for finding in rules.findings(published, today)
        if finding.file == file
    ]


def _name(at: Path) -> str:
    return ".".join(part for part in at if isinstance(part, str))


def _head(owed: Iterable[tuple[str, str]]) -> Iterator[str]:
    lines = [f"{field}: {line}" for field, line in owed]
    if lines:
        yield "# A draft. Before readers see it, it still owes:"
        for line in lines:
            yield from textwrap.wrap(line, 98, initial_indent="#   ", subsequent_indent="#     ")
    yield '# A line that begins with "#" is a field that it may have: take "# " away and fill it in.'


def _body(shape: Shape, values: Mapping[str, Any]) -> Iterator[str]:
    """Give every field in the order of the model: those that have no value as comments."""
    for name, field in shape["properties"].items():
        value, group = values.get(name), field.get("items", field)
        if value is None:
            yield from (f"# {line}" for line in _open(name, field))
        elif isinstance(value, str) or not value:
            yield from writing.field(name, value, _help(field) if value == OWED else "")
        else:
            yield f"{name}:"
            for item in [value] if isinstance(value, dict) else value:
                yield from _within(_body(group, item), item is not value)


def _within(lines: Iterable[str], entry: bool) -> Iterator[str]:
    """Indent the lines of a group, or of one entry of a list."""
    for number, line in enumerate(lines):
        yield f"  {'- ' if entry and not number else '  ' * entry}{line}"


def _open(name: str, field: Shape) -> Iterator[str]:
    """Give a field that is not filled in, and all that it can hold."""
    yield f"{name}:  # {_help(field)}"
    group = field.get("items", field)
    if group.get("type") == "object":
        inner = (line for part, held in group["properties"].items() for line in _open(part, held))
        yield from _within(inner, "items" in field)


def _help(field: Shape) -> str:
    line: str = field.get("description", "")
    choices = field.get("enum", ())
    missing = [choice for choice in choices if choice not in line]
    return f"{line} One of: {', '.join(choices)}." if missing else line


@cache
def _shape(kind: str) -> Shape:
    return shapes()[kind]


def _lines(kind: str) -> dict[str, Shape]:
    """Return the fields of a card that hold one text."""
    properties: dict[str, Shape] = _shape(kind)["properties"]
    return {name: field for name, field in properties.items() if "string" in field.get("type", ())}


def _choices(kind: str, name: str, library: Library) -> list[str] | None:
    """Return what there is to choose from, None where anything can be said."""
    field = {**_shape(kind)["properties"], "document": {"choice": "document"}}.get(name, {})
    known: Mapping[str, Iterable[str]] = {
        "speaker": library.speakers,
        "document": library.documents,
        "verdict": library.verdicts,
        "event": [event.id for line in library.timelines.values() for event in line.card.events],
    }
    ids = known.get(field.get("choice", ""))
    return [*field["enum"]] if "enum" in field else None if ids is None else list(ids)
