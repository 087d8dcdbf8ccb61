"""The preview: the site in a browser while its cards are written, made anew at each save.

livereload serves and speaks to the browser, watchfiles tells of saves. The site is kept in
memory; while an error stands in the way the last good one is shown, with the problems over it.
"""

import asyncio
import logging
import mimetypes
import re
import secrets
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado import web
from tornado.ioloop import IOLoop
from watchfiles import awatch

from .problems import Problem, errors

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
STYLES_ONLY = "/preview/styles"
FOLDERS = ("content", "templates")
SCRIPT = Path(__file__).with_name("preview.js")
_STYLES = re.compile(rb"style-src-elem '[^']*'")
_EMPTY = (
    b"<!doctype html><html lang=en><meta charset=utf-8><title>Preview</title>"
    b"<body><main><h1>The site cannot be built yet</h1></main></body></html>"
)


class Made(Protocol):
    """What a build gives: files by path, problems, and by file the card that it shows."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files of the site; none where an error stands in the way."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong."""

    @property
    def cards(self) -> Mapping[str, str]:
        """The card behind each page that has one."""


class Preview:
    """The last good site and the problems that stand now; `built` tells one build from another."""

    def __init__(self, make: Callable[[], Made], root: Path, hosts: frozenset[str]) -> None:
        self.make, self.root, self.hosts = make, root.resolve(), hosts
        self.files: Mapping[str, bytes] = {}
        self.cards: Mapping[str, str] = {}
        self.problems: Sequence[Problem] = ()
        self.built = ""

    def renew(self) -> bool:
        """Make the site anew; return whether it can be shown."""
        made = self.make()
        self.problems = made.problems
        if made.files:
            self.files, self.cards = made.files, made.cards
        self.built = secrets.token_hex(8)
        return not errors(self.problems)

    def file(self, path: str) -> tuple[str, bytes] | None:
        """Return the name and the bytes of what stands at a path, with the preview's script."""
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        content = self.files.get(name)
        if content is None and not self.files:
            name, content = "index.html", _EMPTY
        if content is not None and name.endswith(".html"):
            content = with_script(content, self.built)
        return None if content is None else (name, content)

    def state(self, path: str) -> dict[str, object]:
        """Return what the script shows over the page at a path: errors, and what its card needs."""
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        card = self.cards.get(name, "")
        warnings = [p for p in self.problems if p.level == "warning" and p.file == card]
        return {
            "built": self.built,
            "problems": [self.told(problem) for problem in errors(self.problems)],
            "warnings": [self.told(problem) for problem in warnings],
            "card": {"text": card, "link": self.link(card, 1, 1)} if card else None,
        }

    def told(self, problem: Problem) -> dict[str, str]:
        """Return a problem as text, with the link that opens the editor at its place."""
        return {"text": str(problem), "link": self.link(problem.file, problem.line, problem.column)}

    def link(self, file: str, line: int, column: int) -> str:
        """Return the address by which VS Code and its kin open a file at a place."""
        place = quote((self.root / file).as_posix())
        return f"vscode://file{place}:{max(1, line)}:{max(1, column)}"


def with_script(page: bytes, built: str) -> bytes:
    """Return a page that listens for saves, its Content-Security-Policy opened for that."""
    script = f'<script src="/preview.js" data-built="{built}" defer></script></body>'
    page = _STYLES.sub(b"style-src-elem 'unsafe-inline'", page, count=1)
    page = page.replace(b"base-uri 'none'", b"connect-src 'self' ws:; base-uri 'none'", 1)
    return page.replace(b"</body>", script.encode(), 1)


class Local(web.RequestHandler):
    """Answers only to names that were agreed, so that no other site can read drafts."""

    def initialize(self, preview: Preview) -> None:
        """Take the preview that holds what is answered."""
        self.preview = preview

    def prepare(self) -> None:
        """Refuse a request that came under another name (DNS rebinding)."""
        if self.request.host_name not in self.preview.hosts:
            raise web.HTTPError(403)
        self.set_header("Cache-Control", "no-store")


class Pages(Local):
    """The files of the site."""

    def get(self, path: str) -> None:
        """Send what stands at the path, or the page for lost readers."""
        if f"{path}/index.html" in self.preview.files:
            self.redirect(f"/{path}/")
            return
        found = self.preview.file(path)
        if found is None:
            self.set_status(404)
            found = self.preview.file("404.html") or ("404.html", b"404")
        kind = mimetypes.guess_type(found[0])[0] or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") or kind.endswith("xml") else ""
        self.set_header("Content-Type", kind + charset)
        self.write(found[1])


class State(Local):
    """What stands now: problems, warnings and the card of a page."""

    def get(self) -> None:
        """Send the state of the page that asks, named in `page`."""
        self.write(self.preview.state(self.get_argument("page", "").removeprefix("/")))


class Script(Local):
    """The script that shows problems and listens for saves."""

    def get(self) -> None:
        """Send the script."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.write(SCRIPT.read_bytes())


class Socket(LiveReloadHandler):  # type: ignore[misc]
    """livereload's socket, for our own pages only."""

    hosts: frozenset[str] = LOOPBACK

    def check_origin(self, origin: str) -> bool:
        """Return whether the page that asks is one of ours."""
        return urlsplit(origin).hostname in self.hosts


class Watch(Watcher):  # type: ignore[misc]
    """Tells livereload of saves within milliseconds, each one, without polling."""

    def __init__(self, root: Path, preview: Preview) -> None:
        super().__init__()
        self._tasks = {"site": None}  # an empty one makes livereload watch the whole folder
        self.root, self.preview = root, preview

    def start(self, callback: Callable[[], Any]) -> bool:  # noqa: ARG002  (livereload's signature)
        """Begin to watch; True tells livereload not to poll."""
        IOLoop.current().spawn_callback(self._run)
        return True

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        folders = [self.root / name for name in FOLDERS]
        async for saved in awatch(*folders, debounce=400, step=30):
            sound = await loop.run_in_executor(None, self.preview.renew)
            say(self.preview)
            styles = sound and all(path.endswith(".css") for _, path in saved)
            LiveReloadHandler.reload_waiters(STYLES_ONLY if styles else "/*")


class PreviewServer(Server):  # type: ignore[misc]
    """livereload's server with our pages in place of its own."""

    preview: Preview

    def application(self, port: int, host: str, **_: Any) -> None:
        """Listen on a port of this machine."""
        Socket.hosts = self.preview.hosts
        LiveReloadHandler.watcher, LiveReloadHandler.live_css = self.watcher, True
        held = {"preview": self.preview}
        routes: list[tuple[Any, ...]] = [
            (r"/livereload", Socket),
            (r"/livereload\.js", LiveReloadJSHandler),
            (r"/preview\.js", Script, held),
            (r"/preview/state\.json", State, held),
            (r"/(.*)", Pages, held),
        ]
        web.Application(routes).listen(port, address=host)
        print(f"Look at http://{host}:{port}/ and edit; stop with Ctrl-C.", flush=True)

    def _setup_logging(self) -> None:
        """Leave the log alone: what an editor must know is printed."""


def say(preview: Preview) -> None:
    """Print what stands after a save."""
    for problem in preview.problems:
        print(problem, end="\n\n", file=sys.stderr)
    print("Broken: the last good site is shown." if errors(preview.problems) else "Built.", flush=True)


def serve(make: Callable[[], Made], root: Path, port: int, host: str) -> int:
    """Serve the site until it is interrupted; return 0, or 1 where the port is taken.

    `host` is the address of this machine to listen on; others than loopback let others look.
    """
    logging.getLogger("livereload").setLevel(logging.WARNING)
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    missing = [name for name in FOLDERS if not (root / name).is_dir()]
    if missing:
        print(f"There is no folder {missing[0]}/ in {root}. Is this the right folder?", file=sys.stderr)
        return 1
    preview = Preview(make, root, LOOPBACK | {host})
    preview.renew()
    say(preview)
    server = PreviewServer(watcher=Watch(root, preview))
    server.preview = preview
    try:
        server.serve(port=port, host=host, root=str(root))
    except OSError as error:
        print(f"Port {port} cannot be used: {error.strerror}. Give another with --port.", file=sys.stderr)
        return 1
    return 0
