"""What code editors and people are told of the fields: fresh, whole, and right of every card."""

import copy
import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from typing import Any

import fastjsonschema
import pytest
import yaml
from conftest import ROOT
from pydantic import ValidationError

from build import main
from factcheck import cards
from factcheck.library import read_library
from factcheck.manual import manual
from factcheck.places import model_of
from factcheck.schema import schemas, write_out
from factcheck.shapes import KINDS, shapes

SCHEMAS = ROOT / ".vscode/schema"
CONTENT = sorted((ROOT / "content").rglob("*.yaml"))
OFFERED = ("speaker", "document", "event", "claim")
CLOSED = (("verdict",), ("topics",), ("corrections", "from"), ("corrections", "to"))
TRAPS = (
    "no", "yes", "true", "False", "on", "12", "012", "0x1F", "0o14", "1.50", "1e3", ".inf", ".NaN", "12:30",
    "2022", "2022-01", "2022-01-27", "null", "~", "a" * 75, "1,000", "a-b", "12-34", "-1", "+7", "https://example.org/12",
)  # fmt: skip


class Core(yaml.SafeLoader):
    """YAML 1.2 as a code editor reads it (yaml.org/spec/1.2.2, section 10.3)."""


Core.yaml_implicit_resolvers = {}
for tag, shape in {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}.items():
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^({shape})$"), None)
Core.add_constructor(
    "tag:yaml.org,2002:int",
    lambda _, node: int(node.value, 0 if node.value[:2] in ("0x", "0o") else 10),
)


def kind_of(name: str) -> str:
    """Return the name of the kind of a file below content/."""
    return next(kind for kind, model in KINDS.items() if model is model_of(name))


@cache
def accepts(kind: str) -> Any:
    return fastjsonschema.compile(json.loads((SCHEMAS / f"{kind}.json").read_text()))


def refused(kind: str, data: object) -> str:
    try:
        accepts(kind)(data)
    except fastjsonschema.JsonSchemaValueException as error:
        return str(error.message)
    return ""


def without_cards(schema: dict) -> dict:
    """Return a schema without the ids that come with cards: a new card must not need it made anew."""
    known = {kind: ids for kind, ids in schema.get("definitions", {}).items() if kind not in OFFERED}
    return {**schema, "definitions": known}


def test_the_committed_files_are_fresh():
    library, _ = read_library(ROOT)
    made = {f"{name}.json": json.loads(write_out(schema)) for name, schema in schemas(library).items()}
    kept = {path.name: json.loads(path.read_text()) for path in SCHEMAS.iterdir()}
    stale = [name for name in {**made, **kept} if name not in made or name not in kept
             or without_cards(made[name]) != without_cards(kept[name])]  # fmt: skip
    assert not stale, f"{stale}: run python build.py schema"
    assert (ROOT / "docs/fields.md").read_text() == manual(), "docs/fields.md: run python build.py schema"


def test_the_command_writes_them(tmp_path, capsys):
    shutil.copytree(ROOT / "content", tmp_path / "content")
    assert main(["schema", "--root", str(tmp_path)]) == 0
    assert "up to date" in capsys.readouterr().out
    assert json.loads((tmp_path / ".vscode/schema/site.json").read_text())["required"]
    assert (tmp_path / "docs/fields.md").read_text() == manual()
    (tmp_path / "content/verdicts.yaml").unlink()
    assert main(["schema", "--root", str(tmp_path)]) == 1


def helped(shape: dict, path: str) -> Iterator[tuple[str, str]]:
    for name, field in shape.get("properties", {}).items():
        yield f"{path}.{name}", field.get("description", "")
        if field["type"] != ["string", "object"]:
            yield from helped(field, f"{path}.{name}")
    for within in (shape.get("items"), *shape.get("patternProperties", {}).values()):
        if isinstance(within, dict):
            yield from helped(within, f"{path}[]")


def test_every_field_has_its_help_in_the_reference():
    text, fields = manual(), [pair for name, shape in shapes().items() for pair in helped(shape, name)]
    assert len(fields) > 100
    assert [path for path, line in fields if not line] == []
    assert [path for path, _ in fields if f"| `{path.rpartition('.')[2]}` |" not in text] == []


def test_the_links_of_the_reference_lead_somewhere():
    headings = re.findall(r"^##+ (.*)$", manual(), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\(#([^)]+)\)", manual())) <= anchors and len(anchors) == len(headings)


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: "/".join(path.parts[-2:]))
def test_every_card_is_right_by_its_schema(path):
    name = path.relative_to(ROOT / "content").as_posix()
    assert refused(kind_of(name), yaml.load(path.read_text(), Core)) == ""


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("claim", {"verdct": "mixed"}), ("claim", {"verdict": "mixd"}), ("claim", {"verdict": "opinion"}),
        ("claim", {"claim": None}), ("claim", {"claim": ["a"]}), ("claim", {"short": "a" * 76}),
        ("claim", {"checked": "May 2022"}), ("claim", {"checked": 22}), ("claim", {"said": {"from": 2022}}),
        ("claim", {"topics": ["no-such"]}), ("claim", {"speaker": "The Kremlin"}),
        ("claim", {"related": [{"why": "a", "repeats": "no-slash"}]}), ("claim", {"formerly": [1]}),
        ("claim", {"sources": "a"}),
        ("speaker", {"kind": "state"}), ("speaker", {"same_as": "Q159"}), ("site", {"started": "soon"}),
        ("verdicts", {"verdicts": [{"id": "a"}]}), ("proof", {"places": {"Not an id": {}}}),
    ],
)  # fmt: skip
def test_wrong_cards_are_refused(kind, wrong):
    path = next(path for path in CONTENT if kind_of(path.relative_to(ROOT / "content").as_posix()) == kind)
    right = yaml.load(path.read_text(), Core)
    assert refused(kind, right) == ""
    assert refused(kind, {**right, **wrong}) != ""


def places(data: Any, path: tuple = ()) -> Iterator[tuple]:
    """Give the path of every scalar."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))
    if not isinstance(data, dict | list):
        yield path


def changed(data: Any, path: tuple, value: object) -> Any:
    if not path:
        return value
    made = copy.copy(data)
    made[path[0]] = changed(data[path[0]], path[1:], value)
    return made


def test_what_a_card_may_say_without_quotes_is_right_by_its_schema():
    tried: set[tuple] = set()
    flagged = []
    for file in CONTENT:
        name = file.relative_to(ROOT / "content").as_posix()
        kind, ours, theirs = (
            kind_of(name),
            cards.load(name, file.read_bytes())[0],
            yaml.load(file.read_text(), Core),
        )
        for path in places(ours):
            field = (kind, *(part for part in path if isinstance(part, str)))
            for word in TRAPS if field not in tried and kind != "proof" else ():
                try:
                    read = cards.load(name, f"x: {word}".encode())[0]["x"]
                    KINDS[kind].model_validate(changed(ours, path, read))
                except ValidationError:
                    continue
                known = field[1:] not in CLOSED
                message = refused(kind, changed(theirs, path, yaml.load(word, Core)))
                flagged += [(field, word, message)] if message and known else []
            tried.add(field)
    assert flagged == [] and len(tried) > 80
