"""How long a reader of the preview waits: from a saved card to its page, made anew, in a browser.

The time runs from before the card is written until the browser has the whole page: its
`domContentLoadedEventEnd` (W3C Navigation Timing, level 2).
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from makers import CHANGED, ROOT

SAVES = 11
PAUSE = 1.0  # seconds between two saves: the page before is whole, and its problems are told
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
LOADED = """() => performance.timeOrigin
    + performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd"""


def waited(root: Path) -> float:
    """Return the median of the seconds from a save to its page, for the content below a folder."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (`make test` installs it)

    with sync_playwright() as playwright, _serving(root) as top:
        path = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        tab = browser.new_page()
        with tab.expect_websocket():
            tab.goto(f"{top}{CHANGED}/")
        card = root / f"content/{CHANGED}.yaml"
        before = card.read_text("utf-8")
        try:
            took = [_one(tab, card, before, f"Saved {number}:") for number in range(SAVES)]
        finally:
            card.write_text(before, "utf-8")
        browser.close()
    return median(took[1:])


def _one(tab: object, card: Path, before: str, word: str) -> float:
    time.sleep(PAUSE)
    begun = time.time()
    card.write_text(re.sub(r'(\bsummary: ").{20}', rf"\g<1>{word} ", before, count=1), "utf-8")
    tab.get_by_text(word).first.wait_for(timeout=60_000)  # type: ignore[attr-defined]
    tab.wait_for_load_state("domcontentloaded")  # type: ignore[attr-defined]
    return tab.evaluate(LOADED) / 1000 - begun  # type: ignore[attr-defined]


@contextmanager
def _serving(root: Path) -> Iterator[str]:
    """Run the preview of a content, and yield its address once it answers."""
    templates, port = root / "templates", _free()
    if not templates.exists():
        templates.symlink_to(ROOT / "templates")
    command = [sys.executable, ROOT / "build.py", "serve", "--root", root, "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None and not _answers(port):
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()
        if templates.is_symlink():
            templates.unlink()


def main() -> int:
    """Print the milliseconds for the content below the folder that is named."""
    print(round(1000 * waited(Path(sys.argv[1]))))
    return 0


def _free() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    sys.exit(main())
