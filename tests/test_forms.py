"""The forms of Pages CMS: fresh, whole, with every choice, and in the words that it understands.

The words are those of lib/config-schema.ts of Pages CMS 2.1.4.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from conftest import ROOT

from build import main
from factcheck.forms import forms
from factcheck.library import Library, read_library
from factcheck.shapes import KINDS, Shape, shapes

Form = dict[str, Any]

WIDGETS = {"string", "text", "rich-text", "number", "select", "object"}
WORDS = {
    "name", "label", "description", "type", "required", "readonly", "pattern", "list", "options",
    "fields",
}  # fmt: skip
OPTIONS = {
    "string": {"maxlength"}, "text": {"maxlength"}, "rich-text": {"media"}, "number": {"min", "max"},
    "select": {"values", "multiple"}, "object": set(),
}  # fmt: skip
OF_CONTENT = {
    "name", "label", "description", "type", "path", "format", "filename", "exclude", "subfolders", "view",
    "operations", "fields",
}  # fmt: skip


@cache
def library() -> Library:
    found, problems = read_library(ROOT)
    assert found and not problems
    return found


@cache
def config() -> Form:
    made: Form = yaml.safe_load(forms(library()))
    return made


def content() -> dict[str, Form]:
    entries = {}
    for entry in config()["content"]:
        for item in entry["items"] if entry["type"] == "group" else [entry]:
            assert item["name"] not in entries
            entries[item["name"]] = item
    return entries


def whole(field: Form) -> Form:
    """Return a field with its component in its place."""
    while "component" in field:
        rest = {key: value for key, value in field.items() if key != "component"}
        field = {**config()["components"][field["component"]], **rest}
    return field


def fields(form: Form) -> Iterator[Form]:
    for field in map(whole, form.get("fields", [])):
        yield field
        yield from fields(field)


def form_of(kind: str) -> Form:
    names = {"claim": "vg-leader-claims", "document": "vg-leader-document", "page": "pages"}
    entries = content()
    return entries.get(names.get(kind, kind)) or entries[f"{kind}s"]


def without_choices(made: Form) -> Form:
    """Return a configuration without what grows with each speaker, event and topic."""
    grown = {name: made["components"][name] | {"options": {}} for name in ("speaker", "event", "topic")}
    return {**made, "components": {**made["components"], **grown}}


def test_the_committed_forms_are_fresh():
    """Whoever adds a speaker in a form need not know of this file; the choices may lag behind."""
    kept = yaml.safe_load((ROOT / ".pages.yml").read_text("utf-8"))
    assert without_choices(kept) == without_choices(config()), ".pages.yml: run python build.py schema"


def test_the_command_writes_them(small: Path):
    assert main(["schema", "--root", str(small)]) == 0
    found, _ = read_library(small)
    assert found
    assert (small / ".pages.yml").read_text("utf-8") == forms(found)
    assert "content/documents/open-letter/document.yaml" in forms(found)
    assert "content/ratings.yaml" in forms(found)


def missing(shape: Shape, form: Form, path: str) -> Iterator[str]:
    """Give the fields of a shape that a form lacks, has in another place, or does not explain."""
    named = {field["name"]: whole(field) for field in form["fields"]}
    if [name for name in named if name != "body"] != list(shape["properties"]):
        yield path
    for name, field in shape["properties"].items():
        made, group = named[name], field.get("items", field)
        if made.get("description") != field.get("description") or not made["label"]:
            yield f"{path}.{name}"
        needed = name in shape.get("required", ()) or (path, name) == ("claim", "status")
        if made.get("required", False) != needed:
            yield f"{path}.{name} required"
        if made["type"] == "object" and "properties" in group:
            yield from missing({"required": (), **group}, made, f"{path}.{name}")


def test_every_field_has_its_place_and_its_help():
    for kind in KINDS:
        if kind not in ("proof", "translation", "scale-words", "ratings"):
            assert list(missing(shapes()[kind], form_of(kind), kind)) == []


def test_every_document_has_its_forms():
    for name in library().documents:
        claims, about = content()[f"{name}-claims"], content()[f"{name}-document"]
        assert claims["path"] == f"content/documents/{name}"
        assert (ROOT / about["path"]).is_file()
        assert {field["name"] for field in claims["fields"]} == set(shapes()["claim"]["properties"])


def choices(kind: str, *path: str) -> set[str]:
    form = form_of(kind)
    for name in path:
        form = next(whole(field) for field in form["fields"] if field["name"] == name)
    return {value["value"] if isinstance(value, dict) else value for value in form["options"]["values"]}


def test_every_choice_of_the_site_is_offered():
    verdicts = {verdict.id for verdict in library().verdicts.values() if verdict.of != "opinion"}
    events = {event.id for line in library().timelines.values() for event in line.card.events}
    assert choices("claim", "verdict") == choices("claim", "corrections", "from") == verdicts
    assert choices("claim", "topics") == set(library().topics)
    assert choices("claim", "settled_by") == events
    assert choices("timeline", "documents") == set(library().documents)
    for path in (("claim", "speaker"), ("claim", "quoted"), ("document", "author")):
        assert choices(*path) == set(library().speakers)
    assert choices("claim", "kind") == {"statement", "quotation", "prediction", "opinion"}
    assert choices("claim", "sources", "stance") == {"supports", "refutes", "context"}
    assert choices("claim", "status") == {"draft", "published"}


def test_nothing_is_chosen_for_an_editor():
    """What Pages CMS chooses it also writes into old cards, which would make drafts of them."""
    assert not re.search(r"^ *default:", (ROOT / ".pages.yml").read_text("utf-8"), re.MULTILINE)


def test_the_words_are_those_of_pages_cms():
    assert set(config()) == {"components", "content"}
    for entry in content().values():
        assert set(entry) <= OF_CONTENT
        assert entry["type"] in ("collection", "file")
        assert entry["format"] in ("yaml", "yaml-frontmatter")
        assert not entry["path"].startswith("/")
        assert entry["operations"] == {"delete": False}
        assert (ROOT / entry["path"]).exists()
        assert set(entry.get("view", {}).get("fields", [])) <= {field["name"] for field in entry["fields"]}
        for field in fields(entry):
            assert set(field) <= WORDS
            assert re.fullmatch(r"[a-zA-Z0-9-_]+", field["name"])
            assert field["type"] in WIDGETS
            assert set(field.get("options", {})) <= OPTIONS[field["type"]]
            assert ("fields" in field) == (field["type"] == "object")
            assert isinstance(field.get("list", True), bool) or set(field["list"]) == {"collapsible"}


def test_patterns_let_blank_fields_be():
    for entry in content().values():
        for field in fields(entry):
            if "pattern" in field:
                blank = bool(re.fullmatch(field["pattern"]["regex"], ""))
                assert blank != bool(field.get("required") or field.get("list")), field["name"]
                assert field["pattern"]["message"]


def scalars(node: yaml.Node, form: Form | None, path: str) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Give every plain scalar that stands where a form expects a text."""
    if isinstance(node, yaml.MappingNode):
        named = {field["name"]: whole(field) for field in (form or {}).get("fields", [])}
        for key, value in node.value:
            assert key.value in named, f"{path}: no form for {key.value}"
            yield from scalars(value, named[key.value], f"{path}.{key.value}")
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from scalars(value, form, path)
    elif form and form["type"] == "object":
        raise AssertionError(f"{path}: a text stands where the form has a group")
    elif isinstance(node, yaml.ScalarNode) and form and form["type"] != "number" and node.style is None:
        yield path, node


def test_every_card_fits_its_form():
    """Pages CMS reads YAML 1.2: to it a plain 2019 or True is no text, and cannot be saved."""
    no_text = re.compile(r"true|false|null|~|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)(e[-+]?[0-9]+)?", re.I)
    found = set()
    for entry in content().values():
        path = ROOT / entry["path"]
        cards = [path] if path.is_file() else sorted(path.glob("*.yaml"))
        for card in cards:
            if card.name not in entry.get("exclude", []):
                node = yaml.compose(card.read_text("utf-8"), Loader=yaml.SafeLoader)
                found |= {(at.rpartition(".")[2], held.value) for at, held in scalars(node, entry, card.stem)
                          if no_text.fullmatch(held.value)}  # fmt: skip
    assert not found, f"put these between quotation marks: {found}"
