"""A selection: the files and folders of the content that a check is asked of."""

import os
from pathlib import Path


def paths_of(file: Path, root: Path) -> set[Path]:
    """Return what a file or folder named on the command line can mean: nothing outside the content."""
    places = {way for name in ("content", "templates") for way in ways_to(root / name)}
    there = [path for path in (file, root / file) if path.exists() or path.is_symlink()]
    ways = [ways_to(path) for path in there]
    return {way for found in ways if any(w.is_relative_to(p) for w in found for p in places) for way in found}


def ways_to(path: Path) -> set[Path]:
    """Return the path from the top of the disk, as it is written and with links followed."""
    return {Path(os.path.abspath(path)), path.resolve()}  # noqa: PTH100  (the former keeps links)


def overlap(these: set[Path], those: set[Path]) -> bool:
    """Return whether of two files or folders one is the other or lies in it."""
    return any(a.is_relative_to(b) or b.is_relative_to(a) for a in these for b in those)


def is_text(path: str) -> bool:
    """Return whether there is a file with text at a path."""
    try:
        return bool(Path(path).read_text("utf-8"))
    except (OSError, ValueError):
        return False
