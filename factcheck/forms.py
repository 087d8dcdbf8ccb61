"""The forms for people who never open an editor: the configuration of Pages CMS (.pages.yml).

Made from the same models as the reading of cards, with the verdicts, topics, speakers, documents
and events of the site to choose from. The words are those of https://pagescms.org/docs/configuration.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from . import writing
from .fields import MAX_LENGTH
from .library import Library
from .shapes import FORMS, Shape, shapes
from .words import ENGLISH

Form = dict[str, Any]

HEAD = """\
# The forms of Pages CMS, which docs/forms.md tells how to switch on. Do not edit: this file is made
# from the models by `python build.py schema`. Make it anew after a change of the models, and when
# there is a new document, speaker, event, topic or verdict to choose from.
"""
_LABELS = {
    "url": "Web address", "same_as": "Wikidata address", "by": "Checked by", "sha256": "Digest",
    "text": "Text", "class": "Class of correction",
}  # fmt: skip
# Texts of one line; all others get room for several.
_LINES = {
    "title", "short", "name", "label", "publisher", "language", "role", "sort", "by", "reviewed_by", "form",
    "tagline", "contact", "derived_from", "to", "line", "reason",
}  # fmt: skip
# What the closed entries of a list are called by, the first that there is.
_SUMMARY = ("title", "label", "text", "note", "quote", "why")
_KEPT = {"delete": False}


def forms(library: Library) -> str:
    """Return the configuration, as the text of .pages.yml."""
    known = shapes()
    claim = {f"claim-{name}": field for name, field in _fields(known["claim"]).items()}
    whole = {"components": {**_offers(library), **claim}, "content": _content(library, known, list(claim))}
    return HEAD + "\n".join(writing.mapping(whole)) + "\n"


def _offers(library: Library) -> dict[str, Form]:
    """Return what there is to choose from on this site, by the kind of thing."""
    known: Mapping[str, Mapping[str, str]] = {
        "speaker": {name: entry.card.name for name, entry in library.speakers.items()},
        "verdict": {v.id: f"{v.label} ({v.of})" for v in library.verdicts.values() if v.of != "opinion"},
        "topic": {topic.id: topic.label for topic in library.topics.values()},
        "document": {name: entry.card.short for name, entry in library.documents.items()},
        "event": {
            event.id: f"{ENGLISH.short(event.date)}: {event.title}"
            for line in library.timelines.values()
            for event in line.card.events
        },
    }
    return {
        kind: {
            "type": "select",
            "options": {
                **({"multiple": True} if kind in ("topic", "document") else {}),
                "values": [{"value": name, "label": label} for name, label in choices.items()],
            },
        }
        for kind, choices in known.items()
    }


def _content(library: Library, known: Mapping[str, Shape], claim: Sequence[str]) -> list[Form]:
    body = {"name": "body", "label": "Text", "type": "rich-text", "options": {"media": False}}
    documents: list[Form] = []
    for name, entry in library.documents.items():
        claims = _collection(
            f"{name}-claims", "Claims", f"content/documents/{name}", "new-claim.yaml",
            [{"name": component.removeprefix("claim-"), "component": component} for component in claim],
        )  # fmt: skip
        claims |= {
            "description": "A card's file name is its address: small letters, digits and hyphens, .yaml.",
            "filename": {"template": "new-claim.yaml", "field": "create"},
            "exclude": ["document.yaml", "proof.yaml"],
            "view": {"primary": "claim", "fields": ["claim", "verdict", "status"]},
        }
        fields = _named(known["document"], spans=entry.card.date.first != entry.card.date.last)
        about = _file(f"{name}-document", "The document", f"content/documents/{name}/document.yaml", fields)
        documents.append({"name": name, "label": entry.card.short, "type": "group", "items": [claims, about]})
    speakers = _collection(
        "speakers", "Speakers", "content/speakers", "{name}.yaml", _named(known["speaker"])
    )
    timelines = _collection(
        "timelines", "Timelines", "content/timelines", "{title}.yaml", _named(known["timeline"])
    )
    pages = _collection("pages", "Pages", "content/pages", "{title}.md", [*_named(known["page"]), body])
    ratings = _file("ratings", "Ratings of others", "content/ratings.yaml", _named(known["ratings"]))
    return [
        *documents,
        speakers | {"view": {"primary": "name", "fields": ["name", "role"]}},
        timelines,
        pages | {"format": "yaml-frontmatter"},
        _file("topics", "Topics", "content/topics.yaml", _named(known["topics"])),
        _file("verdicts", "Scale", "content/verdicts.yaml", _named(known["verdicts"])),
        *([ratings] if library.ratings else []),
        _file("site", "Site", "content/site.yaml", _named(known["site"])),
    ]


def _collection(name: str, label: str, path: str, filename: str, fields: list[Form]) -> Form:
    return {"name": name, "label": label, "type": "collection", "path": path, "filename": filename,
            "format": "yaml", "subfolders": False, "operations": _KEPT, "fields": fields}  # fmt: skip


def _file(name: str, label: str, path: str, fields: list[Form]) -> Form:
    return {"name": name, "label": label, "type": "file", "path": path, "format": "yaml",
            "operations": _KEPT, "fields": fields}  # fmt: skip


def _named(shape: Shape, inner: bool = False, spans: bool = False) -> list[Form]:
    return [{"name": name, **field} for name, field in _fields(shape, inner, spans).items()]


def _fields(shape: Shape, inner: bool = False, spans: bool = False) -> dict[str, Form]:
    """Return the fields of a form; `inner` inside a list or group, `spans` where dates have two ends."""
    made = {}
    for name, field in shape["properties"].items():
        line = {"description": field["description"]} if "description" in field else {}
        # A form has no default here: Pages CMS would write it into every old card that is saved. So
        # whoever saves a claim says whether it is a draft.
        needed = {"required": True} if name in shape.get("required", ()) or name == "status" else {}
        label = {"label": _LABELS.get(name, name.replace("_", " ").capitalize())}
        made[name] = label | line | needed | _widget(name, field, bool(needed), inner, spans)
    return made


def _widget(name: str, field: Shape, needed: bool, inner: bool, spans: bool) -> Form:
    held = field.get("items", field)
    choice, kind, pattern = held.get("choice"), held.get("type"), held.get("pattern")
    many = "items" in field
    if choice and choice != "claim":
        return {"component": choice}
    if "enum" in held:
        return {"type": "select", "options": {"values": [*held["enum"]]}}
    if kind == "object" or (kind != "string" and spans and pattern):
        fields = _named(held, inner=True)
        return {"type": "object", **(_list(held) if many else {}), "fields": fields}
    if kind == "integer":
        ends = {"min": held.get("minimum"), "max": held.get("maximum")}
        return {"type": "number", "options": {key: end for key, end in ends.items() if end is not None}}
    listed = {"list": True} if many else {}
    if pattern:
        what = {"regex": pattern if needed or many else f"^({pattern[1:-1]})?$", "message": FORMS[pattern][1]}
        fixed = {"readonly": True} if name == "sha256" else {}
        return {"type": "string", **listed, "pattern": what, **fixed}
    if "Markdown" in field.get("description", "") and not (inner or many):
        return {"type": "rich-text", "options": {"media": False}}
    longest = held.get("maxLength", MAX_LENGTH)
    limit = {"options": {"maxlength": longest}} if longest < MAX_LENGTH else {}
    return {"type": "string" if name in _LINES else "text", **listed, **limit}


def _list(entry: Shape) -> Form:
    title = next((name for name in _SUMMARY if name in entry["properties"]), None)
    summary = {"summary": f"{{fields.{title}}}"} if title else {}
    return {"list": {"collapsible": {"collapsed": True, **summary}}}
