"""The published folder: the old site or the new one, page by page, whatever happens to a build."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DRAWN, ROOT, absent
from killing import held, start

from factcheck import output, published
from factcheck.memory import Memory
from factcheck.output import Staging, Written, write
from factcheck.published import entries


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two contents that differ in one claim, and in which pages there are."""
    for name in ("one", "two"):
        shutil.copytree(ROOT / "tests/small/content", tmp_path / name / "content")
        with Memory(tmp_path / name / ".cache/memory.sqlite") as memory:
            for key, value in DRAWN.items():
                memory[key] = value
    card = tmp_path / "two/content/documents/council-reply/nobody-complained.yaml"
    card.write_text(card.read_text("utf-8").replace("would_change: ", "would_change: Now "), "utf-8")
    extra = tmp_path / "two/content/pages/more.md"
    extra.write_text("---\ntitle: More\ndescription: More of it.\n---\nMore.\n", "utf-8")
    return tmp_path


def test_two_hundred_builds_are_killed_and_no_page_is_broken(folder: Path):
    words = [sys.executable, str(ROOT / "tests/killing.py"), str(folder), "200"]
    done = subprocess.run(words, capture_output=True, check=True, text=True)
    assert json.loads(done.stdout) == {"killed": 200, "broken": [], "mended": True, "left": []}


def test_two_builds_at_once_leave_one_site_whole(folder: Path):
    words = [sys.executable, "-c", "import sys; sys.path[:0] = sys.argv[1:3]; import killing, os, pathlib\n"
             "folder = pathlib.Path(sys.argv[3])\n"
             "for child in [killing.start(folder / name, folder / 'site') for name in ('one', 'two')]:\n"
             "    assert os.waitpid(child, 0)[1] == 0"]  # fmt: skip
    for _ in range(3):
        subprocess.run([*words, str(ROOT), str(ROOT / "tests"), str(folder)], check=True)
        for name in ("one", "two"):
            if not (folder / name / "site").exists():
                os.waitpid(start(folder / name, folder / name / "site"), 0)
        assert held(folder / "site") in [held(folder / name / "site") for name in ("one", "two")]


def test_a_build_that_waits_for_another_says_so(folder: Path):
    fcntl = pytest.importorskip("fcntl")
    site = folder / "one/site"
    site.mkdir()
    words = [sys.executable, str(ROOT / "build.py"), "--root", str(folder / "one"), "--today", "2026-11-22"]
    said = f"Another build is writing to {site}; this one waits for its end.\n"
    held_by_another = os.open(site, os.O_RDONLY)
    fcntl.flock(held_by_another, fcntl.LOCK_EX)
    with subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as waiting:
        assert waiting.stderr
        assert waiting.stderr.readline() == said
        assert waiting.poll() is None
        os.close(held_by_another)
        waiting.communicate()
    assert waiting.returncode == 0
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert "Another build" not in done.stderr


def test_what_is_in_the_way_goes(tmp_path: Path):
    site = tmp_path / "site"
    files = {"a/index.html": b"a", "b.html": b"b", "c/d/e.html": b"e"}
    write(files, site)
    shutil.rmtree(site / "a")
    (site / "a").write_bytes(b"a file where a folder belongs")
    (site / "b.html").unlink()
    (site / "b.html").mkdir()
    (site / "b.html/deep").write_bytes(b"a folder where a file belongs")
    shutil.rmtree(site / "c")
    (tmp_path / "elsewhere").mkdir()
    (site / "c").symlink_to(tmp_path / "elsewhere")
    write(files, site)
    assert held(site) == files
    shutil.move(site / "c", tmp_path / "linked")
    (site / "c").symlink_to(tmp_path / "linked")
    write(files, site)  # what is behind a link is not the site's, even where it is the same
    assert held(site) == files
    assert not (site / "c").is_symlink()
    assert not any((tmp_path / "elsewhere").iterdir())  # nothing is written through a link


def test_what_is_left_over_goes_with_the_folders_that_held_it(tmp_path: Path):
    site, elsewhere, files = tmp_path / "site", tmp_path / "elsewhere", {"a/b/c.html": b"c", "d.html": b"d"}
    write(files, site)
    for folder in ("a/b/none", "x/y/z", "old/er", ".git"):
        (site / folder).mkdir(parents=True)
    for file in ("a/old.html", "a/b/old.html", "old/er/index.html", "e.html", ".git/HEAD"):
        (site / file).write_bytes(b"old")
    elsewhere.mkdir()
    (elsewhere / "kept.html").write_bytes(b"not of the site")
    (site / "a/way").symlink_to(elsewhere)
    (site / "link.html").symlink_to(elsewhere / "kept.html")
    assert write(files, site) == Written(written=0, unchanged=2, removed=6)
    assert held(site) == files
    assert (site / ".git/HEAD").read_bytes() == b"old"
    assert {path.name for path in site.rglob("*") if path.is_dir()} == {"a", "b", ".git"}
    assert [path.name for path in elsewhere.iterdir()] == ["kept.html"]


def test_what_is_left_over_in_the_way_is_gone_already(tmp_path: Path):
    site = tmp_path / "site"
    write({"a/b/c.html": b"c", "d.html": b"d", "e.html": b"e"}, site)
    (site / "e.html").unlink()
    (site / "e.html").mkdir()
    files = {"a": b"a file", "d.html/index.html": b"a folder", "e.html": b"e"}
    assert write(files, site) == Written(written=3, unchanged=0, removed=0)
    assert held(site) == files


def test_a_folder_that_cannot_be_entered_is_not_left_over_in_silence(tmp_path: Path, monkeypatch):
    write({"a.html": b"a"}, tmp_path)
    (tmp_path / "old").mkdir()

    def refused(path: str) -> object:
        if "/old" in path:
            raise PermissionError(13, "Permission denied")
        return entries(path)

    for module in (published, output):
        monkeypatch.setattr(module, "entries", refused)
    with pytest.raises(PermissionError):
        write({"a.html": b"a"}, tmp_path)


def test_a_full_disk_leaves_the_site_as_it_was(tmp_path: Path):
    """A file that may grow to a thousand bytes only stands for a disk with no more room."""
    site = tmp_path / "site"
    write({"a.html": b"old"}, site)
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            write({"a.html": b"new", "b.html": b"b" * 2000}, site)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert held(site) == {"a.html": b"old"}
    assert [path.name for path in site.iterdir()] == ["a.html"]


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_may_only_be_read_is_told(folder: Path, there: bool):
    """Root may write anywhere, unless it lays down that right (capabilities(7))."""
    root, before = folder / "one", {}
    if there:
        os.waitpid(start(folder / "two", root / "site"), 0)
        before = held(root / "site")
    lay_down = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if lay_down and not shutil.which("setpriv"):
        absent("setpriv is not installed, without which root may write anywhere")
    paths = [root, *(path for path in root.rglob("*") if not path.is_symlink())]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(modes[path] & 0o555)
    try:
        words = [*lay_down, sys.executable, str(ROOT / "build.py"), "--root", str(root)]
        done = subprocess.run([*words, "--today", "2026-11-22"], capture_output=True, text=True, check=False)
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
    assert done.returncode == 1
    assert "The site was not written: [Errno 13] Permission denied: " in done.stderr
    assert "Traceback" not in done.stderr
    assert held(root / "site") == before


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(output.tempfile, "mkdtemp", refused)
    with pytest.raises(PermissionError), Staging(tmp_path / "site") as staging:
        staging.open()
    assert not (tmp_path / "site").exists()


def test_what_a_stopped_build_left_behind_goes(tmp_path: Path):
    site = tmp_path / "site"
    write({"a.html": b"a"}, site)
    (site / ".new-left/deep").mkdir(parents=True)
    (site / ".nojekyll").write_bytes(b"")
    write({"a.html": b"a"}, site)
    assert sorted(path.name for path in site.iterdir()) == [".nojekyll", "a.html"]
