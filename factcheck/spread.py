"""Spread: work done on all cores at once.

Processes are forked, so that they share all that was read, whatever the default of the Python is; on
systems that cannot fork, and for little work, one process does it all by the same function.
"""

import atexit
import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

LITTLE = 150  # keys that are not worth a second process
_NICENESS = 10  # of processes whose work is waited for later: where cores are few, the first goes before them

_made: dict[str, Callable[[Any], Any]] = {}


def spread(
    make: Callable[[K], V], keys: Sequence[K], *, little: int | None = None, apart: bool = False
) -> Iterator[tuple[K, V]]:
    """Yield each key with what `make` gives for it, in the order of the keys.

    What it gives must not depend on which keys were made before. A process that is lost costs time
    only: what it would have made is made here. Up to `little` keys are not worth a second process.
    Work that leans on threads of its own is done `apart`, by processes that inherit nothing.
    """
    done, little = 0, LITTLE if little is None else little
    if cores() > 1 and len(keys) >= little:
        together = max(1, little // 10)
        portions = [keys[at : at + together] for at in range(0, len(keys), together)]
        try:
            for portion, values in zip(portions, _shared(make, portions, apart), strict=True):
                yield from zip(portion, values, strict=True)
                done += len(portion)
        except BrokenProcessPool:
            pass
    yield from ((key, make(key)) for key in keys[done:])


class Aside(Generic[V]):
    """Some work that other processes do meanwhile, one for each part, which gives values in its order.

    Where there is one core, little to do, or a process is lost, it is done when it is asked for.
    """

    def __init__(self, makes: Sequence[Callable[[], Iterable[V]]], *, little: bool = False) -> None:
        self._makes = makes
        self._begun = [_begun(make) for make in makes] if cores() > 1 and not little else []

    def ended(self) -> Iterator[V]:
        """Wait for the end of each part, and yield what it gave, one value after the other."""
        for at, make in enumerate(self._makes):
            yield from _received(self._begun[at][1], make) if self._begun else make()

    def stop(self) -> None:
        """End what is not done yet."""
        for process, one in self._begun:
            process.kill()
            process.join()
            one.close()
        self._makes, self._begun = (), []


def _begun(make: Callable[[], Iterable[object]]) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(make, there), daemon=True)
    gc.freeze()  # so that the pages of memory stay shared
    process.start()
    gc.unfreeze()
    there.close()
    return process, here


def _received(one: Connection, make: Callable[[], Iterable[V]]) -> Iterator[V]:
    done = 0
    try:
        for _ in range(one.recv()):
            yield one.recv()
            done += 1
    except (EOFError, OSError):
        yield from islice(make(), done, None)


def _do(make: Callable[[], Iterable[object]], there: Connection) -> None:
    _end_with_parent()
    os.nice(_NICENESS)
    made = [*make()]  # all of it: who asks may be busy, and a pipe holds little
    there.send(len(made))
    for one in made:
        there.send(one)
    there.close()


def seldom_collect() -> None:
    """Look seldom for garbage, as little of what a build makes ever is, and not when this process ends."""
    gc.set_threshold(1_000_000, 50, 100)
    atexit.register(gc.freeze)


def cores() -> int:
    """Return how many processes are of use here: one where none can be forked."""
    forks = "fork" in multiprocessing.get_all_start_methods()
    return len(os.sched_getaffinity(0)) if forks and hasattr(os, "sched_getaffinity") else 1


def _shared(make: Callable[[K], V], portions: Sequence[Sequence[K]], apart: bool) -> Iterator[list[V]]:
    if apart:
        with _pool("spawn") as pool:
            yield from pool.map(partial(_each, make), portions)
        return
    _made["make"] = make  # inherited by the fork: most of what is asked for cannot be sent
    gc.freeze()  # so that the pages of memory stay shared
    try:
        with _pool("fork") as pool:
            yield from pool.map(_portion, portions)
    finally:
        gc.unfreeze()
        del _made["make"]


def _pool(start: str) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(cores(), multiprocessing.get_context(start), _end_with_parent)


def _end_with_parent() -> None:
    """End this process with the one that began it: else it waits for work forever, and holds its locks."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _portion(keys: Sequence[Any]) -> list[Any]:
    return _each(_made["make"], keys)


def _each(make: Callable[[K], V], keys: Sequence[K]) -> list[V]:
    return [make(key) for key in keys]
