"""A folder of files, read as bytes."""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from .earlier import NOTHING, Earlier
from .problems import Problem

MAX_BYTES = 8 * 1024 * 1024  # of a card far less fits, which cards.py tells; this is for memory
SETTLED = 3_000_000_000  # nanoseconds after which a file that is written again has another time, on any disk
_LEFT_OUT = re.compile(r"\..*|.*~|#.*#")


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the bytes of every file below a folder by its path, in order, and what was unreadable.

    A folder that is not there has none. What `is_left_out` names is left out; a folder that is named
    like a card is a problem.
    """
    return parted(each(folder))


Found = tuple[str, bytes | Problem]


def parted(found: Iterable[Found]) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the bytes of files by their path, and apart from them what was unreadable."""
    files: dict[str, bytes] = {}
    problems = []
    for name, one in found:
        if isinstance(one, bytes):
            files[name] = one
        else:
            problems.append(one)
    return files, problems


def each(folder: Path, earlier: Earlier = NOTHING) -> Iterator[Found]:
    """Yield the same, a folder at a time: the path of a file, its bytes or what keeps it from being read."""
    return chain.from_iterable(one.read() for one in folders(folder, earlier))


class Folder(NamedTuple):
    """A folder within the one that is read: its path there, the folders in it, and whether it holds links.

    `stamps` is another once one of its files is written, `read` gives each file's path and its bytes,
    or what keeps it from being read.
    """

    name: str
    read: Callable[[], Sequence[Found]]
    stamps: object = None
    folders: Sequence[str] = ()
    links: bool = False


def folders(folder: Path, earlier: Earlier = NOTHING) -> Iterator[Folder]:
    """Yield a folder and those below it, each before the folders in it.

    What was read `earlier`, and was not written since, is not read again. What is saved behind a link is
    told by another name, so where there are links all is looked at.
    """
    links = [os.path.islink(folder)]
    yield from _within(folder, "", earlier, links)
    if not any(links):
        earlier.looked()


def in_folders(files: Mapping[str, bytes]) -> Iterator[Folder]:
    """Yield the folders of files that were read, those of each next to one another."""
    for name, group in groupby(files.items(), lambda file: file[0].rpartition("/")[0]):
        yield Folder(name, partial(list[Found], [*group]))


class _Stamp(NamedTuple):
    """What the disk says of a file: another once something is written to it."""

    path: str
    written: int
    changed: int
    size: int
    number: int
    mode: int


def _within(folder: Path, name: str, earlier: Earlier, links: list[bool]) -> Iterator[Folder]:
    path = os.path.realpath(f"{folder}/{name}")
    found = earlier.untouched(("folder", path), path, partial(_looked_at, folder, name, path, earlier))
    yield found
    links.append(found.links)
    for one in found.folders:
        yield from _within(folder, f"{name}/{one}" if name else one, earlier, links)


def _looked_at(folder: Path, name: str, path: str, earlier: Earlier) -> Folder:
    try:
        entries, within = _scanned(path)
    except FileNotFoundError:
        return Folder(name, list)
    except OSError as error:
        told = (f"this folder cannot be read: {error.strerror}", "Mend its permissions.")
        wrong = Problem(f"{folder.name}/{name}", 0, 0, "unreadable", *told)
        return Folder(name, lambda: [(name, wrong)])
    stamps = _stamps(entries)
    files = partial(_read_all, folder, name, entries)
    read = partial(earlier.again, ("files", path), stamps, files)
    return Folder(name, read, stamps, [one.name for one in within], any(one.is_symlink() for one in entries))


def _read_all(folder: Path, within: str, entries: Iterable[os.DirEntry[str]]) -> list[Found]:
    home, read = os.path.realpath(folder), list[Found]()
    for entry in entries:
        name = f"{within}/{entry.name}" if within else entry.name
        try:
            found = _read(entry, home)
        except OSError as error:
            found = (f"this file cannot be read: {error.strerror or error}", "Mend its permissions.")
        if isinstance(found, bytes):
            read.append((name, found))
        else:
            read.append((name, Problem(f"{folder.name}/{name}", 0, 0, "unreadable", *found)))
    return read


def _stamps(entries: Sequence[os.DirEntry[str]]) -> object:
    """Return what is another once one of these files is written again.

    Where that was just now it is always another: the next time could be the same.
    """
    try:
        found = [(entry.path, entry.stat()) for entry in entries]
    except OSError:
        return object()
    latest = max((max(of.st_mtime_ns, of.st_ctime_ns) for _, of in found), default=0)
    if time.time_ns() - latest < SETTLED:
        return object()
    return [
        _Stamp(path, of.st_mtime_ns, of.st_ctime_ns, of.st_size, of.st_ino, of.st_mode) for path, of in found
    ]


def is_lasting(stamps: object) -> bool:
    """Return whether what tells the files of a folder will be the same again if nothing was written to them.

    Not so of files that were written just now, nor where the system numbers no files.
    """
    return isinstance(stamps, list) and all(one.number for one in stamps)


def is_left_out(name: str) -> bool:
    """Return whether a file or folder of this name is no content.

    So are hidden ones, and the copies that editors keep beside a file: card.yaml~, #card.yaml#.
    """
    return bool(_LEFT_OUT.fullmatch(name))


def _read(entry: os.DirEntry[str], within: str) -> bytes | tuple[str, str]:
    """Return what a file holds, or why it is none of the folder `within` and how that is mended."""
    if entry.is_symlink() and not os.path.realpath(entry.path).startswith(f"{within}{os.sep}"):
        return "this link leads out of the folder", "Replace it by the file itself."
    if entry.is_file(follow_symlinks=False) or os.path.isfile(entry.path):
        with open(entry.path, "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            if size <= MAX_BYTES:
                return file.read()
        return f"the file has {size:,} bytes; the limit is {MAX_BYTES:,}", "Split it into several files."
    if _is_folder(entry):
        return "this is a folder, not a card", "Rename it, or remove it."
    return "this is not an ordinary file", "Replace it by the file itself."


def _scanned(folder: str) -> tuple[list[os.DirEntry[str]], list[os.DirEntry[str]]]:
    """Return the files of a folder in order, and the folders in it.

    A folder that is named like a card or is a link counts as a file.
    """
    with os.scandir(folder) as found:
        entries = sorted((one for one in found if not is_left_out(one.name)), key=_name)
    folders = [one for one in entries if _is_folder(one)]
    files = [
        one
        for one in entries
        if one not in folders or one.is_symlink() or one.name.endswith((".yaml", ".md"))
    ]
    return files, [one for one in folders if not one.is_symlink()]


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False) or (entry.is_symlink() and os.path.isdir(entry.path))
