"""No save is missed: previews of an empty site, which say what they build and save what is told."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from conftest import ROOT
from test_preview import free_port
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

import build
from factcheck.preview import Preview, Shown
from factcheck.problems import Problem
from factcheck.saves import FOLDERS, Saves

PATIENCE = 60
T = TypeVar("T")
CARD = "content/documents/open-letter/built-1871.yaml"
# A preview whose builds are the lines of `made(number)`; what is saved is told by another line.
BUILDS = """
import os, sys
from pathlib import Path
from types import SimpleNamespace
from factcheck.server import serve
from factcheck.problems import Problem

root, number = Path(sys.argv[1]), 0

def save(name="content/card.yaml"):
    (root / name).write_text(str(number))

def end():
    print("It was noticed.", flush=True)
    os._exit(0)

def make(_saved):
    global number
    number += 1
    sheet = root / "templates/page.css"
    bad = sheet.exists() and sheet.read_text() == "bad"
    problems = [Problem("templates/page.css", 0, 0, "template", "it is bad")] if bad else []
    made(number)
    files = {} if bad else {"index.html": b"<body></body>"}
    return SimpleNamespace(files=files, problems=problems, cards={}, faults={})

def made(number):
    pass
"""


def command(root: Path, port: int, made: str = "") -> list[str]:
    for name in FOLDERS:
        (root / name).mkdir(parents=True)
    script = f"{BUILDS}\n{made}\nsys.exit(serve(make, root, int(sys.argv[2]), '127.0.0.1'))"
    return [sys.executable, "-c", script, str(root), str(port)]


def said(root: Path, made: str) -> str:
    """Return what a preview says until it ends by itself."""
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    words = command(root, free_port(), made)
    done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False, env=env)
    return done.stdout + done.stderr


def awaited(work: Coroutine[Any, Any, T]) -> T:
    """Return what ``work`` returns; in a thread, as the browser of other tests holds this one's loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_a_save_during_the_first_build_is_noticed(tmp_path):
    made = "def made(number): save() if number == 1 else end()"
    assert "It was noticed." in said(tmp_path, made)


def test_a_burst_of_saves_is_told_at_once(tmp_path):
    names = {f"{number}.yaml" for number in range(40)}
    for name in FOLDERS:
        (tmp_path / name).mkdir()

    async def told() -> list[set[str]]:
        saves = Saves(tmp_path)
        await saves.begin()
        for name in names:
            (tmp_path / "content" / name).write_text("x")
        found: list[set[str]] = []
        while names - {Path(path).name for path in set().union(*found)}:
            found.append(await asyncio.wait_for(saves.next(), PATIENCE))
        return found

    assert len(awaited(told())) < 4  # one, where the machine has nothing else to do


def test_a_build_that_stops_does_not_end_the_preview(tmp_path):
    made = """
def made(number):
    if number == 3:
        end()
    save()
    if number == 2:
        raise KeyError("a fault of our own")
"""
    told = said(tmp_path, made)
    assert "build.py:1:1: error: this program has a fault, and the build stopped [stopped]\n" in told
    assert "KeyError: 'a fault of our own'" in told
    assert "It was noticed." in told


@pytest.mark.parametrize("folder", ["node_modules/site", ".venv/site", "site~"])
def test_all_that_is_read_is_watched(folder, tmp_path):
    made = "def made(number): save('content/card.pyc') if number == 1 else end()"
    assert "It was noticed." in said(tmp_path / folder, made)


def test_a_system_that_watches_nothing_is_said(tmp_path):
    made = """
import factcheck.saves
async def awatch(*_, **__):
    raise OSError("OS file watch limit reached")
    yield
factcheck.saves.awatch = awatch
"""
    assert said(tmp_path, made) == (
        "Saves cannot be watched (OS file watch limit reached). "
        "Set WATCHFILES_FORCE_POLLING=1 to look for saves instead of being told.\n"
    )


def test_a_page_hears_of_every_build_from_its_first_word_on(tmp_path):
    """And styles are exchanged in a sound page only: otherwise the problems would stay over it."""
    sheet, card = tmp_path / "templates/page.css", tmp_path / "content/card.yaml"
    saves = [(sheet, "good"), (sheet, "bad"), (sheet, "good again"), (sheet, "better"), (card, "x")]
    port = free_port()
    words = command(tmp_path, port)
    env = {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env) as preview:
        try:
            assert preview.stdout
            assert any(line.startswith("Look at ") for line in preview.stdout)
            heard = awaited(heard_of(port, saves))
        finally:
            preview.terminate()
    assert heard == ["/preview/styles", "/*", "/*", "/preview/styles", "/*"]


async def heard_of(port: int, saves: list[tuple[Path, str]]) -> list[str]:
    """Return what a page that has said its first word alone is told to load after each save."""
    address = f"ws://127.0.0.1:{port}/livereload"
    page = await websocket_connect(HTTPRequest(address, headers={"Origin": f"http://127.0.0.1:{port}"}))
    await page.write_message(json.dumps({"command": "hello"}))
    assert (await told(page))["command"] == "hello"
    paths = []
    for path, text in saves:
        path.write_text(text)
        paths.append((await told(page))["path"])
    return paths


async def told(page: WebSocketClientConnection) -> dict[str, str]:
    return dict(json.loads(await asyncio.wait_for(page.read_message(), PATIENCE) or "{}"))


def test_a_page_tells_of_the_build_that_it_is_from():
    """A build may end between two steps of an answer; an old page must not pass for a new one."""
    fault = Problem("content/site.yaml", 1, 1, "shape", "it is wrong")

    class Files(dict[str, bytes]):
        def get(self, name: str, default: bytes | None = None) -> bytes | None:
            preview.shown = Shown({"index.html": b"new</body>"}, {}, {}, [fault], "later")
            return super().get(name, default)

    preview = Preview(lambda _: build.Site(Files({"index.html": b"old</body>"}), []), ROOT, frozenset())
    assert preview.renew()
    built = preview.shown.built
    found = preview.file("")
    assert found and re.fullmatch(rf'old<script .*data-built="{built}".*', found[1].decode())
    assert preview.shown.built == "later" != built


def test_a_card_that_is_saved_while_it_is_read_is_told_as_it_is_now(small, monkeypatch):
    findings = build.rules.findings

    def save_first(*given):
        (small / CARD).write_text("reason: [\n", "utf-8")
        return findings(*given)

    monkeypatch.setattr(build.rules, "findings", save_first)
    (small / CARD).write_text(
        (small / CARD).read_text("utf-8").replace("reviewed_by: Second reader\n", ""), "utf-8"
    )
    told = build.assemble(small, build.dt.date(2026, 11, 21)).problems
    assert [(p.file, p.line, p.code) for p in told] == [(CARD, 0, "not-reviewed")]
