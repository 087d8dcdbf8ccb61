"""What lies in the folder of the site is looked at by other processes, and taken for no more than it is."""

import os
import time
from hashlib import sha256
from pathlib import Path

import pytest

from factcheck import published, spread
from factcheck.memory import Remembering
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


def looked(folder: Path, memory: Remembering | None = None) -> Published:
    there = Published(str(folder), {} if memory is None else memory, time.time_ns())
    there.look()
    return there


def held(folder: Path, memory: Remembering | None = None) -> set[str]:
    there = looked(folder, memory)
    return {name for name, raw in FILES.items() if there.holds(name, len(raw), sha256(raw).digest())}


@pytest.mark.parametrize("cores", [1, 2, 5])
def test_each_file_is_told_by_its_name_and_what_it_holds(folder: Path, monkeypatch, cores: int):
    monkeypatch.setattr(spread, "cores", lambda: cores)
    monkeypatch.setattr(published, "cores", lambda: cores)
    assert held(folder) == EVERY
    (folder / "a/index.html").write_bytes(b"b")
    (folder / "api/claims.csv").unlink()
    (folder / "api/claims.csv").symlink_to(folder / "index.html")
    assert held(folder) == EVERY - {"a/index.html", "api/claims.csv"}
    (folder / "a/b/c").rename(folder / "a/c")
    assert held(folder) == {"index.html"}


EVERY = {"index.html", "a/index.html", "a/b/c/index.html", "api/claims.csv"}


@pytest.fixture
def known(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[bytes, bytes]:
    """What is known of a folder that nobody touched for long."""
    monkeypatch.setattr(published, "SETTLED", -1_000_000_000)
    known: dict[bytes, bytes] = {}
    looked(folder, known).remember({}, time.time_ns())
    return known


def refuse(path: str, _size: int | None = None) -> bytes:
    raise AssertionError(f"{path} was read")


def test_what_nobody_wrote_to_is_not_read(folder: Path, known: dict[bytes, bytes], monkeypatch):
    monkeypatch.setattr(published, "read", refuse)
    monkeypatch.setattr(spread, "cores", lambda: 1)
    with pytest.raises(AssertionError):
        held(folder)
    (folder / "a/empty.txt").unlink()  # the only one of which nothing is known
    assert held(folder, known) == EVERY


def test_whoever_writes_to_a_file_is_noticed_also_who_sets_its_time_back(folder: Path, known):
    page = folder / "a/index.html"
    before = page.stat()
    page.write_bytes(b"b")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = page.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert held(folder, known) == EVERY - {"a/index.html"}
    page.write_bytes(b"a")
    assert held(folder, known) == EVERY


def test_a_file_in_the_place_of_another_is_read(folder: Path, known: dict[bytes, bytes]):
    (folder / "a/index.html").rename(folder / "a/b/c/index.html")
    (folder / "a/index.html").symlink_to("b/c/index.html")
    assert held(folder, known) == {"index.html", "api/claims.csv"}


def test_a_file_is_known_where_it_was_alone(folder: Path, known: dict[bytes, bytes]):
    (folder / "a").rename(folder / "b")
    assert held(folder, known) == {"index.html", "api/claims.csv"}


def test_a_folder_knows_nothing_of_another(folder: Path, known: dict[bytes, bytes], monkeypatch):
    monkeypatch.setattr(published, "read", refuse)
    monkeypatch.setattr(spread, "cores", lambda: 1)
    (folder / "a/empty.txt").unlink()
    folder.rename(folder.with_name("other"))
    with pytest.raises(AssertionError):
        held(folder.with_name("other"), known)


def test_what_was_written_just_now_is_read_the_next_time(folder: Path):
    known: dict[bytes, bytes] = {}
    looked(folder, known).remember({}, time.time_ns())
    assert [*known.values()] == [b""]


def test_what_a_build_lays_down_need_not_be_read_by_the_next(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(published, "SETTLED", -1_000_000_000)
    monkeypatch.setattr(spread, "cores", lambda: 1)
    known: dict[bytes, bytes] = {}
    with Staging(tmp_path / "site", memory=known) as staging:
        files = {name: raw for name, raw in FILES.items() if raw and "/" in name}
        staging.filed |= {name: staging.lay(name, raw) for name, raw in files.items()}
        staging.publish()
    monkeypatch.setattr(published, "read", refuse)
    assert held(tmp_path / "site", known) == EVERY - {"index.html"}


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


def test_nobody_is_left_who_looks(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spread, "cores", lambda: 2)
    monkeypatch.setattr(published, "cores", lambda: 2)
    with Staging(folder) as staging:
        begun = [process for process, _ in staging._there._looking._begun] if staging._there else []
    assert begun
    assert not any(process.is_alive() for process in begun)
