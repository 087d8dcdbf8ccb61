"""The output: finished files brought to a folder, each whole, only where it changed.

They are written beside the published ones, into a hidden folder, and move into their places when
all are there; leftovers go last. So a build that is stopped at any moment leaves pages that work,
and the next build mends what is missing.
"""

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from .lock import locked
from .manifest import SUMS
from .memory import FORGETTING, Remembering
from .published import Published, entries, read, stamp
from .shelf import Filed, Shelf

_FRESH = ".new-"
_MAKE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
_WELL_KNOWN = ".well-known/"  # RFC 8615; the one hidden folder that is published
_DIGITS = 64 + 2  # before each name in the sums, with the spaces


@dataclass(frozen=True)
class Written:
    """How many files were written, were the same already, and were removed."""

    written: int
    unchanged: int
    removed: int


class Staging(Shelf):
    """Files on their way into a folder: only those are kept that do not stand in it already.

    While it is open no other can write to the folder: that one waits, and calls `waits` after a second.
    A file is not read of which `memory` knows what it held, if nothing was written to it since.
    """

    def __init__(
        self, folder: Path, waits: Callable[[], None] = lambda: None, memory: Remembering | None = None
    ) -> None:
        super().__init__()
        self._waits, self._memory = waits, FORGETTING if memory is None else memory
        self.folder, self._fresh, self._made = str(folder), "", False
        self._lock: int | None = None
        self._ways = {self.folder: True}
        self._there: Published | None = None

    def open(self) -> None:
        """Make the folder where it is missing, and wait for others that write to it.

        Raises OSError where nothing can be written there.
        """
        if self._fresh:
            return
        self._made = not os.path.isdir(self.folder)
        os.makedirs(self.folder, exist_ok=True)
        if self._made:
            _let_read(self.folder, os.stat(self.folder).st_mode)
        self._lock = locked(self.folder, self._waits)
        for left in _hidden(self.folder):
            _remove(left)
        self._fresh = tempfile.mkdtemp(prefix=_FRESH, dir=self.folder)
        self._there = Published(self.folder, self._memory, self._now())

    def look(self) -> None:
        """Have looked at all that is published, before other processes recall it."""
        if self._there:
            self._there.look()

    def lay(self, name: str, content: bytes) -> Filed:
        """Write a file where it differs from the one that is published."""
        size, digest = len(content), sha256(content).digest()
        if known := self.recall(name, size, digest):
            return known
        there = _write(f"{self._fresh}/{name}", content)
        return Filed(size, digest, stamp=stamp(name, there))

    def recall(self, name: str, size: int, digest: bytes) -> Filed | None:
        """Return a file as one that is published already with this size and digest; None if it is not."""
        held = self._there.holds(name, size, digest) if self._there else None
        if held is None:
            content = self._published(name, size)
            held = bool(content) and sha256(content).digest() == digest
        return Filed(size, digest, False) if held else None

    def _published(self, name: str, size: int) -> bytes:
        """Return what a published file of this size holds, nothing where there is no such file."""
        path = f"{self.folder}/{name}"
        return read(path, size) if self._leads(os.path.dirname(path)) else b""

    def _leads(self, folder: str) -> bool:
        """Return whether a folder is there within the site, and not behind a link."""
        if folder not in self._ways:
            self._ways[folder] = self._leads(os.path.dirname(folder)) and _is_folder(folder)
        return self._ways[folder]

    def __getitem__(self, name: str) -> bytes:
        at = self._fresh if self.filed[name].fresh else self.folder
        with open(f"{at}/{name}", "rb") as file:
            return file.read()

    def publish(self) -> Written:
        """Make the folder hold these files and no others.

        What is hidden at its top stays, but for what an earlier build has published in `.well-known/`.
        Raises OSError where the folder cannot be written, or holds other things and none of these
        files.
        """
        held = {name for name in os.listdir(self.folder) if not name.startswith(".")}
        if held and held.isdisjoint(name.partition("/")[0] for name in self.filed):
            raise FileExistsError(f"{self.folder} holds other things, and all of them would be removed")
        self.look()
        removed = self._withdraw()
        _move(self._fresh, self.folder)
        if self._there:
            removed += sum(map(self._remove_stray, self._there.strays(self.filed)))
            self._there.remember(self.filed, self._now())
        written = sum(filed.fresh for filed in self.filed.values())
        return Written(written, len(self.filed) - written, removed)

    def _remove_stray(self, name: str) -> int:
        """Remove what is no file of the site, and the folders that held nothing else; return how many files.

        Where a file of the site came into its place, or into that of a folder above it, it is gone already.
        """
        path, gone = f"{self.folder}/{name}", 0
        if not self._leads(os.path.dirname(path)):
            return gone
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            if name.endswith("/"):
                _ = [*entries(path)]  # one that cannot be entered is told
            elif not _is_folder(path):
                os.unlink(path)
                gone = 1
        with contextlib.suppress(OSError):  # what holds more stays
            while (path := os.path.dirname(path)) != self.folder:
                os.rmdir(path)
        return gone

    def _now(self) -> int:
        """Return the time by the clock of the disk, in nanoseconds."""
        os.utime(self._fresh)
        return os.stat(self._fresh).st_ctime_ns

    def _withdraw(self) -> int:
        """Remove from `.well-known/` what is no more of the site; return how many files went.

        The sums that lie there tell what was of it: others put things of theirs into that folder. A
        build that is stopped meanwhile leaves the sums, so the next one goes on here.
        """
        removed = 0
        for name in _well_known(self.folder):
            path = f"{self.folder}/{name}"
            if name not in self.filed and os.path.isfile(path) and self._leads(os.path.dirname(path)):
                os.unlink(path)
                removed += 1
                with contextlib.suppress(OSError):
                    os.rmdir(os.path.dirname(path))
        return removed

    def __enter__(self) -> "Staging":
        try:
            self.open()
        except OSError:
            self._close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def _close(self) -> None:
        if self._there:
            self._there.stop()
        if self._fresh:
            shutil.rmtree(self._fresh, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
        if self._made:
            with contextlib.suppress(OSError):
                os.rmdir(self.folder)  # where nothing was published


def write(files: Mapping[str, bytes], folder: Path) -> Written:
    """Make a folder hold these files and no others, as `Staging.publish` does."""
    with Staging(folder) as staging:
        staging.open()
        for name, content in files.items():
            staging.filed[name] = staging.lay(name, content)
        return staging.publish()


def put(path: Path, content: bytes) -> None:
    """Make a file hold this, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=_FRESH, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _hidden(folder: str) -> list[str]:
    """Return what builds that were stopped have left at the top of a folder."""
    return [f"{folder}/{name}" for name in os.listdir(folder) if name.startswith(_FRESH)]


def _well_known(folder: str) -> list[str]:
    """Return the files in `.well-known/` that the sums of a folder name, and none that lie elsewhere."""
    sums = f"{folder}/{SUMS}"
    if not (os.path.isdir(f"{folder}/{_WELL_KNOWN}") and os.path.isfile(sums)):
        return []
    with open(sums, encoding="utf-8", errors="replace") as file:
        names = [line[_DIGITS:].rstrip("\n") for line in file if line.startswith(_WELL_KNOWN, _DIGITS)]
    return [name for name in names if ".." not in name.split("/")]


def _write(path: str, content: bytes) -> os.stat_result:
    """Write a file, and return what its disk says of it."""
    try:
        file = os.open(path, _MAKE, 0o666)
    except FileNotFoundError:
        _make_folder(os.path.dirname(path))
        file = os.open(path, _MAKE, 0o666)
    try:
        _let_read(path, os.fstat(file).st_mode)
        while content:
            content = content[os.write(file, content) :]
        return os.fstat(file)
    finally:
        os.close(file)


def _make_folder(folder: str) -> None:
    with contextlib.suppress(FileExistsError):  # another process was quicker
        try:
            os.mkdir(folder)
        except FileNotFoundError:
            _make_folder(os.path.dirname(folder))
            os.mkdir(folder)
    _let_read(folder, os.stat(folder).st_mode)


def _is_folder(path: str) -> bool:
    """Return whether there is a folder at a path, and no link to one."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def _let_read(path: str, mode: int) -> None:
    """Let every user read a file or enter a folder, whatever the umask: the web server is another one."""
    wanted = mode | (0o555 if stat.S_ISDIR(mode) else 0o444)
    if wanted != mode:
        os.chmod(path, stat.S_IMODE(wanted))


def _move(fresh: str, folder: str) -> None:
    """Move all that stands in one folder into another, what pages lean on first.

    Whatever is in the way goes.
    """
    for entry in sorted(os.scandir(fresh), key=lambda entry: (entry.name != "assets", entry.name)):
        place = f"{folder}/{entry.name}"
        if entry.is_dir() and os.path.isdir(place) and not os.path.islink(place):
            _move(entry.path, place)
            continue
        if os.path.islink(place) or entry.is_dir() != os.path.isdir(place):
            _remove(place)
        os.replace(entry.path, place)


def _remove(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)
