"""Hostile content stays content: it is told as a problem, or shown and does nothing.

The texts stand in tests/hostile/texts.yaml; what cannot stand in a text, files and folders, here.
"""

import html.parser
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from browsing import Publish, opened
from conftest import ROOT
from harmless import harms
from playwright.sync_api import Browser
from sowing import INERT, LETTER, TABLE, sown
from test_wrong import BRIDGE, TODAY

from build import Site, assemble
from factcheck.folder import read_folder
from factcheck.library import read_library
from factcheck.markup import block

MEMORY, SECONDS = 3 * 2**30, 120  # of the processor, for all hostile files in one run
Make = Callable[[Path], object]


# ---------- texts ----------


@pytest.fixture(scope="module")
def hostile(small_files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp("hostile")
    for name, content in sown(small_files).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    site = assemble(root, TODAY, address="https://example.org/some/where/")
    assert [str(problem) for problem in site.problems if problem.level == "error"] == []
    return site


class Acts(html.parser.HTMLParser):
    """All that could act in a page, if content had made it."""

    KNOWN = frozenset({"application/ld+json"})

    def __init__(self, page: str, offline: bool) -> None:
        super().__init__()
        self.found: list[str] = []
        self.offline = offline
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        link = given.get("href") or given.get("src") or ""
        script = tag == "script" and not (
            given.get("type") in self.KNOWN or (link.endswith(".js") and "//" not in link) or self.offline
        )
        foreign = tag not in ("a", "link") and "//" in link
        acts = any(name.startswith("on") or name in ("srcdoc", "ping", "srcset") for name in given)
        tags = tag in ("iframe", "object", "embed", "base", "img", "video", "math", "marquee")
        scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", link, re.IGNORECASE)
        wrong = scheme and scheme[1].lower() not in (
            "http",
            "https",
            "mailto",
            "webcal",
            "data" if tag == "link" else "",
        )
        if script or foreign or acts or tags or wrong:
            self.found.append(f"{tag} {given}")


def test_no_text_becomes_anything_that_acts(hostile: Site):
    pages = {name: content.decode() for name, content in hostile.files.items() if name.endswith(".html")}
    assert len(pages) > 80
    found = {name: Acts(page, name.startswith("offline/")).found for name, page in pages.items()}
    assert {name: acts for name, acts in found.items() if acts} == {}
    assert all(
        "49" not in page.replace("&#", "") or "{{ 7 * 7 }} = 49" not in page for page in pages.values()
    )


def test_data_and_feeds_can_be_read_whole(hostile: Site):
    for name, content in hostile.files.items():
        if name.endswith((".json", ".jsonld")):
            json.loads(content)
        elif name.endswith((".xml", ".svg")):
            ElementTree.fromstring(content)


def test_in_a_browser_no_script_runs_and_no_request_leaves(hostile: Site, browser: Browser, publish: Publish):
    top = publish(hostile.files)
    watch = """
      for (const name of ["hit", "alert"]) window[name] = () => console.error("a script ran");
      addEventListener("securitypolicyviolation", e => console.error("violation of " + e.violatedDirective));
    """
    with opened(browser) as (tab, heard):
        tab.add_init_script(watch)
        for name in (name for name in hostile.files if name.endswith(".html")):
            address = top + name.removesuffix("index.html")
            tab.goto(address)
            if b'http-equiv="refresh"' in hostile.files[name]:
                tab.wait_for_url(lambda url, left=address: url != left)
        said = [line for line in heard.said if not re.search("404|downloaded font|OTS parsing", line)]
        assert said == []
        assert [url for url in heard.asked if not url.startswith((top, "data:"))] == []


@pytest.mark.parametrize("text", INERT)
def test_markdown_of_a_hostile_text_does_nothing(text: str):
    assert Acts(str(block(text)), offline=False).found == []
    assert harms(str(block(text))) == []


REFUSED = [(code, text) for code, texts in TABLE["refused"].items() for text in texts]


@pytest.mark.parametrize(("code", "text"), REFUSED, ids=[text[:30] for _, text in REFUSED])
def test_what_is_refused_is_refused_in_writing_too(code: str, text: str, small: Path):
    """A backslash can write what no file may hold."""
    quoted = "".join(
        letter
        if letter.isascii() and letter.isprintable() and letter not in '"\\'
        else f"\\U{ord(letter):08x}"
        for letter in text
    )
    raw = (small / BRIDGE).read_text("utf-8")
    (small / BRIDGE).write_text(raw.replace("by: The desk", f'by: "{quoted}"'), "utf-8")
    _, problems = read_library(small)
    assert [(problem.file, problem.line, problem.code) for problem in problems] == [(BRIDGE, 6, code)]


# ---------- files ----------

X = f"{LETTER}x.yaml"


def wrote(name: str, content: bytes) -> Make:
    def make(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)

    return make


def leads(name: str, target: str) -> Make:
    return lambda root: (root / name).symlink_to(target)


def huge(name: str) -> Make:
    def make(root: Path) -> None:
        with (root / name).open("wb") as file:
            file.truncate(20 * 2**30)

    return make


def card(field: bytes, value: bytes) -> bytes:
    """Return the small site's card of the bridge with another value in a field."""
    raw = (ROOT / "tests/small" / BRIDGE).read_bytes()
    found = re.subn(rb"(?m)^(\s*-? *%s:).*$" % field, lambda m: m[1] + b" " + value, raw, count=1)
    assert found[1]
    return found[0]


# By file name: what is in a folder of cards, and the kind and words of what is told of it.
# ruff: noqa: E501
FILES: Mapping[str, tuple[bytes, str]] = {
    "ten-megabytes": (b'claim: "' + b"a" * 8_000_000 + b'"', "the limit is 262,144 [size]"),
    "levels": (b"then: " + b"[" * 10_000, "more than 40 levels deep [yaml]"),
    "levels-of-groups": (b"then: " + b"{a: " * 10_000, "more than 40 levels deep [yaml]"),
    "levels-of-dashes": (b"then:\n" + b"- " * 10_000, "more than 40 levels deep [yaml]"),
    "levels-of-lines": (b"".join(b" " * i + b"a:\n" for i in range(700)), '"a" is no field'),
    "tabs": (b"then:\n" + b"-\t" * 10_000, "a tab stands where spaces belong [yaml]"),
    "alias-bomb": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "not used in cards [yaml]"),
    "alias-to-itself": (b"a: &a [*a]\n", "not used in cards [yaml]"),
    "alias-to-nothing": (b"a: *nothing\n", "[yaml]"),
    "merge-key": (b"<<: {claim: x}\n", '"<<" is no field'),
    "python-call": (b'claim: !!python/object/apply:os.system ["id"]', "tags (!name) are not used"),
    "python-name": (b"claim: !!python/name:os.system", "tags (!name) are not used"),
    "python-module": (b"claim: !!python/module:os", "tags (!name) are not used"),
    "python-new": (b"claim: !!python/object/new:os.system [id]", "tags (!name) are not used"),
    "long-tag": (b'claim: !<tag:yaml.org,2002:python/name:os.system> ""', "tags (!name) are not used"),
    "own-tag": (b"%TAG ! tag:evil.example,2000:\n---\nclaim: !x y", "[yaml]"),
    "binary-tag": (b"claim: !!binary aGk=", "tags (!name) are not used"),
    "set-tag": (b"claim: !!set {a, b}", "tags (!name) are not used"),
    "two-cards": (b"claim: a\n---\nclaim: b\n", "begins a second card here [yaml]"),
    "null-byte": (b"claim: a\0b", "character U+0000 is not allowed here [character]"),
    "escape": (b"claim: \x1b[31m", "character U+001B is not allowed here [character]"),
    "utf-16": ("claim: a".encode("utf-16"), "this is not UTF-8 text [encoding]"),
    "utf-16-bare": ("claim: a".encode("utf-16-le"), "character U+0000 is not allowed here [character]"),
    "utf-32": ("claim: a".encode("utf-32"), "this is not UTF-8 text [encoding]"),
    "latin-1": (b"claim: caf\xe9", "this is not UTF-8 text [encoding]"),
    "overlong": (b"claim: \xc0\xbcscript>", "this is not UTF-8 text [encoding]"),
    "surrogate": (b"claim: \xed\xa0\x80", "this is not UTF-8 text [encoding]"),
    "surrogate-written": (b'claim: "\\ud800"', "begins a sign of YAML [yaml]"),
    "beyond-unicode": (b'claim: "\\UFFFFFFFF"', "begins a sign of YAML [yaml]"),
    "empty": (b"", "the file is empty [shape]"),
    "nothing": (b"~", "the file is empty [shape]"),
    "a-word": (b"x", "the file holds no fields [shape]"),
    "a-list": (b"- a\n- b", "the file holds no fields [shape]"),
    "a-list-as-name": (b"[a, b]: c", "the name of a field belongs [yaml]"),
    "a-group-as-name": (b"{a: b}: c", "the name of a field belongs [yaml]"),
    "nothing-as-name": (b"~: c", "[blank]"),
    "empty-name": (b'"": c', '"" is no field'),
    "long-name": (b'? "' + b"k" * 100_000 + b'"\n: v\n', "…\" is no field"),
    "proto": (b"__proto__: {claim: x}", '"__proto__" is no field'),
    "dunder": (b"__class__: x", '"__class__" is no field'),
    "many-fields": (b"".join(b"f%d: x\n" % i for i in range(20_000)), "more faults of this file are not told [more]"),
    "many-wrong-ids": (card(b"topics", b"[" + b"A," * 60_000 + b"]"), "59,900 more faults of this file are not told"),
    "many-sources": (b"sources:\n" + b"- {}\n" * 30_000, "more faults of this file are not told [more]"),
    "many-marks": (card(b"by", b'"' + b"[" * 19_000 + b'"'), "19,000 square brackets; at most 500 fit [length]"),
    "many-ticks": (card(b"by", b'"' + b"`|" * 9_000 + b'"'), "9,000 backticks; at most 500 fit [length]"),
    "many-lines": (card(b"by", b'"' + b"#\\n" * 5_000 + b'x"'), "more than 1,000 lines [length]"),
    "many-stars": (card(b"by", b'"' + b"*" * 5_000 + b'"'), "more than 1,000 times in a row [length]"),
    "many-spaces": (card(b"by", b'"[a](' + b" " * 5_000 + b'x"'), "more than 1,000 times in a row [length]"),
    "long-text": (card(b"by", b"ab" * 15_000), "at most 20000 fit [length]"),
    "long-id": (card(b"verdict", b"a" * 50_000), "at most 80 fit [length]"),
    "long-claim-id": (card(b"settled_by", b"a" * 50_000), "at most 80 fit [length]"),
    "long-choice": (card(b"kind", b"a" * 50_000), "…\" is no choice for"),
    "long-address": (card(b"url", b"https://a.example/" + b"a" * 50_000), "at most 4000 fit [length]"),
    "script-address": (card(b"url", b'"javascript:hit()//https://a.example"'), "is not a web address [form]"),
    "data-address": (card(b"url", b'"data:text/html,https://a.example"'), "is not a web address [form]"),
    "file-address": (card(b"url", b"file:///etc/passwd"), "is not a web address [form]"),
    "bare-address": (card(b"url", b"//evil.example/"), "is not a web address [form]"),
    "address-of-somebody": (card(b"url", b"https://a.example@evil.example/"), "is not a web address [form]"),
    "address-with-dot": (card(b"url", b'"https://a.example.@evil.example/"'), "is not a web address [form]"),
    "address-with-backslash": (card(b"url", b"https://evil.example\\@a.example/"), "is not a web address [form]"),
    "address-in-brackets": (card(b"url", b'"https://[.x/"'), "is not a web address [form]"),
    "address-with-tab": (card(b"url", b'"https://a\\t.example/"'), "is not a web address [form]"),
    "address-with-line": (card(b"url", b'"https://a.example/\\nX-Evil: 1"'), "is not a web address [form]"),
    "year-one": (card(b"checked", b"0001-01-01"), "pages show the years 1000 to 2999 [partial-date]"),
    "year-9999": (card(b"checked", b"9999-12-31"), "pages show the years 1000 to 2999 [partial-date]"),
    "wide-digits": (card(b"checked", "２０２６-11-20".encode()), "is not a date"),
    "path-as-id": (card(b"verdict", b"../../etc/passwd"), "is not an id [form]"),
    "script-as-id": (card(b"verdict", b"<script>hit()</script>"), "is not an id [form]"),
    "cyrillic-id": (card(b"verdict", "соrrect".encode()), "is not an id [form]"),
    "script-as-key": (card(b"key", b"\"'><script>\""), "is not an id [form]"),
}  # fmt: skip

# By path below content/: what is made there, and what is told of it.
PLACES: Mapping[str, tuple[Make, str]] = {
    X: (leads(X, "/etc/passwd"), "this link leads out of the folder [unreadable]"),
    f"{LETTER}up.yaml": (leads(f"{LETTER}up.yaml", "../../../../secret.yaml"), "this link leads out of the folder"),
    f"{LETTER}loop.yaml": (leads(f"{LETTER}loop.yaml", "loop.yaml"), "[unreadable]"),
    f"{LETTER}zero.yaml": (leads(f"{LETTER}zero.yaml", "/dev/zero"), "this link leads out of the folder"),
    "content/documents/etc": (leads("content/documents/etc", "/etc"), "this link leads out of the folder"),
    "content/pages/passwd.md": (leads("content/pages/passwd.md", "/etc/passwd"), "this link leads out of"),
    "templates/passwd.html": (leads("templates/passwd.html", "/etc/passwd"), "this link leads out of"),
    f"{LETTER}pipe.yaml": (lambda root: os.mkfifo(root / LETTER / "pipe.yaml"), "not an ordinary file [unreadable]"),
    "templates/pipe.html": (lambda root: os.mkfifo(root / "templates/pipe.html"), "not an ordinary file"),
    f"{LETTER}huge.yaml": (huge(f"{LETTER}huge.yaml"), "21,474,836,480 bytes; the limit is 8,388,608 [unreadable]"),
    "content/documents/council-reply/text.txt": (
        huge("content/documents/council-reply/text.txt"), "the limit is 8,388,608 [unreadable]"),
    f"{LETTER}a\nb.yaml": (wrote(f"{LETTER}a\nb.yaml", b"x"), "cannot stand in the address of a page [file-name]"),
    f"{LETTER}a\x1b[31m.yaml": (wrote(f"{LETTER}a\x1b[31m.yaml", b"x"), "[file-name]"),
    f"{LETTER}a\u202elmay.yaml": (wrote(f"{LETTER}a\u202elmay.yaml", b"x"), "[file-name]"),
    f"{LETTER}a\u200bb.yaml": (wrote(f"{LETTER}a\u200bb.yaml", b"x"), "[file-name]"),
    f"{LETTER}а.yaml": (wrote(f"{LETTER}а.yaml", b"x"), "[file-name]"),
    f"{LETTER}<script>.yaml": (wrote(f"{LETTER}<script>.yaml", b"x"), "[file-name]"),
    f"{LETTER}a:b.yaml": (wrote(f"{LETTER}a:b.yaml", b"x"), "[file-name]"),
    f"{LETTER}a b.yaml": (wrote(f"{LETTER}a b.yaml", b"x"), "[file-name]"),
    f"{LETTER}{os.fsdecode(b'%c' % 255)}.yaml": (
        wrote(f"{LETTER}{os.fsdecode(b'%c' % 255)}.yaml", b"x"), "[file-name]"),
    "content/documents/{{ 7 }}/x.yaml": (wrote("content/documents/{{ 7 }}/x.yaml", b"x"), "[file-name]"),
    "content/pages/api.md": (
        wrote("content/pages/nested.md", b"---\ntitle: x\ndescription: y\n---\n" + b"> " * 5_000), "[length]"),
}  # fmt: skip


def bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.fixture(scope="module")
def told(small_files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one check says of all hostile files together, in bounded time and memory."""
    root = tmp_path_factory.mktemp("files") / "site"
    for name, content in small_files.items():
        wrote(name, content)(root)
    (root.parent / "secret.yaml").write_text("secret: told nowhere\n")
    for name, (content, _) in FILES.items():
        wrote(f"{LETTER}{name}.yaml", content)(root)
    for make, _ in PLACES.values():
        make(root)
    words = [
        sys.executable,
        str(ROOT / "build.py"),
        "check",
        "--root",
        str(root),
        "--today",
        TODAY.isoformat(),
    ]
    done = subprocess.run(words, capture_output=True, preexec_fn=bounded, check=False)
    said = (done.stdout + done.stderr).decode()
    assert done.returncode == 1, said[-2000:]
    assert "Traceback" not in said and "told nowhere" not in said and "root:x:" not in said
    assert max(map(len, said.splitlines())) < 3_000
    return said


@pytest.mark.parametrize("name", FILES)
def test_what_is_told_of_a_hostile_file(name: str, told: str):
    said = [line for line in told.splitlines() if line.startswith(f"{LETTER}{name}.yaml:")]
    assert any(FILES[name][1] in line for line in said), said[:3]


@pytest.mark.parametrize("name", PLACES, ids=ascii)
def test_what_is_told_of_a_hostile_place(name: str, told: str):
    assert PLACES[name][1] in told


def test_a_folder_that_may_not_be_entered_is_told(small: Path, monkeypatch: pytest.MonkeyPatch):
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("open-letter"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    _, problems = read_folder(small / "content")
    assert [(one.file, one.code) for one in problems] == [("content/documents/open-letter", "unreadable")]


# ---------- what only shows in the finished site ----------


@pytest.mark.parametrize("link", ["//[x", "//℀.example", "http://[::1", "<java\tscript:hit()>"])
def test_a_link_that_cannot_be_read_is_told(link: str, small: Path):
    raw = (small / BRIDGE).read_text("utf-8")
    (small / BRIDGE).write_text(raw.replace("reasoning: |\n", f"reasoning: |\n  [x]({link}) x\n\n"), "utf-8")
    site = assemble(small, TODAY)
    assert {problem.code for problem in site.problems} <= {"link", "letters"}


@pytest.mark.parametrize(
    "link",
    ["https://good.example@evil.example/", "//evil.example/", "https:/evil.example", "https:evil.example"],
)
def test_a_link_that_hides_its_host_is_told(link: str, small: Path):
    raw = (small / BRIDGE).read_text("utf-8")
    (small / BRIDGE).write_text(raw.replace("reasoning: |\n", f"reasoning: |\n  [x]({link}) x\n\n"), "utf-8")
    told = {problem.message for problem in assemble(small, TODAY).problems if problem.code == "link"}
    assert told == {f'the link "{link}" does not name its host at once'}


@pytest.mark.parametrize("at", ["[-5, -4, -3, -2]", "[9, 3, 2, 1]"])
def test_offsets_that_lead_nowhere_are_told(at: str, small: Path):
    proof = small / "content/documents/council-reply/proof.yaml"
    proof.write_text(proof.read_text().replace("[186, 186, 218, 218]", at))
    _, problems = read_library(small)
    assert [problem.code for problem in problems] == ["range"]


def test_offsets_beyond_all_memory_cost_none(small: Path):
    proof = small / "content/documents/council-reply/proof.yaml"
    proof.write_text(proof.read_text().replace("218, 218]", "218, 99999999999999999999]"))
    assert "too-much" in {problem.code for problem in assemble(small, TODAY).problems}


def test_a_thousand_wrong_names_are_not_told_one_by_one(small: Path):
    data = yaml.safe_load((small / BRIDGE).read_text("utf-8"))
    raw = (small / BRIDGE).read_text("utf-8")
    assert data["topics"] == ["bridge"]
    (small / BRIDGE).write_text(raw.replace("[bridge]", f"[{'b, ' * 1_000}]"), "utf-8")
    said = assemble(small, TODAY).problems
    assert len(said) == 101 and {problem.code for problem in said} == {"dangling", "more"}


def test_there_are_enough():
    assert len(INERT) + len(REFUSED) + len(FILES) + len(PLACES) >= 150
