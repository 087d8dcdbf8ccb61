"""What a code editor knows of the cards: JSON Schemas (draft-07) with the ids of this site.

A code editor reads YAML 1.2, to which a plain `true`, `2022` or `012` is no text, as it is to a
card. A schema allows what such an editor makes of right cards, so that nothing right is flagged.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .fields import ID, MAX_LENGTH
from .library import Library
from .shapes import DATE, FORMS, Shape, shapes
from .words import ENGLISH

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
# There are no verdicts and topics but those that the site lists. All else comes with a card of its
# own, so its ids are offered, not demanded: what was written a minute ago is not flagged.
_CLOSED = ("verdict", "topic")
# Said by what it is not, a type is allowed and no code editor proposes it.
_UNQUOTED: Mapping[str, Schema] = {
    "year": {"type": "integer", "minimum": 1000, "maximum": 9999},
    "unquoted": {
        "$comment": "a number, true or false: a card takes it for the text that is written",
        "not": {"type": ["string", "null", "array", "object"]},
    },
    "blank": {
        "$comment": "nothing yet",
        "not": {"type": ["string", "number", "boolean", "array", "object"]},
    },
}


def schemas(library: Library) -> dict[str, Schema]:
    """Return the JSON Schema of each kind of YAML file, by the name of the kind."""
    known = {**_UNQUOTED, **{choice: _offer(ids) for choice, ids in _choices(library).items()}}
    made: dict[str, Schema] = {}
    for name, shape in shapes().items():
        if name != "page":  # a page is Markdown, which the YAML server does not open
            schema = {"$schema": DRAFT, **_tolerant(shape)}
            used = set(re.findall(r'"#/definitions/(\w+)"', json.dumps(schema)))
            definitions = {word: known[word] for word in known if word in used}
            made[name] = {**schema, "definitions": definitions} if used else schema
    return made


def write_out(schema: Schema) -> bytes:
    """Return a schema as the bytes of its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False).encode() + b"\n"


def _choices(library: Library) -> Mapping[str, Mapping[str, str]]:
    """Return the ids that a card can choose from, each with what an editor must know to choose."""
    events = [event for timeline in library.timelines.values() for event in timeline.card.events]
    return {
        "verdict": {
            verdict.id: f"{verdict.label} ({verdict.of}): {verdict.meaning}"
            for verdict in library.verdicts.values()
            if verdict.of != "opinion"
        },
        "topic": {topic.id: f"{topic.label}: {topic.line}" for topic in library.topics.values()},
        "speaker": {name: f"{who.card.name}: {who.card.role}" for name, who in library.speakers.items()},
        "document": {name: document.card.title for name, document in library.documents.items()},
        "event": {event.id: f"{ENGLISH.long(event.date)}: {event.title}" for event in events},
        "claim": {name: claim.card.short or claim.card.claim for name, claim in library.claims.items()},
    }


def _offer(ids: Mapping[str, str]) -> Schema:
    """Return the choice among ids, which need not be one."""
    read = [(value, line) for name, line in ids.items() for value in (name, *_otherwise(name))]
    return {"enum": [value for value, _ in read], "enumDescriptions": [line for _, line in read]}


def _otherwise(text: str) -> Iterator[bool | int]:
    """Give what YAML 1.2 makes of a plain scalar that a card takes for text."""
    if text.lower() in ("true", "false"):
        yield text.lower() == "true"
    elif re.fullmatch(r"[0-9]+", text):
        yield int(text)


def _tolerant(shape: Shape) -> Schema:
    """Return a shape as a schema for one who reads YAML 1.2."""
    made: Schema = {key: value for key, value in shape.items() if key not in ("blank", "choice")}
    for key in ("properties", "patternProperties"):
        if key in shape:
            made[key] = {name: _tolerant(field) for name, field in shape[key].items()}
    if "items" in shape:
        many = isinstance(shape["items"], list)
        made["items"] = [*map(_tolerant, shape["items"])] if many else _tolerant(shape["items"])
    if "enum" in shape:
        others: list[Any] = [other for word in shape["enum"] for other in _otherwise(word)]
        others += [None] if shape.get("blank") else []
        made["enum"] = [*shape["enum"], *others]
        if others:
            del made["type"]
    elif shape["type"] in ("object", "array"):
        made["type"] = [shape["type"], "null"] if shape.get("blank") else shape["type"]
    else:
        return _value(shape)
    return made


def _value(shape: Shape) -> Schema:
    """Return the schema of one value: what it is, its bounds, and of which types it may be."""
    said: Schema = {key: shape[key] for key in ("description", "default") if key in shape}
    choice = shape.get("choice")
    known = [choice] if choice else []
    blank = ["blank"] if shape.get("blank") else []
    if choice in _CLOSED:
        return {**said, "anyOf": [_named(name) for name in known + blank]}
    types, others = _types(shape)
    if types == ["string"] and not known + others + blank:
        return {**said, **_bounds(shape), "type": "string"}
    group: Schema = {
        key: shape[key] for key in ("properties", "required", "additionalProperties") if key in shape
    }
    alternatives = [
        *map(_named, known),
        *({"type": name} for name in types),
        *([_tolerant({"type": "object", **group})] if group else []),
        *map(_named, others + blank),
    ]
    return {**said, **_bounds(shape), "anyOf": alternatives}


def _named(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _types(shape: Shape) -> tuple[list[str], list[str]]:
    """Return the types of a value, and by their definitions those that it has without quotes."""
    if shape["type"] == "integer":
        return ["integer", "string"], []
    pattern = shape.get("pattern")
    if pattern == DATE:
        return ["string"], ["year"]
    return ["string"], ["unquoted"] if pattern in (None, ID) else []


def _bounds(shape: Shape) -> Schema:
    """Return the bounds of a value; each minds values of its own type only."""
    names = ("minLength", "maxLength", "minimum", "maximum", "pattern")
    made: Schema = {name: shape[name] for name in names if name in shape}
    if shape["type"] == "integer":
        made["pattern"] = "^[0-9]+$"
    elif made.get("pattern") in FORMS:
        made["patternErrorMessage"] = "This is no {}; write {}.".format(*FORMS[made["pattern"]])
    elif made.get("maxLength", MAX_LENGTH) < MAX_LENGTH:  # the space at its ends does not count
        longest = made.pop("maxLength")
        made["pattern"] = rf"^\s*\S[\s\S]{{0,{longest - 1}}}\s*$"
        made["patternErrorMessage"] = f"At most {longest} characters fit."
    return made
