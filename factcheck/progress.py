"""Progress: what a long build is at, and how long each stage of it took."""

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


class Progress:
    """Notes the stages of a build; with `bars` each is seen in a terminal that has waited a second."""

    def __init__(self, *, bars: bool = False) -> None:
        self.bars = bars
        self.begun: list[tuple[str, float]] = []

    def stage(self, name: str) -> None:
        """Begin a stage, and so end the one before it."""
        self.begun.append((name, time.perf_counter()))

    def over(self, items: Iterable[T], total: int) -> Iterator[T]:
        """Yield the items of the stage at hand, of which there are so many."""
        name = self.begun[-1][0] if self.begun else ""
        yield from tqdm(items, name, total, leave=False, disable=not self.bars, delay=1)

    def timings(self) -> str:
        """Return a line for each stage so far: "timing: read 0.41", in seconds by the clock on the wall."""
        ends = [*(moment for _, moment in self.begun[1:]), time.perf_counter()]
        spans = zip(self.begun, ends, strict=True)
        return "".join(f"timing: {name} {end - begun:.2f}\n" for (name, begun), end in spans)
