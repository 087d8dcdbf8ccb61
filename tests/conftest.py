"""What several tests share: the folders, a browser, a server for built files."""

import functools
import http.server
import shutil
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


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


class _Memory(http.server.BaseHTTPRequestHandler):
    """Serves files from memory, below a sub-path as GitHub Pages does."""

    def __init__(self, files: Mapping[str, bytes], prefix: str, *args: object) -> None:
        self.files, self.prefix = files, prefix
        super().__init__(*args)

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        name = path.removeprefix(self.prefix)
        name = f"{name}index.html" if name == "" or name.endswith("/") else name
        content = self.files.get(name) if path.startswith(self.prefix) else None
        self.send_response(200 if content is not None else 404)
        kinds = {"html": "text/html; charset=utf-8", "js": "text/javascript", "svg": "image/svg+xml",
                 "woff2": "font/woff2", "xml": "application/xml", "json": "application/json"}  # fmt: skip
        self.send_header("Content-Type", kinds.get(name.rsplit(".")[-1], "text/plain"))
        self.end_headers()
        self.wfile.write(content if content is not None else self.files.get("404.html", b""))

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
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


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests are the same inside GitHub Actions and outside."""
    for name in ("GITHUB_ACTIONS", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
