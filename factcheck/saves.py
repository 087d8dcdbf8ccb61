"""Saves: which files of the content and the templates were written, told within milliseconds."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import Change, awatch

from .folder import is_left_out

FOLDERS = ("content", "templates")
Told = set[tuple[Change, str]]


class Saves:
    """The saves below `root`. What `read_folder` reads is watched, and nothing else."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._told: AsyncIterator[Told]
        self._first: asyncio.Future[Told] | None = None

    async def begin(self) -> None:
        """Begin to watch: what is saved from now on is kept until it is asked for.

        OSError or RuntimeError where the system does not let it.
        """
        folders = [self.root / name for name in FOLDERS]
        self._told = awatch(*folders, watch_filter=self._is_read, debounce=400, step=30)
        self._first = asyncio.ensure_future(anext(self._told))
        await asyncio.sleep(0)  # the watch is set up in its first step
        if self._first.done():
            self._first.result()

    async def next(self) -> set[str]:
        """Return the files that were saved since it was last asked, as soon as there are any."""
        told, self._first = self._first or anext(self._told), None
        return {path for _, path in await told}

    def _is_read(self, _change: Change, path: str) -> bool:
        return not any(map(is_left_out, Path(path).relative_to(self.root).parts))
