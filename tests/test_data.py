"""The data of the site: every record as its schema says, every name resolved, every example run."""

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from shutil import which
from urllib.parse import urlsplit

import markdown
import pandas as pd
import pytest
from browsing import Publish, shown, site
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from factcheck.addresses import file_of
from factcheck.contracts import contract_of
from factcheck.folder import read_folder
from factcheck.markup import inline
from factcheck.prose import _marked, _plain
from factcheck.records import RECORDS
from factcheck.tables import TABLES, cell

Json = dict[str, object]


def read(name: str) -> Json:
    data = json.loads(site().files[name])
    assert isinstance(data, dict)
    return data


@cache
def records() -> Mapping[str, Json]:
    """Return by its file every JSON file that names a schema of the site."""
    found = {name: json.loads(raw) for name, raw in site().files.items() if name.endswith("index.json")}
    return {name: data for name, data in found.items() if "$schema" in data}


@cache
def home() -> str:
    return str(read("api/index.json")["url"])


def addresses(value: object, key: str = "") -> Iterator[str]:
    """Yield every address within the site that a record names, outside the card."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name != "card":
                yield from addresses(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from addresses(part, key)
    elif key in ("url", "$schema", "following", "original", "api", "translations", "atom", "json"):
        assert isinstance(value, str)
        if value.startswith(home()):
            yield value.removeprefix(home())


def test_every_page_has_its_record():
    pages = {name for name in site().files if name.endswith("index.html")}
    hidden = ("embed/index.html", "search/index.html")
    moved = {name for name in pages if b'http-equiv="refresh"' in site().files[name]}
    wanted = {name for name in pages - moved if not name.endswith(hidden)}
    assert {name.replace(".html", ".json") for name in wanted} == set(records())


def test_every_record_is_as_its_schema_says():
    made = {name: Draft202012Validator(read(name)) for name in site().files if name.startswith("api/schema/")}
    for schema in made.values():
        Draft202012Validator.check_schema(schema.schema)
    for name, data in records().items():
        schema = made[str(data["$schema"]).removeprefix(home())]
        assert [f"{error.json_path}: {error.message}" for error in schema.iter_errors(data)] == [], name


@pytest.mark.parametrize("which", ["real", "small"])
def test_every_other_json_file_is_as_its_contract_says(which: str):
    """With the records above, every JSON file of the site has a schema that the site publishes."""
    files = site().files if which == "real" else read_folder(ROOT / "tests/golden")[0]
    index = json.loads(files["api/index.json"])
    listed = {one["url"].removeprefix(index["url"]): one.get("schema") for one in index["files"]}
    for name in (name for name in files if name.endswith(".json")):
        data, kind = json.loads(files[name]), contract_of(name)
        if kind is None:
            assert data["$schema"].removeprefix(index["url"]) in files, name
            continue
        schema = json.loads(files[f"api/schema/{kind}.json"])
        if not name.startswith("search/") and name not in ("api/index.json", "manifest.json"):
            assert listed[name] == schema["$id"], name
        wrong = Draft202012Validator(schema).iter_errors(data)
        assert [f"{error.json_path}: {error.message}" for error in wrong] == [], name


def test_a_schema_says_what_each_field_holds():
    for kind in RECORDS:
        name = f"api/schema/{kind}.json"
        schema = read(name)
        for group in (schema, *dict(schema.get("$defs", {})).values()):  # type: ignore[call-overload]
            assert group["description"], name
            assert group.get("additionalProperties") is False or "enum" in group, name


def test_every_name_resolves():
    for name, data in records().items():
        for address in addresses(data):
            assert file_of(address) in site().files, f"{name}: {address}"


def test_lists_lead_through_all_their_entries():
    listed = [item["id"] for item in read("claims/index.json")["items"]]  # type: ignore[attr-defined]
    assert listed == [claim.id for claim in reversed(shown().claims)]


def test_the_list_of_all_files_is_whole_and_right():
    listed = {str(one["url"]).removeprefix(home()): one for one in read("api/index.json")["files"]}  # type: ignore[attr-defined]
    kinds = (".json", ".ndjson", ".jsonld", ".csv", ".md", ".bib", ".ics", ".xml")
    data = {name for name in site().files if name.endswith(kinds) and not name.startswith("search/")}
    assert set(listed) == data - {"api/index.json", "manifest.json"}
    for name, one in listed.items():
        content = site().files[name]
        assert (one["bytes"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest()), name


def test_every_line_is_the_record_of_its_claim():
    lines = [json.loads(line) for line in site().files["api/claims.ndjson"].decode().splitlines()]
    assert lines == [json.loads(site().files[f"{claim.address}index.json"]) for claim in shown().claims]


def test_the_graph_has_every_review_once():
    graph = read("api/claims.jsonld")["@graph"]
    assert isinstance(graph, list)
    rated = [claim for claim in shown().claims if claim.rated]
    assert [review["url"] for review in graph] == [f"{home()}{claim.address}" for claim in rated]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_is_what_the_package_says(table):
    raw = site().files[f"api/{table.name}.csv"]
    rows = list(csv.reader(io.StringIO(raw.decode(), newline=""), strict=True))
    assert rows[0] == list(table.columns)
    assert {len(row) for row in rows} == {len(table.columns)}
    resources = {one["name"]: one for one in read("api/datapackage.json")["resources"]}  # type: ignore[attr-defined]
    resource = resources[table.name]
    assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
    kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    for row in (dict(zip(rows[0], row, strict=True)) for row in rows[1:]):
        for name, value in row.items():
            fits = {"integer": r"-?\d*", "boolean": "true|false"}.get(kinds[name], r"[\s\S]*")
            assert re.fullmatch(fits, value), (name, value)


def test_keys_of_the_package_lead_to_rows():
    package = read("api/datapackage.json")
    frames = {
        one["name"]: pd.read_csv(io.BytesIO(site().files[f"api/{one['path']}"]), dtype=str)
        for one in package["resources"]  # type: ignore[attr-defined]
    }
    for one in package["resources"]:  # type: ignore[attr-defined]
        schema = one["schema"]
        if key := schema.get("primaryKey"):
            assert frames[one["name"]][key].is_unique
        for link in schema.get("foreignKeys", ()):
            there = frames[link["reference"]["resource"]][link["reference"]["fields"]]
            assert set(frames[one["name"]][link["fields"]].dropna()) <= set(there)


@given(st.text())
def test_no_cell_is_a_formula(text: str):
    written = cell(text)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert written.removeprefix("'") == text.removeprefix("'") or written == f"'{text}"


def test_a_claim_is_whole_in_markdown():
    for claim in shown().claims:
        text = site().files[f"{claim.address}index.md"].decode()
        assert re.sub(r"\\(?=[\[\]])", "", text).startswith(f"# {claim.words}\n")
        for source in claim.card.sources:
            assert f"\n[^{source.key}]: {source.publisher}. " in text, claim.id
            assert f"(<{source.url}>)" in text
        assert set(re.findall(r"\[\^([\w-]+)\](?!:)", text)) == {s.key for s in claim.card.sources}
        assert inline(text)  # no text of ours is too intricate


@given(st.lists(st.sampled_from(["<b>", "</b>", "<a ", "\\", "`", "&lt;", "*", "[", "a", " "])).map("".join))
def test_no_text_of_a_card_becomes_html_in_markdown(text: str):
    """Read by a Markdown that lets HTML through, as those of others may."""
    for made in (_marked(text), _plain(text)):
        assert not re.search(r"</?(?:a|b|ab|ba)[ />]", markdown.markdown(f"x {made} <i>y</i>"))


BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_examples_of_the_documentation_run(publish: Publish, tmp_path: Path):
    address = publish(site().files)
    text = (ROOT / "docs/data.md").read_text("utf-8").replace("https://before-24-february.example/", address)
    said = {}
    for language, code in BLOCK.findall(text):
        if language == "r" and not which("Rscript"):
            continue  # tests/install-tools brings it on Debian as root
        how = {
            "sh": ["sh", "-e", "-c", code],
            "python": [sys.executable, "-c", code],
            "r": ["Rscript", "-e", code],
            "sql": [sys.executable, "-m", "sqlite_utils", "query", "record.db", code],
        }[language]
        env = {"PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin", "HOME": str(tmp_path)}
        done = subprocess.run(how, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        said[language] = done.stdout
    assert "vg-leader" in said["python"]
    assert len(json.loads(said["sql"])) > 1
    assert "refutes" in said.get("r", "refutes")


def test_the_documentation_names_every_file():
    text = (ROOT / "docs/data.md").read_text("utf-8")
    for table in TABLES:
        assert f"{table.name}.csv" in text
    for name in site().files:
        kind = urlsplit(name).path.rpartition("/")[2]
        if name.startswith("api/") and "/" not in name[4:]:
            assert kind in text, name
