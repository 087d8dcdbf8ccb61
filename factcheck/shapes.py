"""Shapes: what each kind of file may hold, made from the model in the words of JSON Schema.

A shape is as strict as the reading of cards, to which every plain scalar is text. All groups
stand in their place; nothing is left that a pydantic schema says to programmers only.
"""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from .claim import Claim
from .content import Document, PageHead, Proof, Scale, Site, Speaker, Timeline, Topics
from .dates import PartialDate
from .fields import CLAIM_ID, ID, REPORTS, SHA256, URL, Record
from .ratings import Ratings
from .translation import ScaleWords, Translation

Shape = dict[str, Any]

DATE: str = TypeAdapter(PartialDate).json_schema()["anyOf"][0]["pattern"]
FORMS = {
    ID: ("id", "small letters, digits and hyphens, as in inf-scope"),
    CLAIM_ID: ("id of a claim", "its document, a slash and its card, as in vg-leader/inf-scope"),
    URL: ("web address", "the whole of it, from http:// or https:// on, without spaces"),
    REPORTS: ("e-mail or https address", "security@example.org, or a page from https:// on"),
    SHA256: ("digest", "64 digits and letters from a to f"),
    DATE: ("date", "2022, 2022-01 or 2022-01-27"),
}
KINDS: Mapping[str, type[Record]] = {
    "claim": Claim, "document": Document, "speaker": Speaker, "timeline": Timeline, "site": Site,
    "verdicts": Scale, "topics": Topics, "page": PageHead, "proof": Proof,
    "translation": Translation, "scale-words": ScaleWords, "ratings": Ratings,
}  # fmt: skip

# Which fields hold the id of what; other ids name the thing itself or a source of the same card.
_CHOSEN = {
    "Claim.speaker": "speaker", "Claim.quoted": "speaker", "Claim.verdict": "verdict",
    "Claim.settled_by": "event", "Claim.topics": "topic", "Correction.from": "verdict",
    "Correction.to": "verdict", "Document.author": "speaker", "Timeline.documents": "document",
    "Relation.contradicts": "claim", "Relation.repeats": "claim", "Relation.narrows": "claim",
    "Relation.depends_on": "claim", "Relation.supports": "claim", "Rating.verdict": "verdict",
}  # fmt: skip


def shapes() -> dict[str, Shape]:
    """Return the shape of each kind of file by the name of the kind.

    Beside the words of JSON Schema a field has `blank`, where it may be left blank, and `choice`,
    the kind of thing whose id it holds.
    """
    return {name: _shape(model) for name, model in KINDS.items()}


def _shape(model: type[Record]) -> Shape:
    whole = model.model_json_schema(by_alias=True)
    groups: dict[str, Shape] = {**whole.pop("$defs", {}), model.__name__: whole}
    for place, choice in _CHOSEN.items():
        group, _, name = place.partition(".")
        if group in groups:
            field = groups[group]["properties"][name]
            field.get("items", field)["choice"] = choice
    return _plain(whole, groups)


def _plain(node: Shape, groups: Mapping[str, Shape]) -> Shape:
    """Return a node of pydantic's schema as a shape, with all that it refers to in its place."""
    if "anyOf" in node:
        node = _merged(node)
    if "$ref" in node:
        group = groups[node["$ref"].rpartition("/")[2]]
        node = {**group, **{key: value for key, value in node.items() if key != "$ref"}}
    made = {key: value for key, value in node.items() if key not in ("title", "prefixItems")}
    if not isinstance(node.get("default"), str):
        made.pop("default", None)
    made |= _inner(node, groups)
    entry = made.get("items")
    helped = node.get("description") or (entry.get("description") if isinstance(entry, dict) else "")
    return {**made, "description": _sentence(helped)} if helped else made


def _sentence(text: str) -> str:
    """Return the first paragraph of a help text, without the path that ends it in brackets."""
    return re.sub(r" \(\S+\.(yaml|md)\)\.$", ".", " ".join(text.split("\n\n", maxsplit=1)[0].split()))


def _inner(node: Shape, groups: Mapping[str, Shape]) -> Shape:
    """Return the shapes of the fields and entries of a node."""
    made: Shape = {
        key: {name: _plain(field, groups) for name, field in node[key].items()}
        for key in ("properties", "patternProperties")
        if key in node
    }
    if "patternProperties" in node:
        made["additionalProperties"] = False
    if "items" in node:
        made["items"] = _plain(node["items"], groups)
    if "prefixItems" in node:
        made |= {"items": [_plain(item, groups) for item in node["prefixItems"]], "additionalItems": False}
    return made


def _merged(node: Shape) -> Shape:
    """Return a field of several types as one: each word of JSON Schema minds its own type only."""
    options = [option for option in node["anyOf"] if option.get("type") != "null"]
    if any(option.get("type") == "string" for option in options):
        options = [option for option in options if option["type"] != "integer"]
    types = [option["type"] for option in options if "type" in option]
    merged: Shape = {key: value for option in options for key, value in option.items()}
    if len(types) > 1:
        merged["type"] = types
    if {"type": "null"} in node["anyOf"]:
        merged["blank"] = True
    return merged | {key: value for key, value in node.items() if key != "anyOf"}
