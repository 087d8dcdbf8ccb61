"""Which commit last changed a card, on real git repositories."""

import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from test_changes import commit, git

from factcheck.revisions import versions

LETTER = "content/documents/open-letter"
LENGTH, CROSSINGS = f"{LETTER}/length.yaml", f"{LETTER}/crossings.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with the small site."""
    top = tmp_path / "site"
    shutil.copytree(ROOT / "tests/small/content", top / "content")
    git(top, "init", "-q", "-b", "main")
    commit(top)
    return top


def note(root: Path, file: str, text: str) -> None:
    """Add a comment to a card."""
    with (root / file).open("a") as card:
        card.write(f"# {text}\n")


def head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD").strip()


def last(root: Path, file: str) -> str:
    """Return the commit that git itself names for a file."""
    return git(root, "log", "-1", "--format=%H", "--", file).strip()


def test_each_file_has_the_commit_that_changed_it_last(root):
    first = head(root)
    note(root, LENGTH, "one")
    commit(root)
    second = head(root)
    (root / "README.md").write_text("No content.\n")
    commit(root)
    found = versions(root)
    assert found[LENGTH].commit == second != first == found[CROSSINGS].commit
    assert found[LENGTH].date == git(root, "log", "-1", "--format=%cs", second).strip()
    assert {file: version.commit for file, version in found.items()} == {
        file: last(root, file) for file in git(root, "ls-files", "content").split()
    }


def test_no_commit_is_named_where_a_card_is_not_as_it_was_committed(root):
    note(root, LENGTH, "not committed")
    note(root, CROSSINGS, "staged")
    git(root, "add", CROSSINGS)
    new = f"{LETTER}/new.yaml"
    shutil.copy(root / LENGTH, root / new)
    found = versions(root)
    assert found.keys() & {LENGTH, CROSSINGS, new} == set()
    assert len(found) == len(git(root, "ls-files", "content").split()) - 2


def test_a_card_that_was_only_touched_keeps_its_commit(root):
    text = (root / LENGTH).read_bytes()
    (root / LENGTH).unlink()
    (root / LENGTH).write_bytes(text)
    assert LENGTH in versions(root)


def test_no_commit_is_named_in_a_shallow_history(root, tmp_path):
    note(root, LENGTH, "one")
    commit(root)
    git(tmp_path, "clone", "-q", "--depth", "1", root.as_uri(), "shallow")
    assert versions(tmp_path / "shallow") == {}


def test_no_commit_is_named_without_a_history(tmp_path, monkeypatch, root):
    assert versions(tmp_path) == {}
    git(tmp_path, "init", "-q", "empty")
    (tmp_path / "empty/content").mkdir()
    assert versions(tmp_path / "empty") == {}
    monkeypatch.setenv("PATH", "")
    assert versions(root) == {}


def test_a_card_that_moved_has_the_commit_that_moved_it(root):
    moved = f"{LETTER}/metres.yaml"
    git(root, "mv", LENGTH, moved)
    commit(root)
    found = versions(root)
    assert found[moved].commit == head(root)
    assert LENGTH not in found


def test_a_change_that_a_merge_left_out_is_not_named(root):
    git(root, "checkout", "-q", "-b", "side")
    note(root, LENGTH, "lost")
    note(root, CROSSINGS, "kept")
    commit(root)
    side = head(root)
    git(root, "checkout", "-q", "main")
    note(root, f"{LETTER}/trickle.yaml", "elsewhere")
    commit(root)
    first = last(root, LENGTH)
    git(root, "merge", "-q", "--no-commit", "side")
    git(root, "checkout", "main", "--", LENGTH)
    note(root, f"{LETTER}/no-crack.yaml", "made in the merge itself")
    commit(root)
    found = versions(root)
    assert found[LENGTH].commit == first
    assert found[CROSSINGS].commit == side
    assert found[f"{LETTER}/no-crack.yaml"].commit == head(root)


def test_settings_of_a_user_change_nothing(root):
    git(root, "mv", LENGTH, f"{LETTER}/länge.yaml")
    commit(root)
    expected = versions(root)
    assert f"{LETTER}/länge.yaml" in expected
    for name, value in {
        "log.showRoot": "false", "diff.relative": "true", "diff.renames": "copies", "core.quotePath": "true",
        "log.showSignature": "true", "log.date": "relative", "diff.external": "false", "color.ui": "always",
        "format.pretty": "full", "log.decorate": "full", "diff.noprefix": "true",
    }.items():  # fmt: skip
        git(root, "config", name, value)
    assert versions(root) == expected


def test_a_site_in_a_folder_of_a_repository_has_its_commits(root, tmp_path):
    (tmp_path / "whole").mkdir()
    git(tmp_path / "whole", "init", "-q")
    shutil.copytree(root / "content", tmp_path / "whole/sites/one/content")
    commit(tmp_path / "whole")
    found = versions(tmp_path / "whole/sites/one")
    assert found[LENGTH].commit == head(tmp_path / "whole")
    note(tmp_path / "whole/sites/one", LENGTH, "not committed")
    assert LENGTH not in versions(tmp_path / "whole/sites/one")
