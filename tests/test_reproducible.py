"""The same content makes the same bytes, wherever and however it is built; and everybody may read them."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

# What differs between two machines: all of it at once, so that nothing leans on any of it.
HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1"}
THERE = {
    "TZ": "AAA-14", "LC_ALL": "C", "LANG": "tr_TR", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
    "PYTHONHASHSEED": "12345", "COLUMNS": "20", "HOME": "/nowhere", "NO_COLOR": "1",
}  # fmt: skip


def built(root: Path, settings: list[str], surroundings: dict[str, str]) -> dict[str, bytes]:
    """Build in a process of its own; return what came of it."""
    words = [sys.executable, str(ROOT / "tests/elsewhere.py"), *settings, "build", "--today", "2026-11-26"]
    env = {"PATH": os.environ["PATH"], **surroundings}
    subprocess.run([*words, "--root", root], env=env, cwd=root.parent, check=True, capture_output=True)
    return held(root / "site")


def held(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def copied(source: Path, root: Path, *, backwards: bool) -> Path:
    """Lay the content of the small site below `root`, the first file first or last."""
    for path in sorted(filter(Path.is_file, source.rglob("*")), reverse=backwards):
        copy = root / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return root


def test_the_same_content_makes_the_same_bytes_wherever_it_is_built(tmp_path: Path):
    """Other folder, time zone, locale, hash seed, order of files, umask, cores; a memory of other cards."""
    source, card = ROOT / "tests/small", "content/documents/council-reply/nobody-complained.yaml"
    here = built(copied(source, tmp_path / "here", backwards=False), ["022", "1", "1"], HERE)
    there = copied(source, tmp_path / "an other pläce", backwards=True)
    text = (there / card).read_text("utf-8")
    (there / card).write_text(text.replace("would_change: ", "would_change: Now "), "utf-8")
    other = built(there, ["077", "2", "2"], THERE)
    assert other != here
    (there / card).write_text(text, "utf-8")
    assert built(there, ["077", "2", "3"], THERE) == here
    for path in [there / "site", *(there / "site").rglob("*")]:
        wanted = 0o555 if path.is_dir() else 0o444
        assert stat.S_IMODE(path.stat().st_mode) & wanted == wanted, path
