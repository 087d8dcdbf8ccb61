"""What one run of a command costs, and on what machine.

CPU time is that of the process and of all that it waited for; the peak is that of the largest of
them. What other processes took meanwhile is told too: it disturbs the wall clock.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
STAGE = re.compile(r"^timing: (.+?) +([0-9.]+)\s*s?$", re.MULTILINE)


class FailedError(Exception):
    """A command that was measured did not come to its end; holds what it said last."""


@dataclass(frozen=True)
class Cost:
    """What one run took: seconds by the wall clock and of CPU, megabytes at most, stages if told."""

    wall: float
    cpu: float
    peak: float
    others: float
    stages: Mapping[str, float] = field(default_factory=dict)

    @property
    def disturbed(self) -> bool:
        """Whether other processes took so much that the wall clock says little."""
        return self.others > 0.1 * self.wall * (os.cpu_count() or 1)


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> Cost:
    """Run a command in a folder and return its cost; raise FailedError where it fails."""
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as out:
        busy, start = _busy(), time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], cwd=folder, stdout=out, stderr=told,
            env={**os.environ, **environment},
        )  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime
        told.seek(0)
        out.seek(0)
        text = told.read().decode("utf-8", "replace")
        if process.returncode:
            raise FailedError(f"{out.read().decode('utf-8', 'replace')[-2000:]}{text[-2000:]}")
    stages = {name: float(seconds) for name, seconds in STAGE.findall(text)}
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, cpu, usage.ru_maxrss * unit / 1e6, max(0.0, _busy() - busy - cpu), stages)


def _busy() -> float:
    """Return the seconds of CPU that all processes took since the machine started; 0 where not told."""
    try:
        user, nice, system, _, _, irq, soft, *_ = Path("/proc/stat").read_text().split("\n")[0].split()[1:]
    except OSError:
        return 0.0
    return sum(map(int, (user, nice, system, irq, soft))) / TICKS


def machine() -> dict[str, str]:
    """Return the day and the machine, as far as it tells."""
    return {
        "Date": dt.datetime.now(dt.UTC).date().isoformat(),
        "CPU": f"{_told('/proc/cpuinfo', 'model name') or platform.processor()}, {os.cpu_count()} cores",
        "Memory": f"{int((_told('/proc/meminfo', 'MemTotal') or '0').split()[0]) / 1e6:.0f} GB",
        "System": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
    }


def _told(file: str, name: str) -> str:
    try:
        found = re.search(rf"^{name}\s*: *(.+)$", Path(file).read_text(), re.MULTILINE)
    except OSError:
        return ""
    return found[1] if found else ""
