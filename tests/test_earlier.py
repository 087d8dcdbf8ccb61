"""What was read earlier is not read again, and what was saved since is."""

import os
import shutil
import time
from collections.abc import Callable, Collection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import ROOT
from growing import TODAY, tried
from hypothesis import example, given
from hypothesis import strategies as st

from build import assemble
from factcheck import catalogue, dossier, folder, parsing
from factcheck.earlier import NOTHING, Earlier
from factcheck.folder import each

OLD = 1_700_000_000  # seconds since 1970
CARD = "content/documents/council-reply/nobody-complained.yaml"


def aged(root: Path) -> None:
    """Let all files have been written long ago."""
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, (OLD, OLD))


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were opened."""
    names, read = list[str](), folder._read
    monkeypatch.setattr(
        folder, "_read", lambda entry, within: names.append(entry.name) or read(entry, within)
    )
    monkeypatch.setattr(folder, "SETTLED", 0)  # nothing is so new that its time may come again
    return names


@pytest.fixture
def content(small: Path) -> Path:
    aged(small)
    return small / "content"


def test_only_folders_in_which_something_was_saved_are_read(content: Path, looked: list[str]):
    earlier = Earlier()
    first = [*each(content, earlier)]
    assert first == [*each(content)]
    card = content.parent / CARD
    card.write_bytes(card.read_bytes() + b"# more\n")
    looked.clear()
    earlier.save([str(card.resolve())])
    assert [*each(content, earlier)] == [*first_with(first, card, content)]
    assert sorted(looked) == names_in(card.parent)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def first_with(found: list[Any], card: Path, content: Path) -> list[Any]:
    name = card.relative_to(content).as_posix()
    return [(one, card.read_bytes() if one == name else raw) for one, raw in found]


def test_where_nothing_is_told_what_was_written_is_found(content: Path, looked: list[str]):
    earlier = Earlier()
    assert [*each(content, earlier)] == [*each(content)]
    earlier.save([])
    card = content.parent / CARD
    card.write_bytes(card.read_bytes() + b"# more\n")
    there = [*each(content)]
    looked.clear()
    assert [*each(content, earlier)] == there
    assert sorted(looked) == names_in(card.parent)


class Coarse:
    """A file on a system that tells times by the second; here it is always the same one."""

    def __init__(self, entry: Any, now: int) -> None:
        self.entry, self.now = entry, now

    def __getattr__(self, name: str) -> Any:
        return getattr(self.entry, name)

    def stat(self) -> Any:
        of = self.entry.stat()
        return SimpleNamespace(st_mtime_ns=self.now, st_ctime_ns=self.now, st_size=of.st_size,
                               st_ino=of.st_ino, st_mode=of.st_mode)  # fmt: skip


def test_a_file_of_this_moment_is_read_again(content: Path, monkeypatch: pytest.MonkeyPatch):
    """Its time may be the same when it is written once more."""
    earlier, card, scanned, now = Earlier(), content.parent / CARD, folder._scanned, time.time_ns()

    def coarse(path: str) -> tuple[list[Any], list[Any]]:
        files, folders = scanned(path)
        return [Coarse(one, now) for one in files], folders

    monkeypatch.setattr(folder, "_scanned", coarse)
    for number in range(3):
        card.write_bytes(b"# %d" % number)
        earlier.save([])
        assert dict(each(content, earlier)) == dict(each(content))


DEEDS: dict[str, Callable[[Path], Collection[Path]]] = {}


def deed(do: Callable[[Path], Collection[Path]]) -> Callable[[Path], Collection[Path]]:
    DEEDS[do.__name__] = do
    return do


@deed
def write_a_card(home: Path) -> Collection[Path]:
    path = home / "documents/council-reply/length-121.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(path.read_bytes() + b"# more\n" if path.is_file() else b"# new\n")
    return [path]


@deed
def add_a_card(home: Path) -> Collection[Path]:
    path = home / "speakers/somebody-new.yaml"
    path.write_text("name: Somebody\n")
    return [path]


@deed
def remove_a_card(home: Path) -> Collection[Path]:
    path = home / "documents/open-letter/built-1871.yaml"
    path.unlink(missing_ok=True)
    return [path]


@deed
def move_a_folder(home: Path) -> Collection[Path]:
    here, there = home / "documents/council-reply", home / "documents/other-reply"
    if here.is_dir() and not there.exists():
        here.rename(there)
    return [here, there]


@deed
def make_a_folder_anew(home: Path) -> Collection[Path]:
    path = home / "documents/open-letter"
    names = [one.name for one in path.iterdir()]
    shutil.rmtree(path)
    path.mkdir()
    for name in names:
        (path / name).write_text("# other\n")
    return [path]


@deed
def link_a_card(home: Path) -> Collection[Path]:
    path = home / "speakers/linked.yaml"
    if not path.is_symlink():
        path.symlink_to(home / "documents/council-reply/length-121.yaml")
    return [path]


@tried(few=30, a_second=20)
@given(st.lists(st.sampled_from(sorted(DEEDS)), max_size=6))
@example(["move_a_folder", "write_a_card"])  # into a folder of which nobody told
def test_whatever_is_done_what_is_read_is_what_there_is(tmp_path_factory: pytest.TempPathFactory, deeds):
    home = tmp_path_factory.mktemp("home") / "content"
    shutil.copytree(ROOT / "tests/small/content", home)
    aged(home)
    earlier = Earlier()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder, "SETTLED", 0)
        for name in ["", *deeds]:
            told = DEEDS[name](home) if name else []
            earlier.save([str(path) for path in told])
            assert [*each(home, earlier)] == [*each(home)]


def test_only_what_was_saved_is_made_anew_in_a_preview(small: Path, monkeypatch: pytest.MonkeyPatch):
    """The card is read, its document asked, its claims resolved; no page is planned but those looked at."""
    monkeypatch.setattr(folder, "SETTLED", 0)
    aged(small)
    done: list[tuple[str, str]] = []

    def noting(module: Any, name: str, told: Callable[..., str]) -> None:
        make = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given: done.append((name, told(*given))) or make(*given))

    noting(parsing.cards, "read", lambda _model, file, _raw: file)
    noting(catalogue, "show", lambda _library, entry, *_: entry.id)
    noting(dossier, "_published", lambda claim, *_: claim.id)
    earlier, card = Earlier(), small / CARD
    assemble(small, TODAY, preview=True, earlier=earlier)
    assert {what for what, _ in done} == {"read", "show"}
    done.clear()
    card.write_text(card.read_text("utf-8").replace("would_change: ", "would_change: Now "), "utf-8")
    earlier.save([str(card.resolve())])
    site = assemble(small, TODAY, preview=True, earlier=earlier)
    assert [file for what, file in done if what == "read"] == [CARD]
    assert {name.split("/")[0] for what, name in done if what == "show"} == {"council-reply"}
    assert b"Now " in site.files["documents/council-reply/nobody-complained/index.html"]
    assert {name.split("/")[0] for what, name in done if what == "_published"} == {"council-reply"}
    assert {**site.files} == {**assemble(small, TODAY, preview=True).files}


def test_a_folder_that_cannot_be_entered_is_told_wherever_the_root_is(small: Path, monkeypatch):
    scanned = folder._scanned

    def refused(path: str) -> Any:
        if path.endswith("/council-reply"):
            raise PermissionError(13, "Permission denied", path)
        return scanned(path)

    monkeypatch.setattr(folder, "_scanned", refused)
    monkeypatch.chdir(small.parent)
    (small.parent / "link").symlink_to(small)
    for root in (small, Path(small.name), Path("link")):
        for earlier in (NOTHING, Earlier()):
            (told,) = (one for _, one in each(root / "content", earlier) if not isinstance(one, bytes))
            assert (told.file, told.code) == ("content/documents/council-reply", "unreadable")
            assert told.message == "this folder cannot be read: Permission denied"
