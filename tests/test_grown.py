"""What holds for any content, not only for that we thought of: read, checked, shown, compared."""

import os
import random
import re
import shutil
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from pathlib import Path
from posixpath import normpath
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

import pytest
from growing import FUZZ, SMALL, TODAY, Files, Tree, is_claim, sound, styles, tried, written
from hypothesis import example, given
from hypothesis import strategies as st
from revising import Told, revisions
from selectolax.lexbor import LexborHTMLParser
from shuffling import Shuffled
from spoiling import cards as any_cards
from spoiling import spoilt
from test_changes import git

import build
from build import Site, assemble
from factcheck import cards
from factcheck.changes import silent_changes
from factcheck.claim import Claim
from factcheck.digest import tell
from factcheck.library import Library, parse_library
from factcheck.problems import Problem, errors

DRAWN: dict[bytes, bytes] = {}


@pytest.fixture(autouse=True, scope="module")
def pictures() -> Iterator[None]:
    """Draw pictures only while fuzzing: they take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        if not FUZZ:
            patch.setattr(build, "pictures", lambda _shown: ())
        yield


@contextmanager
def laid(files: Files) -> Iterator[Path]:
    """Lay the files of a content into a folder of its own, where they can be laid."""
    with TemporaryDirectory() as folder:
        lay(files, Path(folder))
        yield Path(folder)


def lay(files: Files, root: Path) -> None:
    for name, raw in files.items():
        path = root / "content" / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
        except OSError:  # a name too long, or a file in the way
            continue


def made(files: Files) -> Site:
    with laid(files) as root:
        return assemble(root, TODAY, memory=DRAWN)


def holds(problem: Problem, files: Files) -> None:
    """A problem can be told, and its line and column are in its file."""
    assert problem.file
    assert problem.message
    assert str(problem)
    raw = files.get(problem.file.removeprefix("content/"))
    if (problem.line, problem.column) == (0, 0):
        return
    assert raw is not None, problem
    lines = re.split("\r\n?|\n", raw.decode("utf-8", "replace").removeprefix("\ufeff"))
    assert 1 <= problem.line <= len(lines), (problem, lines)
    assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, (problem, lines[problem.line - 1])
    assert problem.excerpt in ("", lines[problem.line - 1]), (problem, lines[problem.line - 1])


def leads(files: dict[str, bytes]) -> Iterator[str]:
    """Yield the links of a site that lead nowhere in it, as a browser reads them."""
    pages = {name: LexborHTMLParser(raw.decode()) for name, raw in files.items() if name.endswith(".html")}
    known = {name: {node.attributes["id"] for node in page.css("[id]")} for name, page in pages.items()}
    for name, page in pages.items():
        if name == "404.html" or name.startswith("offline/"):
            continue
        for node in page.css("[href], [src]"):
            link = node.attributes.get("href") or node.attributes.get("src") or ""
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (
                normpath(f"/{name.rpartition('/')[0]}/{unquote(parts.path)}").strip("/")
                if parts.path
                else name
            )
            target = target if target in files else f"{target}/index.html".strip("/")
            if target not in files or (unquote(parts.fragment) or None) not in {None, *known.get(target, ())}:
                yield f"{name}: {link}"


@tried(few=60, a_second=25)
@given(any_cards())
@example(b"{# nothing but the beginning of a group")
@example(b"claim: x\rshort: \0")
@example(b"claim: x\rshort: \xff")
@example(b"\xef\xbb\xbfclaim: x\nshorter: y\n")
@example(b"!(x%y")
@example(b"by: x\n?")
def test_any_card_gives_a_value_or_problems_at_their_places(raw: bytes):
    card, problems = cards.read(Claim, "content/x.yaml", raw)
    assert (card is None) == bool(errors(problems))
    for problem in problems:
        holds(problem, {"x.yaml": raw})


@tried(few=20, a_second=4)
@given(spoilt())
def test_any_content_gives_a_site_or_problems_at_their_places(files: Files):
    site = made(files)
    assert bool(site.files) != bool(errors(site.problems))
    for problem in site.problems:
        holds(problem, files)
    if site.files:
        assert list(leads({**site.files})) == []


@tried(few=8, a_second=1)
@given(sound(), styles)
def test_right_content_gives_a_site_however_it_is_written(tree, style):
    site = made(written(tree, style))
    assert [str(problem) for problem in errors(site.problems)] == []
    assert list(leads({**site.files})) == []


def test_a_site_with_claims_and_no_timeline_has_a_front_page():
    tree = {name: value for name, value in deepcopy(SMALL).items() if not name.startswith("timelines/")}
    tree["site.yaml"]["navigation"] = []
    for path in filter(is_claim, tree):
        tree[path].pop("settled_by", None)
    site = made(written(tree))
    assert [str(problem) for problem in errors(site.problems)] == []
    assert b'<figure class="loom"' in site.files["index.html"]


@tried(few=6, a_second=1)
@given(spoilt(), st.randoms(use_true_random=False))
def test_in_which_order_files_lie_is_the_same(files: Files, chance: random.Random):
    site = made(files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "scandir", partial(Shuffled, os.scandir, chance))
        other = made(files)
    assert other == site
    assert {**other.files} == {**site.files}


def parsed(files: Files) -> Library:
    library, problems = parse_library(files)
    assert library, problems
    return library


@tried(few=30, a_second=12)
@given(revisions())
def test_every_silent_change_is_told_and_no_other(revised: tuple[Tree, Tree, Told]):
    before, after, told = revised
    files = written(after)
    found = silent_changes(parsed(written(before)), parsed(files))
    assert {(one.file, one.code) for one in found} ^ told == set()
    for problem in cards.locate(found, {f"content/{name}": raw for name, raw in files.items()}):
        holds(problem, files)
    assert tell(parsed(written(before)), parsed(files))


@tried(few=20, a_second=15)
@given(spoilt(), spoilt())
def test_any_two_contents_can_be_compared(one: Files, other: Files):
    before, after = parse_library(one)[0], parse_library(other)[0]
    if before and after:
        assert tell(before, after)
        for problem in cards.locate(
            silent_changes(before, after), {f"content/{name}": raw for name, raw in other.items()}
        ):
            holds(problem, other)


@tried(few=4, a_second=5)
@given(revisions(), spoilt(), st.booleans())
def test_a_revision_is_what_was_committed(revised: tuple[Tree, Tree, Told], broken: Files, whole: bool):
    """Through git, as a pull request is checked."""
    before, after, told = revised
    with laid(written(before)) as root:
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Publish"]):
            git(root, *words)
        shutil.rmtree(root / "content")
        files = written(after) if whole else broken
        lay(files, root)
        problems = build.changed_silently(Namespace(root=root, since="HEAD"))
    if whole:
        assert {(one.file, one.code) for one in problems} ^ told == set()
    for problem in problems:
        holds(problem, files)
