"""Memory: what was made once, remembered under a digest of all that went into it.

So nothing that is remembered can be out of date, and forgetting costs time and no byte of what is
made. Every value carries a seal; one that was cut or changed counts as forgotten. A memory that
cannot be read is begun anew, one that cannot be used is done without.
"""

import contextlib
import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

FILE = ".cache/memory.sqlite"  # beside content/
LIMIT = 1_000_000_000  # bytes
_LIBRARIES = ("jinja2", "markdown", "markupsafe", "nh3", "pillow", "pydantic", "pyyaml", "typst")
_SPOILED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


class Remembering(Protocol):
    """What recalls bytes by their key and keeps them: a Memory, or a plain dict."""

    def get(self, key: bytes, /) -> bytes | None:
        """Return what was kept under a key, as it was; None where it was not or is spoiled."""

    def __setitem__(self, key: bytes, value: bytes, /) -> None:
        """Keep a value."""


class Forgetting:
    """Remembers nothing: what is handed to who would remember, where nobody wants that."""

    def get(self, _key: bytes, /) -> bytes | None:
        """Return None."""

    def __setitem__(self, _key: bytes, _value: bytes, /) -> None:
        """Let a value go."""


FORGETTING = Forgetting()


def key_of(*parts: bytes) -> bytes:
    """Return the key of what these parts make: 32 bytes that any change of any part changes."""
    digest = hashlib.blake2b(digest_size=32)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def once(memory: Remembering, key: bytes, make: Callable[[], bytes]) -> bytes:
    """Return what is kept under a key, else what `make` gives, and keep it."""
    found = memory.get(key)
    if found is None:
        found = memory[key] = make()
    return found


@cache
def code() -> bytes:
    """Return a digest of the code at work: that of this package, of Python, and of libraries."""
    versions = " ".join([sys.version, *map(version, _LIBRARIES)])
    return key_of(versions.encode(), *(p.read_bytes() for p in sorted(Path(__file__).parent.glob("*.py"))))


class Memory:
    """Bytes by their key in an SQLite file, which is made when something is first kept.

    Each value is kept at once, by whichever process: none waits long for another.
    """

    def __init__(self, file: Path, limit: int = LIMIT, patience: float = 5) -> None:
        self.file, self.limit, self.patience = file, limit, patience  # bytes, seconds
        self.usable, self.grown, self.process = True, False, os.getpid()
        self.base: sqlite3.Connection | None = None
        self.inherited: sqlite3.Connection | None = None  # not to be used nor closed by a fork

    def get(self, key: bytes, /) -> bytes | None:
        """Return what was kept under a key, as it was; None where it was not or is spoiled."""
        if self.base is None and not self.file.exists():
            return None
        found = self._do("select value, seal from kept where key = ?", (key,))
        match found:
            case (bytes(value), seal) if seal == key_of(key, value):
                return value
        return None

    def __setitem__(self, key: bytes, value: bytes, /) -> None:
        """Keep a value in place of any other under its key."""
        self._do("insert or replace into kept values (?, ?, ?)", (key, value, key_of(key, value)))
        self.grown = True

    def __enter__(self) -> "Memory":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Forget what is oldest where there is too much, and let go of the file."""
        while self.grown and self._size() > self.limit:
            self._do("delete from kept where rowid in (select rowid from kept order by rowid limit 100)")
        self._let_go()

    def _size(self) -> int:
        size = (self._do("select total(length(value)) from kept") or (0,))[0]
        return int(size) if isinstance(size, float) else 0

    def _do(self, order: str, values: tuple[bytes, ...] = ()) -> tuple[object, ...] | None:
        """Carry out an order and return its first row; a spoiled file is put away, and a new one begun."""
        if self.process != os.getpid():
            self.process, self.inherited, self.base = os.getpid(), self.base, None
        for _ in range(2):
            if not self.usable:
                return None
            try:
                self.base = self.base or self._opened()
                row: tuple[object, ...] | None = self.base.execute(order, values).fetchone()
            except (sqlite3.Error, OSError) as error:
                self._let_go()
                self.usable = getattr(error, "sqlite_errorcode", None) in _SPOILED and self._removed()
            else:
                return row
        self.usable = False
        return None

    def _opened(self) -> sqlite3.Connection:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(self.file, timeout=self.patience, isolation_level=None)
        base.execute("pragma synchronous = off")
        base.execute("pragma journal_mode = wal")  # others read while one writes
        base.execute("create table if not exists kept (key blob primary key, value blob, seal blob)")
        return base

    def _removed(self) -> bool:
        with contextlib.suppress(OSError):
            self.file.unlink()
        return not self.file.exists()

    def _let_go(self) -> None:
        if self.base:
            with contextlib.suppress(sqlite3.Error):
                self.base.close()
        self.base = None
