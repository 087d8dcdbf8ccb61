"""Kills builds at random moments, and says which pages of the published folder were ever neither old nor new.

    python tests/killing.py FOLDER KILLS

The folder holds `one/content` and `two/content`, which are built in turn into `site`.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from build import main  # noqa: E402
from factcheck import spread  # noqa: E402


def start(root: Path, site: Path) -> int:
    """Build in a process of its own; return its number."""
    child = os.fork()
    if child:
        return child
    out = os.open(os.devnull, os.O_WRONLY)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os._exit(main(["build", "--root", str(root), "--site", str(site), "--today", "2026-11-22"]))


def held(site: Path) -> dict[str, bytes]:
    """Return the published files; what is hidden at the top is none."""
    paths = ((path, path.relative_to(site)) for path in site.rglob("*") if path.is_file())
    return {str(name): path.read_bytes() for path, name in paths if not name.parts[0].startswith(".")}


def kill(folder: Path, kills: int) -> dict[str, object]:
    """Return how many builds were killed, and the names of pages that were broken then or afterwards."""
    chance, site, roots = random.Random(7), folder / "site", [folder / "one", folder / "two"]
    sites = []
    for root in roots:
        os.waitpid(start(root, root / "site"), 0)
        sites.append(held(root / "site"))
    begun = time.monotonic()
    os.waitpid(start(roots[0], site), 0)
    length = time.monotonic() - begun
    killed, turn, broken = 0, 0, set()
    while killed < kills:
        turn += 1
        child = start(roots[turn % 2], site)
        time.sleep(chance.uniform(0, length))
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        for name, content in held(site).items():
            if content not in (sites[0].get(name), sites[1].get(name)):
                broken.add(name)
    os.waitpid(start(roots[1], site), 0)
    left = [path.name for path in site.iterdir() if path.name.startswith(".new-")]
    return {"killed": killed, "broken": sorted(broken), "mended": held(site) == sites[1], "left": left}


if __name__ == "__main__":
    spread.LITTLE, spread.cores = 20, lambda: 2  # with others at work, who must end too
    print(json.dumps(kill(Path(sys.argv[1]), int(sys.argv[2]))))
