"""Wrong cards, and what an editor is told of each: tests/wrong/*.md, and files that are no text.

A case is a title, what is done to the small site, and every problem that is then reported.
Lines of a diff that begin with "-" or a space stand once in the file, those with "+" or a space
stand there afterwards; "@@" parts two places. Other blocks give a whole file, delete one, or give
one Windows line endings (crlf) or a byte order mark (bom). `pytest --accept` writes what is said now.
"""

import ast
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest
from conftest import ROOT

from build import assemble
from factcheck import folder
from factcheck.library import read_library

TODAY = dt.date(2026, 11, 21)
CASES = sorted((ROOT / "tests/wrong").glob("*.md"))
PART = re.compile(
    r"^## (?P<title>.+)\n|^```(?P<kind>\w+) ?(?P<path>.*)\n(?P<body>(?:.*\n)*?)```$", re.MULTILINE
)
BRIDGE = "content/documents/open-letter/built-1871.yaml"


@dataclass(frozen=True)
class Case:
    """One case: where it stands, what is done, and where it says what is told."""

    file: Path
    title: str
    edits: tuple[tuple[str, str, str], ...]
    told: re.Match[str]

    def __str__(self) -> str:
        return f"{self.file.stem}: {self.title}"


def read_cases(file: Path) -> list[Case]:
    cases, title, edits = [], "", []
    for part in PART.finditer(file.read_text("utf-8")):
        if part["title"]:
            title, edits = part["title"], []
        elif part["kind"] == "text":
            cases.append(Case(file, title, tuple(edits), part))
        else:
            edits.append((part["kind"], part["path"], part["body"]))
    return cases


def edit(root: Path, kind: str, name: str, body: str) -> None:
    path = root / name
    if kind == "delete":
        path.unlink()
    elif kind == "file":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, "utf-8")
    elif kind == "crlf":
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    elif kind == "bom":
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    else:
        for hunk in body.split("@@\n"):
            lines = hunk.splitlines(keepends=True)
            old = "".join(line[1:] for line in lines if line[0] != "+")
            new = "".join(line[1:] for line in lines if line[0] != "-")
            text = path.read_text("utf-8")
            assert text.count(old) == 1, f"{name} has not once:\n{old}"
            path.write_text(text.replace(old, new), "utf-8")


def told(root: Path) -> str:
    """Return all that is reported; a site is made if and only if no error stands."""
    site = assemble(root, TODAY)
    assert bool(site.files) == all(problem.level == "warning" for problem in site.problems)
    return "\n\n".join(map(str, site.problems)) or "No problems."


def take(case: Case, said: str) -> None:
    """Write what is said now into a case."""
    now = next(found for found in read_cases(case.file) if found.title == case.title).told
    text = case.file.read_text("utf-8")
    case.file.write_text(f"{text[: now.start('body')]}{said}\n{text[now.end('body') :]}", "utf-8")


@pytest.mark.parametrize("case", [case for file in CASES for case in read_cases(file)], ids=str)
def test_what_is_told_of(case: Case, small: Path, accept: bool):
    for kind, name, body in case.edits:
        edit(small, kind, name, body)
    said = told(small)
    if accept:
        take(case, said)
    else:
        assert said == case.told["body"].removesuffix("\n")


# Files that cannot stand in a case: what is done to the bytes of which file, and what is told.
BYTES: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "a card that is not UTF-8": (
        BRIDGE,
        lambda raw: raw.replace(b"The desk", b"The d\xe9sk"),
        f"{BRIDGE}:6:10: error: this is not UTF-8 text [encoding]\n"
        "   6 | by: The d�sk\n     |          ^\n      Save the file as UTF-8 text.",
    ),
    "a text that is not UTF-8": (
        "content/documents/open-letter/text.txt",
        lambda raw: raw.decode().encode("utf-16"),
        "content/documents/open-letter/text.txt:1:1: error: this is not UTF-8 text [encoding]\n"
        "   1 | ��T�o� �t�h�e� �C�o�u�n�c�i�l� �o�f� �W�e�x�m�e�r�e�\n     | ^\n"
        "      Save the file as UTF-8 text.",
    ),
    "a page that is not UTF-8": (
        "content/pages/method.md",
        lambda raw: raw + b"\xff",
        "content/pages/method.md:19:1: error: this is not UTF-8 text [encoding]\n"
        "  19 | �\n     | ^\n      Save the file as UTF-8 text.",
    ),
    "a template that is not UTF-8": (
        "templates/topics.html",
        lambda raw: raw + b"\xff",
        "templates/topics.html:16:1: error: this is not UTF-8 text [encoding]\n"
        "  16 | �\n     | ^\n      Save the file as UTF-8 text.",
    ),
    "an invisible character": (
        BRIDGE,
        lambda raw: raw.replace(b"The desk", "The dé\bsk".encode()),
        f"{BRIDGE}:6:11: error: the invisible character U+0008 is not allowed here [character]\n"
        "   6 | by: The dé�sk\n     |           ^\n      Delete it and type it anew.",
    ),
    "a file that is too large": (
        BRIDGE,
        lambda raw: raw + b"#" * 262_144,
        f"{BRIDGE}:1:1: error: the file has 263,391 bytes; the limit is 262,144 [size]\n"
        "      Split it into several cards.",
    ),
    "a hundred thousand brackets": (
        BRIDGE,
        lambda raw: raw + b"then: " + b"[" * 100_000,
        f"{BRIDGE}:41:46: error: fields are nested more than 40 levels deep [yaml]\n"
        f"  41 | then: {'[' * 124}…\n     | {' ' * 45}^",
    ),
    "dashes in a row": (
        BRIDGE,
        lambda raw: raw + b"then:\n" + b"- " * 50,
        f"{BRIDGE}:42:79: error: fields are nested more than 40 levels deep [yaml]\n"
        f"  42 | {'- ' * 50}\n     | {' ' * 78}^",
    ),
    "names that multiply": (
        BRIDGE,
        lambda raw: raw + b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        f"{BRIDGE}:41:4: error: anchors and aliases (&name, *name) are not used in cards [yaml]\n"
        '  41 | a: &a [x, x]\n     |    ^\n      Put the whole text between quotation marks: "...".',
    ),
    "a hidden file": ("content/.draft.yaml", lambda _: b"[", "No problems."),
    "a copy that an editor keeps": (f"{BRIDGE}~", lambda _: b"[", "No problems."),
    "what an editor has not saved yet": ("content/#site.yaml#", lambda _: b"[", "No problems."),
}


@pytest.mark.parametrize(("name", "change", "expected"), BYTES.values(), ids=BYTES)
def test_what_is_told_of_bytes(name: str, change: Callable[[bytes], bytes], expected: str, small: Path):
    path = small / name
    path.write_bytes(change(path.read_bytes() if path.exists() else b""))
    assert told(small) == expected


def test_what_is_told_of_a_file_that_leads_nowhere(small: Path):
    (small / BRIDGE).unlink()
    (small / BRIDGE).symlink_to("nowhere.yaml")
    assert told(small) == (
        f"{BRIDGE}:1:1: error: this is not an ordinary file [unreadable]\n"
        "      Replace it by the file itself."
    )


def test_what_is_told_of_a_folder_with_the_name_of_a_card(small: Path):
    folder = f"{BRIDGE.rpartition('/')[0]}/a-dir.yaml"
    (small / folder).mkdir()
    assert told(small) == (
        f"{folder}:1:1: error: this is a folder, not a card [unreadable]\n      Rename it, or remove it."
    )


def test_what_is_told_of_a_file_that_may_not_be_read(small: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(path: str, *how: Any, **more: Any) -> IO[Any]:
        if path == str(small / BRIDGE):
            raise PermissionError(13, "Permission denied")
        return Path(path).open(*how, **more)

    monkeypatch.setattr(folder, "open", refuse, raising=False)
    assert told(small) == (
        f"{BRIDGE}:1:1: error: this file cannot be read: Permission denied [unreadable]\n"
        "      Mend its permissions."
    )


@pytest.mark.parametrize(
    "written", ["no", "on", "12:30", "012", "1e3", "0x1F", "2022-01-27", "1_000", ".5", "=", "Yes"]
)
def test_what_was_written_stays_as_it_was(written: str, small: Path):
    edit(small, "diff", BRIDGE, f"-by: The desk\n+by: {written}\n")
    library, problems = read_library(small)
    assert library and not problems
    assert library.claims["open-letter/built-1871"].card.by == written


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_nothing(written: str, small: Path):
    edit(small, "diff", BRIDGE, f"-reviewed_by: Second reader\n+reviewed_by: {written}\n")
    library, problems = read_library(small)
    assert library and not problems
    assert library.claims["open-letter/built-1871"].card.reviewed_by is None


def test_every_case_has_a_title_of_its_own():
    for file in CASES:
        titles = [case.title for case in read_cases(file)]
        assert sorted(set(titles)) == sorted(titles)
        assert len(re.findall("^## ", file.read_text("utf-8"), re.MULTILINE)) >= len(titles) > 0


def test_every_kind_of_problem_has_a_case():
    """What git tells apart (changes, revisions) has its cases in test_changes.py, a build that stops
    in test_saves.py, a picture that lacks a font (drawing) in test_sharing.py, what is wrong by the
    hundred (more) in test_hostile.py."""
    codes = set()
    for path in (ROOT / "factcheck").glob("*.py"):
        if path.stem not in ("changes", "revisions", "preview", "drawing"):
            codes |= codes_of(path.read_text("utf-8"))
    assert len(codes) > 40
    said = "".join(path.read_text("utf-8") for path in [*CASES, Path(__file__)])
    codes -= {"more"}
    assert [code for code in sorted(codes) if f"[{code}]" not in said] == []


def codes_of(source: str) -> set[str]:
    """Return the codes of the problems, findings and faults of a model that a module makes."""
    places = {"Problem": 3, "Finding": 2, "PydanticCustomError": 0}
    codes = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places:
            code = node.args[places[node.func.id]]
            if isinstance(code, ast.Constant):
                codes.add(code.value.replace("_", "-"))
    return codes
