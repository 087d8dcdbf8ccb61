"""Whether a published site is what the content makes: the manifest, the sums, `verify`."""

import contextlib
import hashlib
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import ROOT

from build import main

PAGE = "documents/council-reply/nobody-complained/index.html"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("verified")
    shutil.copytree(ROOT / "tests/small/content", root / "content")
    address = ["--address", "https://elsewhere.example/"]
    assert main(["build", "--root", str(root), "--today", "2026-11-22", *address]) == 0
    return root


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    shutil.copytree(published, tmp_path / "root")
    return tmp_path / "root"


def test_the_manifest_and_the_sums_name_every_file(published: Path):
    site = published / "site"
    held = {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    told = json.loads(held["manifest.json"])
    assert (told["today"], told["address"]) == ("2026-11-22", "https://elsewhere.example/")
    assert {entry["path"] for entry in told["files"]} == set(held) - {"manifest.json", "SHA256SUMS"}
    for entry in told["files"]:
        content = held[entry["path"]]
        assert (entry["bytes"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    checked = subprocess.run(
        ["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=site, capture_output=True, check=False
    )
    assert (checked.returncode, checked.stdout) == (0, b"")
    assert len(held["SHA256SUMS"].splitlines()) == len(held) - 1


def test_a_site_is_what_its_content_makes(published: Path, capsys: pytest.CaptureFixture[str]):
    """On another day too: the manifest tells for which it was made."""
    assert main(["verify", "--root", str(published), "--today", "2029-01-01"]) == 0
    assert "none of" in capsys.readouterr().out


def test_what_differs_is_told_and_where(root: Path, capsys: pytest.CaptureFixture[str]):
    site = root / "site"
    page = site / PAGE
    page.write_text(page.read_text("utf-8").replace("Withdrawn</p>", "Withheld</p>"), "utf-8")
    (site / "robots.txt").unlink()
    assert main(["verify", "--root", str(root)]) == 1
    told = capsys.readouterr().out
    assert f"{PAGE}: line " in told
    assert "Withheld</p>" in told
    assert "Withdrawn</p>" in told
    assert "robots.txt: cannot be read" in told
    assert "2 of" in told


def test_other_content_is_told(root: Path, capsys: pytest.CaptureFixture[str]):
    card = root / "content/documents/council-reply/nobody-complained.yaml"
    card.rename(card.with_name("nobody-at-all.yaml"))
    for path in (root / "content").rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("nobody-complained", "nobody-at-all"), "utf-8")
    assert main(["verify", "--root", str(root)]) == 1
    told = capsys.readouterr().out
    assert f"{PAGE}: published, and not made of this content" in told
    assert f"{PAGE.replace('complained', 'at-all')}: made of this content, and not published" in told


def test_a_site_on_a_server(root: Path, capsys: pytest.CaptureFixture[str]):
    with served(root / "site") as address:
        assert main(["verify", address, "--root", str(root)]) == 0
        (root / "content/pages/method.md").write_bytes(
            (root / "content/pages/method.md").read_bytes() + b"\nMore.\n"
        )
        assert main(["verify", address, "--root", str(root)]) == 1
    assert "method/index.html: line " in capsys.readouterr().out


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("held", [None, b"{}", b"not JSON", b'{"files": [{"path": 1}]}'])
def test_what_cannot_be_compared_is_told(root: Path, capsys: pytest.CaptureFixture[str], held: bytes | None):
    path = root / "site/manifest.json"
    path.unlink() if held is None else path.write_bytes(held)
    assert main(["verify", "--root", str(root)]) == 2
    assert capsys.readouterr().err.startswith("There is no manifest.json to be read in ")
