"""The preview as editors use it: a server of its own, a real browser, cards saved on disk."""

import http.client
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT
from playwright.sync_api import Browser, Locator, Route, expect
from playwright.sync_api import Page as Tab

from factcheck.library import read_library

PATIENCE = 60_000


@dataclass(frozen=True)
class Preview:
    """A running preview: where its files are, where it answers, where it writes what it says."""

    root: Path
    port: int
    log: Path

    @property
    def top(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def get(self, path: str, host: str) -> int:
        """Return the status of a request that came under the name `host`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status


@dataclass(frozen=True)
class Card:
    """A card in the copy, and where its summary or reason is changed."""

    id: str
    path: Path

    def save(self, key: str, words: str) -> None:
        """Save the card with other words for one of its texts."""
        entry = re.compile(rf"^{key}:.*\n(?:[ \t]+.*\n|\n)*", re.MULTILINE)
        text, changed = entry.subn(f'{key}: "{words}"\n', self.path.read_text("utf-8"), count=1)
        assert changed == 1, (self.path, key)
        self.path.write_text(text, "utf-8")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def command(root: Path, port: int) -> list[str]:
    return [sys.executable, str(ROOT / "build.py"), "serve", "--port", str(port), "--root", str(root),
            "--today", "2026-11-22"]  # fmt: skip


@contextmanager
def serving(root: Path) -> Iterator[Preview]:
    """Run a preview until it answers, and end it afterwards."""
    preview = Preview(root, free_port(), root / "log")
    with preview.log.open("w") as log:
        process = subprocess.Popen(command(root, preview.port), stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(lambda: process.poll() is not None or answers(preview.port))
        assert process.poll() is None, preview.log.read_text()
        yield preview
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_for(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while not happened():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def answers(port: int, address: str = "127.0.0.1") -> bool:
    with socket.socket() as door:
        return door.connect_ex((address, port)) == 0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def preview(root: Path) -> Iterator[Preview]:
    with serving(root) as running:
        yield running


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    yield page
    context.close()


def cards(root: Path) -> list[Card]:
    """Return the published cards of one document, in the order of their files."""
    library, _ = read_library(root)
    assert library
    found = [entry for entry in library.claims.values() if entry.card.status == "published"]
    name = found[0].id.split("/")[0]
    return [Card(entry.id, root / entry.file) for entry in found if entry.id.startswith(f"{name}/")]


def watched(tab: Tab, preview: Preview, path: str) -> None:
    """Open a page and wait until it listens for saves."""
    with tab.expect_websocket():
        tab.goto(preview.top + path)


def shows(found: Locator, words: str) -> None:
    expect(found).to_contain_text(words, timeout=PATIENCE)


def test_a_save_changes_the_page(preview, root, tab, capsys):
    card = cards(root)[0]
    watched(tab, preview, f"documents/{card.id}/")
    short, took = tab.locator(".short"), []
    for number in range(10):
        words = f"Saved for the {number + 1}. time."
        begun = time.perf_counter()
        card.save("summary", words)
        tab.get_by_text(words).first.wait_for()
        took.append(time.perf_counter() - begun)
        shows(short, words)
    with capsys.disabled():
        print(f"\nFrom save to page: {statistics.median(took):.2f} s (median of ten)")


def test_a_broken_card_shows_its_message_over_the_last_good_page(preview, root, tab):
    card = cards(root)[0]
    watched(tab, preview, f"documents/{card.id}/")
    heading = tab.get_by_role("heading", level=1)
    words, sound = heading.inner_text(), card.path.read_bytes()
    box = tab.get_by_role("dialog", name="Problems")
    expect(box).to_have_count(0)
    card.path.write_bytes(sound + b"colour: green\n")
    shows(box, "colour")
    expect(box.locator("u")).to_have_text("colour")
    shows(box, "Known here: ")
    shows(box, card.path.relative_to(root).as_posix())
    expect(heading).to_have_text(words)
    tab.reload()
    shows(box, "colour")
    expect(heading).to_have_text(words)
    card.path.write_bytes(sound + b"reason: [\n")
    expect(box).not_to_contain_text("colour", timeout=PATIENCE)
    shows(box, card.path.name)
    card.path.write_bytes(sound)
    expect(box).to_have_count(0, timeout=PATIENCE)
    expect(heading).to_have_text(words)


def test_ten_quick_saves_lose_none(preview, root, tab):
    saved = cards(root)[:10]
    document = saved[0].id.split("/")[0]
    watched(tab, preview, f"documents/{document}/")
    for number, card in enumerate(saved):
        card.save("reason", f"Quick save {number}.")
        time.sleep(0.3)  # what is tested: saves that come while the one before is being shown
    for number, card in enumerate(saved):
        shows(tab.locator(f"#{card.id.split('/')[1]}"), f"Quick save {number}.")


def test_only_this_machine_is_answered(preview):
    assert answers(preview.port)
    assert not answers(preview.port, "127.0.0.2"), "it listens on other addresses too"
    for path in ("/", "/preview.js", "/preview/state.json", "/no/such/page"):
        assert preview.get(path, "evil.example") == 403, path
        assert preview.get(path, f"evil.example:{preview.port}") == 403, path
    for host in (f"127.0.0.1:{preview.port}", f"localhost:{preview.port}"):
        assert preview.get("/", host) == 200
    assert preview.get("/no/such/page", "localhost") == 404
    assert preview.get("/documents", "localhost") == 302  # to /documents/


def test_drafts_are_shown(root, tab):
    card = cards(root)[0]
    card.path.write_text(f"{card.path.read_text('utf-8')}status: draft\n", "utf-8")
    with serving(root) as preview:
        tab.goto(f"{preview.top}documents/{card.id}/")
        expect(tab.locator(".claim-head .tag").first).to_have_text("Draft")
        expect(tab.get_by_role("dialog")).to_have_count(0)


def test_a_port_in_use_gives_a_sentence(root):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(command(root, port), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert re.search(rf"^Port {port}\b.* cannot be used", done.stderr, re.MULTILINE)
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_save_before_the_page_listens_is_shown(preview, root, tab):
    card, words = cards(root)[0], "Saved while the page was on its way."

    def save_first(route: Route) -> None:
        built = preview.log.read_text().count("Built.")
        card.save("summary", words)
        wait_for(lambda: preview.log.read_text().count("Built.") > built)
        route.continue_()

    tab.route("**/livereload.js*", save_first, times=1)
    tab.goto(f"{preview.top}documents/{card.id}/")
    shows(tab.locator(".short"), words)


def test_saved_styles_change_the_page_without_a_reload(preview, root, tab):
    watched(tab, preview, f"documents/{cards(root)[0].id}/")
    tab.wait_for_load_state("networkidle")  # once it listens, it looks again for what it may have missed
    tab.evaluate("window.kept = 1; scrollTo(0, 400)")
    sheet = root / "templates/assets/style/base.css"
    sheet.write_text(f"{sheet.read_text('utf-8')}\nbody{{border-color:rgb(1,2,3)}}\n", "utf-8")
    expect(tab.locator("body")).to_have_css("border-top-color", "rgb(1, 2, 3)", timeout=PATIENCE)
    kept, place = tab.evaluate("[window.kept, scrollY]")
    assert kept == 1
    assert abs(place - 400) < 10  # the browser holds the words in place, which fonts may move a little


def test_a_reload_keeps_the_place_on_the_page(preview, root, tab):
    card = cards(root)[0]
    watched(tab, preview, f"documents/{card.id}/")
    tab.evaluate("scrollTo(0, 500)")
    card.save("reason", "Saved further down.")
    card.save("summary", "Saved further up.")
    shows(tab.locator(".short"), "Saved further up.")
    tab.wait_for_function("Math.abs(scrollY - 500) < 60", timeout=PATIENCE)


def test_problems_and_cards_open_in_the_editor(preview, root, tab):
    card = cards(root)[0]
    watched(tab, preview, f"documents/{card.id}/")
    bar = tab.get_by_role("complementary", name="Preview")
    here = f"vscode://file{card.path.resolve()}"
    expect(bar.get_by_role("link")).to_have_attribute("href", f"{here}:1:1")
    text = card.path.read_text("utf-8")
    card.path.write_text(text.replace("kind: ", "kind: x", 1), "utf-8")
    line = text[: text.index("kind: ")].count("\n") + 1
    link = tab.get_by_role("dialog", name="Problems").get_by_role("link").first
    expect(link).to_have_attribute("href", f"{here}:{line}:7", timeout=PATIENCE)


def test_the_bar_tells_the_warnings_of_the_card(preview, root, tab):
    card = cards(root)[0]
    text = card.path.read_text("utf-8")
    watched(tab, preview, f"documents/{card.id}/")
    card.path.write_text(text.replace("reviewed_by: a second reader\n", ""), "utf-8")
    bar = tab.get_by_role("complementary", name="Preview")
    shows(bar.locator("summary"), "1 warning")
    bar.locator("summary").click()
    expect(bar).to_contain_text("nobody has read this card a second time")


@pytest.mark.parametrize("port", ["0", "99999", "abc", "-1"])
def test_what_is_no_port_is_said(root, port):
    words = [sys.executable, str(ROOT / "build.py"), "serve", "--root", str(root), f"--port={port}"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no port; write a number from 1 to 65535" in done.stderr


def test_a_folder_without_content_is_said(tmp_path):
    words = [sys.executable, str(ROOT / "build.py"), "serve", "--root", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"There is no folder content/ in {tmp_path}. Is this the right folder?\n"
