"""What several tests share: the folders, a browser, a server for built files."""

import contextlib
import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

# The pictures for other sites, drawn once for all tests; a plain dict remembers as a Memory does.
DRAWN: dict[bytes, bytes] = {}

# In place of the real ones, so that pages hold markup and not the whole style sheet.
STAND_INS = {
    "icon.svg": b"<svg/>\n",
    "newsreader.woff2": b"serif",
    "public-sans.woff2": b"sans",
    "script.js": b"// script\n",
    "search.js": b"// search\n",
    "letters.txt": (ROOT / "templates/assets/letters.txt").read_bytes(),
    "style/base.css": b"@font-face { font-family: N; src: url(newsreader.woff2) }\n",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="take what is made now as right (tests/golden, tests/wrong)"
    )


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether what is made now is to be taken as right."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def small_files() -> dict[str, bytes]:
    """The small site, with the project's templates and stand-ins for its assets."""
    folders = ((ROOT / "tests/small", "content/**/*"), (ROOT, "templates/*"))
    paths = ((at, path) for at, pattern in folders for path in sorted(at.glob(pattern)) if path.is_file())
    files = {path.relative_to(at).as_posix(): path.read_bytes() for at, path in paths}
    return files | {f"templates/assets/{name}": content for name, content in STAND_INS.items()}


@pytest.fixture(scope="session")
def _small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("small") / "site"


@pytest.fixture
def small(_small: Path, small_files: dict[str, bytes]) -> Path:
    """The folder of the small site. It is made once: what a test did to it the next one undoes."""
    for at, folders, names in os.walk(_small, topdown=False):
        for path in (Path(at) / name for name in names):
            if path.relative_to(_small).as_posix() not in small_files:
                path.unlink()
        for name in folders:
            with contextlib.suppress(OSError):
                (Path(at) / name).rmdir()
    for name, content in small_files.items():
        path = _small / name
        if not path.exists() or path.lstat().st_mtime_ns:  # files as they were are of 1970
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            path.write_bytes(content)
            os.utime(path, (0, 0))
    return _small


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, else Playwright's own; without either the tests fail in CI."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        except Error as error:
            pytest.fail(f"no browser could be started: {error.message.splitlines()[0]}")
        yield found
        found.close()


KINDS = {
    "html": "text/html; charset=utf-8", "js": "text/javascript", "svg": "image/svg+xml",
    "woff2": "font/woff2", "xml": "application/xml", "json": "application/json", "txt": "text/plain",
    "png": "image/png",
}  # fmt: skip
READY = ("woff2", "png")  # packed by themselves


class _Memory(http.server.BaseHTTPRequestHandler):
    """Serves files from memory as GitHub Pages does: below a sub-path, packed, for ten minutes."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, files: Mapping[str, bytes], prefix: str, *args: object) -> None:
        self.files, self.prefix = files, prefix
        super().__init__(*args)

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        name = path.removeprefix(self.prefix)
        name = f"{name}index.html" if name == "" or name.endswith("/") else name
        found = path.startswith(self.prefix) and name in self.files
        content = self.files[name] if found else self.files.get("404.html", b"")
        kind = name.rsplit(".")[-1] if found else "html"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", KINDS.get(kind, "application/octet-stream"))
        self.send_header("Cache-Control", "max-age=600")
        if kind not in READY and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def publish() -> Iterator[object]:
    """Return a function that serves files below /some/where/ and tells the address."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(files: Mapping[str, bytes], prefix: str = "/some/where/") -> str:
        handler = functools.partial(_Memory, files, prefix)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}{prefix}"

    yield start
    for server in servers:
        server.shutdown()


def absent(why: str) -> NoReturn:
    """Skip a test for what a machine lacks; CI must not lack it, so there it fails."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(why)


@pytest.fixture(scope="session")
def npm() -> Callable[[str], Path]:
    """Return a function that fetches a package of npm, once, and tells its folder."""

    def fetch(package: str) -> Path:
        name, _, version = package.rpartition("@")
        cache = ROOT / ".cache/npm"
        folder = cache / "node_modules" / name
        if folder.exists() and json.loads((folder / "package.json").read_text())["version"] == version:
            return folder
        program = shutil.which("npm")
        if not program or not shutil.which("node"):
            absent(f"npm is not installed, so {name} could not be fetched")
        quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock", "--omit=optional")
        words = [program, "install", *quiet, "--prefix", str(cache), package]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            absent(f"npm could not install {name}: {done.stderr.strip().splitlines()[-1]}")
        return folder

    return fetch


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests are the same inside GitHub Actions and outside."""
    for name in ("GITHUB_ACTIONS", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
