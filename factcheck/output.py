"""The output: finished files brought to a folder, each whole, only where it changed.

Nothing is touched before everything is made; leftovers go last. So a build that is stopped at
any moment leaves pages that work, and the next build mends what is missing.
"""

import contextlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Written:
    """How many files were written, were the same already, and were removed."""

    written: int
    unchanged: int
    removed: int


def write(files: Mapping[str, bytes], folder: Path) -> Written:
    """Make a folder hold these files and no others; what is hidden at its top stays.

    Raises OSError where the folder cannot be written, or holds other things and none of these files.
    """
    held = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if held.isdisjoint(files) and not all(name.startswith(".") for name in held):
        raise FileExistsError(f"{folder} holds other things, and all of them would be removed")
    written = 0
    for name, content in files.items():
        path = folder / name
        if not _holds(path, content):
            put(path, content)
            written += 1
    removed = _remove_leftovers(files, folder)
    return Written(written, len(files) - written, removed)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def put(path: Path, content: bytes) -> None:
    """Make a file hold this, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _remove_leftovers(files: Mapping[str, bytes], folder: Path) -> int:
    removed = 0
    for at, folders, names in os.walk(folder, topdown=False):
        here = Path(at)
        if here != folder and here.relative_to(folder).parts[0].startswith("."):
            continue
        for name in names:
            path = here / name
            known = path.relative_to(folder).as_posix() in files
            if not known and not (here == folder and name.startswith(".") and ".new-" not in name):
                path.unlink()
                removed += 1
        for name in folders:
            with contextlib.suppress(OSError):
                (here / name).rmdir()
    return removed
