"""The preview: the site in a browser while its cards are written, made anew at each save.

livereload serves and speaks to the browser, watchfiles tells of saves. The site is kept in
memory; while an error stands in the way the last good one is shown, with the problems over it.
No save is missed: watching begins before anything is read, what is read is watched, and nothing
that a build meets ends the watching.
"""

import asyncio
import logging
import mimetypes
import re
import secrets
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado import web
from tornado.ioloop import IOLoop

from .problems import Problem, errors
from .saves import FOLDERS, Saves

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
STYLES_ONLY = "/preview/styles"
SCRIPT = Path(__file__).with_name("preview.js")
_STYLES = re.compile(rb"style-src-elem '[^']*'")
_EMPTY = (
    b"<!doctype html><html lang=en><meta charset=utf-8><title>Preview</title>"
    b"<body><main><h1>The site cannot be built yet</h1></main></body></html>"
)
_STOPPED = Problem(
    "build.py", 0, 0, "stopped", "this program has a fault, and the build stopped",
    "Please report it with what stands in the terminal; the next save is built again.",
)  # fmt: skip


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


@dataclass(frozen=True)
class Shown:
    """What is shown at one time: the last good site, and the problems that stand now.

    `built` tells one build from another; a page carries it, so that the script sees a later one.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    cards: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    built: str = ""

    def file(self, path: str) -> tuple[str, bytes] | None:
        """Return the name and the bytes of what stands at a path, with the preview's script."""
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        content = self.files.get(name)
        if content is None and not self.files:
            name, content = "index.html", _EMPTY
        if content is not None and name.endswith(".html"):
            content = with_script(content, self.built)
        return None if content is None else (name, content)


class Preview:
    """The site as it is shown now; each build puts a new value in the place of the old one."""

    def __init__(self, make: Callable[[], Made], root: Path, hosts: frozenset[str]) -> None:
        self.make, self.root, self.hosts = make, root.resolve(), hosts
        self.shown = Shown()

    def renew(self) -> bool:
        """Make the site anew; return whether it can be shown. A fault of our own is a problem too."""
        last = self.shown
        try:
            made = self.make()
            files, cards, problems = made.files, made.cards, made.problems
        except Exception:  # the next save may mend it
            traceback.print_exc()
            files, cards, problems = {}, {}, [_STOPPED]
        if not files:
            files, cards = last.files, last.cards
        self.shown = Shown(files, cards, problems, secrets.token_hex(8))
        return not errors(problems)

    def state(self, path: str) -> dict[str, object]:
        """Return what the script shows over the page at a path: errors, and what its card needs."""
        shown = self.shown
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        card = shown.cards.get(name, "")
        warnings = [p for p in shown.problems if p.level == "warning" and p.file == card]
        return {
            "built": shown.built,
            "problems": [self.told(problem) for problem in errors(shown.problems)],
            "warnings": [self.told(problem) for problem in warnings],
            "card": {"text": card, "link": self.link(card, 1, 1)} if card else None,
        }

    def told(self, problem: Problem) -> dict[str, object]:
        """Return a problem with the link that opens the editor at its place.

        Its line is in parts, to be underlined: in a browser wide characters are not twice as wide.
        """
        return {
            "text": problem.sentence,
            "link": self.link(problem.file, problem.line, problem.column),
            "line": problem.marked if problem.excerpt else None,
            "mend": problem.mend,
        }

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
        shown = self.preview.shown
        if f"{path}/index.html" in shown.files:
            self.redirect(f"/{path}/")
            return
        found = shown.file(path)
        if found is None:
            self.set_status(404)
            found = shown.file("404.html") or ("404.html", b"404")
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

    def on_message(self, message: str) -> None:
        """Answer a page, and tell it of every build from its first word on, not its second."""
        super().on_message(message)
        LiveReloadHandler.waiters.add(self)


class Watch(Watcher):  # type: ignore[misc]
    """Builds at each save, then tells livereload, which need not poll."""

    def __init__(self, saves: Saves, preview: Preview) -> None:
        super().__init__()
        self._tasks = {"site": None}  # an empty one makes livereload watch the whole folder
        self.saves, self.preview = saves, preview

    def start(self, callback: Callable[[], Any]) -> bool:  # noqa: ARG002  (livereload's signature)
        """Begin; True tells livereload not to poll."""
        IOLoop.current().spawn_callback(self._run)
        return True

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            saved = await self.saves.next()
            broken = errors(self.preview.shown.problems)
            sound = await loop.run_in_executor(None, self.preview.renew)
            say(self.preview)
            styles = sound and not broken and all(path.endswith(".css") for path in saved)
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
    problems = preview.shown.problems
    for problem in problems:
        print(problem, end="\n\n", file=sys.stderr)
    print("Broken: the last good site is shown." if errors(problems) else "Built.", flush=True)


def serve(make: Callable[[], Made], root: Path, port: int, host: str) -> int:
    """Serve the site until it is interrupted; return 0, or 1 where it cannot be begun.

    `host` is the address of this machine to listen on; others than loopback let others look.
    """
    logging.getLogger("livereload").setLevel(logging.WARNING)
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    missing = [name for name in FOLDERS if not (root / name).is_dir()]
    if missing:
        print(f"There is no folder {missing[0]}/ in {root}. Is this the right folder?", file=sys.stderr)
        return 1
    preview = Preview(make, root, LOOPBACK | {host})
    saves = Saves(root)
    try:
        IOLoop.current().run_sync(saves.begin)
    except (OSError, RuntimeError) as error:
        mend = "Set WATCHFILES_FORCE_POLLING=1 to look for saves instead of being told."
        print(f"Saves cannot be watched ({error}). {mend}", file=sys.stderr)
        return 1
    preview.renew()
    say(preview)
    server = PreviewServer(watcher=Watch(saves, preview))
    server.preview = preview
    try:
        server.serve(port=port, host=host, root=str(root))
    except OSError as error:
        print(f"Port {port} cannot be used: {error.strerror}. Give another with --port.", file=sys.stderr)
        return 1
    return 0
