"""A folder of files, read as bytes."""

import os
from collections.abc import Iterator
from pathlib import Path

from .problems import Problem


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the bytes of every file below a folder by its path, in order, and what was unreadable.

    Hidden files and folders are left out; a folder that is named like a card is a problem.
    """
    files: dict[str, bytes] = {}
    problems = []
    for name in _names(folder):
        file = f"{folder.name}/{name}"
        path = folder / name
        if path.is_dir():
            mend = "Rename it, or remove it."
            problems.append(Problem(file, 0, 0, "unreadable", "this is a folder, not a card", mend))
            continue
        if not path.is_file():
            mend = "Replace it by the file itself."
            problems.append(Problem(file, 0, 0, "unreadable", "this is not an ordinary file", mend))
            continue
        try:
            files[name] = path.read_bytes()
        except OSError as error:
            message = f"this file cannot be read: {error.strerror or error}"
            problems.append(Problem(file, 0, 0, "unreadable", message, "Mend its permissions."))
    return files, problems


def _names(folder: Path) -> Iterator[str]:
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        named_like_cards = [name for name in folders if name.endswith((".yaml", ".md"))]
        for name in sorted(files + named_like_cards):
            if not name.startswith("."):
                yield (Path(at) / name).relative_to(folder).as_posix()
