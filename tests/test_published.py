"""What lies in the folder of the site is looked at by other processes, and taken for no more than it is."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from factcheck import published, spread
from factcheck.output import Staging, write
from factcheck.published import Published

FILES = {
    "index.html": b"front", "a/index.html": b"a", "a/b/c/index.html": b"deep", "api/claims.csv": b"id\n",
    "a/empty.txt": b"", ".well-known/security.txt": b"hidden",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(FILES, tmp_path / "site")
    return tmp_path / "site"


def held(folder: Path) -> set[str]:
    there = Published(str(folder))
    there.look()
    return {name for name, raw in FILES.items() if there.holds(name, len(raw), sha256(raw).digest())}


@pytest.mark.parametrize("cores", [1, 2, 5])
def test_each_file_is_told_by_its_name_and_what_it_holds(folder: Path, monkeypatch, cores: int):
    monkeypatch.setattr(spread, "cores", lambda: cores)
    monkeypatch.setattr(published, "cores", lambda: cores)
    every = {"index.html", "a/index.html", "a/b/c/index.html", "api/claims.csv"}
    assert held(folder) == every
    (folder / "a/index.html").write_bytes(b"b")
    (folder / "api/claims.csv").unlink()
    (folder / "api/claims.csv").symlink_to(folder / "index.html")
    assert held(folder) == every - {"a/index.html", "api/claims.csv"}
    (folder / "a/b/c").rename(folder / "a/c")
    assert held(folder) == {"index.html"}


def test_what_was_not_seen_is_looked_at_when_it_is_asked_for(folder: Path):
    with Staging(folder) as staging:
        staging.look()
        for name, raw in FILES.items():
            known = staging.recall(name, len(raw), sha256(raw).digest())
            assert (known is None) == (not raw), name
            assert staging.recall(name, len(raw), sha256(b"other").digest()) is None


def test_a_process_that_is_lost_costs_time_only(folder: Path, monkeypatch: pytest.MonkeyPatch):
    seen, parent = published._seen, os.getpid()

    def lost(*given: object) -> bytes:
        if os.getpid() != parent:
            os._exit(1)
        return seen(*given)

    monkeypatch.setattr(published, "_seen", lost)
    assert "a/b/c/index.html" in held(folder)


def test_a_folder_that_cannot_be_entered_is_as_if_it_were_not_there(folder: Path, monkeypatch, capfd):
    entries = published.entries

    def refused(path: str) -> object:
        if path.endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return entries(path)

    monkeypatch.setattr(published, "entries", refused)
    assert held(folder) == {"index.html", "api/claims.csv"}
    assert capfd.readouterr().err == ""


def test_nobody_is_left_who_looks(folder: Path):
    with Staging(folder) as staging:
        begun = [process for process, _ in staging._there._looking._begun] if staging._there else []
    assert not any(process.is_alive() for process in begun)
