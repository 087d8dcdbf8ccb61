"""Citations: the version that they name, and the forms that others read."""

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import fastjsonschema
import pybtex
import pybtex.database
import pytest
from conftest import ROOT
from test_changes import commit, git

import build
from build import assemble
from factcheck.dates import PartialDate
from factcheck.folder import read_folder
from factcheck.revisions import Version

TODAY = dt.date(2026, 11, 22)
LENGTH = "content/documents/open-letter/length.yaml"
HOME = "https://check.example.org/wexmere/"
KEPT = "https://example.com/wexmere/check"
GIVEN = Version("0123456789abcdef0123456789abcdef01234567", PartialDate("2026-11-24"))


@pytest.fixture
def files(small: Path) -> Mapping[str, bytes]:
    return assemble(small, TODAY, versions={LENGTH: GIVEN}).files


def test_the_page_names_its_version_and_leads_to_the_card(files):
    page = files["documents/open-letter/length/index.html"].decode()
    assert f'<a href="{KEPT}/blob/{GIVEN.commit}/{LENGTH}">0123456789ab</a>' in page
    assert "Version of 12 November 2026 (0123456789ab). " in page
    other = files["documents/open-letter/crossings/index.html"].decode()
    assert "/blob/" not in other and "Version of 1 November 2026. " in other


def test_without_a_repository_the_version_leads_nowhere(small):
    path = small / "content/site.yaml"
    path.write_text(path.read_text("utf-8").replace(f"repository: {KEPT}\n", ""), "utf-8")
    page = assemble(small, TODAY, versions={LENGTH: GIVEN}).files["documents/open-letter/length/index.html"]
    assert b"This version of the card: 0123456789ab, " in page


def test_bibtex_is_read_by_a_bibtex_processor(files, tmp_path):
    claims = [name for name in files if name.endswith("cite.bib")]
    assert len(claims) == 17
    everything = b"\n".join(files[name] for name in claims).decode()
    found = pybtex.database.parse_string(everything, "bibtex")
    assert {f"documents/{key}/cite.bib" for key in found.entries} == set(claims)
    entry = found.entries["open-letter/length"]
    assert dict(entry.fields) == {
        "title": "{The mill bridge is 212 metres long}", "date": "2026-11-12", "year": "2026",
        "month": "November", "version": "0123456789ab", "note": "Verdict: False",
        "url": f"{HOME}documents/open-letter/length/",
    }  # fmt: skip
    assert str(entry.persons["author"][0]) == "{The Wexmere Check}"
    assert "version" not in found.entries["open-letter/crossings"].fields
    (tmp_path / "all.bib").write_text(everything)
    listed = pybtex.format_from_file(tmp_path / "all.bib", style="plain", output_backend="text")
    assert "The Wexmere Check. The mill bridge is 212 metres long. November 2026. Verdict: False." in listed


def test_bibtex_says_nothing_special_to_tex(small):
    card, odd = small / LENGTH, r"100 % of {R&D} at $5_000 is #1 \o/ ~^"
    text = card.read_text("utf-8")
    card.write_text(text.replace("The mill bridge is 212 metres long.", json.dumps(odd), 1), "utf-8")
    raw = assemble(small, TODAY).files["documents/open-letter/length/cite.bib"].decode()
    title = pybtex.database.parse_string(raw, "bibtex").entries["open-letter/length"].fields["title"]
    assert raw.count("{") == raw.count("}")
    assert title == (
        r"{100 \% of \textbraceleft{}R\&D\textbraceright{} at \$5\_000 is \#1 "
        r"\textbackslash{}o/ \textasciitilde{}\textasciicircum{}}"
    )


# What the Citation Style Language lets an item of CSL-JSON hold (csl-data.json, version 1.0.2), of
# names and types only what is used here: an item of another type, or with another name, is refused.
NAMES = {"type": "array", "items": {"type": "object", "additionalProperties": False, "minProperties": 1,
         "properties": {part: {"type": "string"} for part in ("family", "given", "literal")}}}  # fmt: skip
PARTS = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": ["integer", "string"]}}
DATE = {
    "type": "object", "additionalProperties": False, "required": ["date-parts"],
    "properties": {"date-parts": {"type": "array", "items": PARTS, "minItems": 1, "maxItems": 2}},
}  # fmt: skip
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": ["string", "number"]},
            "type": {"enum": ["article", "book", "chapter", "dataset", "document", "post", "report",
                              "review", "webpage"]},
            "author": NAMES, "issued": DATE, "accessed": DATE,
            **{name: {"type": "string"} for name in (
                "title", "container-title", "genre", "language", "note", "publisher", "status", "URL",
                "version",
            )},
        },
    },
}  # fmt: skip


def test_csl_json_is_as_the_citation_style_language_has_it(files):
    holds = fastjsonschema.compile(CSL)
    found = {name: json.loads(raw) for name, raw in files.items() if name.endswith("cite.json")}
    assert len(found) == 17
    for items in found.values():
        holds(items)
        assert len(items) == 1
    assert found["documents/open-letter/length/cite.json"] == [
        {
            "id": f"{HOME}documents/open-letter/length/",
            "type": "webpage",
            "title": "The mill bridge is 212 metres long",
            "author": [{"literal": "The Wexmere Check"}],
            "genre": "Fact check",
            "issued": {"date-parts": [[2026, 11, 12]]},
            "version": "0123456789ab",
            "note": "Verdict: False",
            "language": "en",
            "URL": f"{HOME}documents/open-letter/length/",
        }
    ]
    assert found["documents/council-reply/nobody-complained/cite.json"][0]["status"] == "withdrawn"


def test_the_page_leads_to_both_forms(files):
    page = files["documents/open-letter/length/index.html"].decode()
    assert '<a href="cite.bib">BibTeX</a><a href="cite.json">CSL-JSON</a>' in page


def test_clones_make_the_same_site_wherever_they_lie(tmp_path):
    root = tmp_path / "origin"
    shutil.copytree(ROOT / "tests/small/content", root / "content")
    git(root, "init", "-q")
    commit(root)
    with (root / LENGTH).open("a") as card:
        card.write("# Changed once more.\n")
    commit(root)
    made = []
    for place in ("here", "elsewhere/in another place"):
        git(tmp_path, "clone", "-q", root, place)
        assert build.main(["build", "--root", str(tmp_path / place), "--today", str(TODAY)]) == 0
        made.append(read_folder(tmp_path / place / "site")[0])
    assert made[0] == made[1]
    short = git(root, "rev-parse", "--short=12", "HEAD").strip().encode()
    named = [name for name, raw in sorted(made[0].items()) if short in raw]
    beside = ("cite.bib", "cite.json", "index.html", "index.json")
    assert [name for name in named if not name.startswith(("api/", "offline/"))] == [
        f"documents/open-letter/length/{name}" for name in beside
    ]
