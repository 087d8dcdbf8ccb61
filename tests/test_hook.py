"""The hook as other repositories use it: through pre-commit, at a commit."""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import ROOT

WHO = ("-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false")
CARD = "content/documents/open-letter/built-1871.yaml"


def run(folder: Path, *words: str, env: Mapping[str, str]) -> tuple[int, str]:
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def commit(folder: Path, env: Mapping[str, str]) -> tuple[int, str]:
    run(folder, "git", "add", "-A", env=env)
    return run(folder, "git", *WHO, "commit", "-m", "Change a card", env=env)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Let pre-commit install this package alone; what it leans on is taken from the tests, locked."""
    git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    own = {"PRE_COMMIT_HOME": str(tmp_path / "kept"), "PIP_NO_DEPS": "1"}
    return {**os.environ, **git, **own, "SOURCE_DATE_EPOCH": "1795219200"}  # 2026-11-21


@pytest.fixture
def hook(tmp_path: Path, env: dict[str, str]) -> str:
    """Put what this package consists of into a repository; return its last commit."""
    project = tmp_path / "project"
    for name in ("factcheck", "templates"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("build.py", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, project)
    run(project, "git", "init", "-q", env=env)
    commit(project, env)
    return run(project, "git", "rev-parse", "HEAD", env=env)[1].strip()


def test_a_commit_of_a_wrong_card_is_stopped(tmp_path: Path, env: dict[str, str], hook: str):
    newsroom = tmp_path / "newsroom"
    shutil.copytree(ROOT / "tests/small/content", newsroom / "content")
    config = f"repos:\n- repo: ../project\n  rev: {hook}\n  hooks:\n  - id: factcheck\n"
    (newsroom / ".pre-commit-config.yaml").write_text(config)
    run(newsroom, "git", "init", "-q", env=env)
    ended, said = run(newsroom, sys.executable, "-m", "pre_commit", "install", "--install-hooks", env=env)
    assert ended == 0, said
    env["PYTHONPATH"] = sysconfig.get_path("purelib")

    ended, said = commit(newsroom, env)
    assert "Fact-check cards.........................................................Passed\n" in said
    assert ended == 0

    card = newsroom / CARD
    card.write_text(card.read_text("utf-8").replace("topics: [bridge]", "topics: [bridg]"), "utf-8")
    ended, said = commit(newsroom, env)
    assert (
        f'{CARD}:39:10: error: there is no topic "bridg" [dangling]\n'
        "  39 | topics: [bridg]\n"
        "     |          ^^^^^\n"
        '      Did you mean "bridge"?\n'
        "\n"
        "1 error.\n"
    ) in said
    assert "- exit code: 1\n" in said
    assert ended == 1

    run(newsroom, "git", "restore", "--staged", "--worktree", ".", env=env)
    (newsroom / "notes.txt").write_text("No card.\n")
    ended, said = commit(newsroom, env)
    assert "(no files to check)Skipped" in said
    assert ended == 0
