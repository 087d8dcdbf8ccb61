"""Folders whose files lie in whichever order, as file systems differ."""

import os
import random
from collections.abc import Callable
from typing import Any


class Shuffled:
    """What stands in a folder, in some order."""

    def __init__(self, scan: Callable[[str], Any], chance: random.Random, path: str) -> None:
        with scan(path) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        chance.shuffle(found)
        self.found = iter(found)

    def __enter__(self) -> "Shuffled":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def close(self) -> None:
        pass

    def __iter__(self) -> "Shuffled":
        return self

    def __next__(self) -> os.DirEntry[str]:
        return next(self.found)
