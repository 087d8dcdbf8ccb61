"""The lock: one build at a time writes to a folder."""

import os
import threading
from collections.abc import Callable

_PATIENCE = 1.0  # seconds for which a build waits for another one in silence


def locked(folder: str, waits: Callable[[], None]) -> int | None:
    """Return what holds a folder for this process, None on systems that have no such thing."""
    timer = threading.Timer(_PATIENCE, waits)
    try:
        import fcntl  # noqa: PLC0415  (not on Windows)

        lock = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            timer.start()
            fcntl.flock(lock, fcntl.LOCK_EX)
    except (ImportError, OSError):
        return None
    finally:
        timer.cancel()
    return lock
