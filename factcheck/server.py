"""The server of the preview: pages for the browser, and word of each save.

livereload serves and speaks to the browser. No save is missed: watching begins before anything is
read, what is read is watched, and nothing that a build meets ends the watching.
"""

import asyncio
import logging
import mimetypes
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado import web
from tornado.ioloop import IOLoop

from .preview import Made, Preview
from .problems import errors
from .saves import FOLDERS, Saves

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
STYLES_ONLY = "/preview/styles"
SCRIPT = Path(__file__).with_name("preview.js")


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

    async def get(self, path: str) -> None:
        """Send what stands at the path, or the page for lost readers."""
        found = await self.made(path)
        if found is None and f"{path}/index.html" in self.preview.shown.files:
            self.redirect(f"/{path}/")
            return
        if found is None:
            self.set_status(404)
            found = await self.made("404.html") or ("404.html", b"404")
        kind = mimetypes.guess_type(found[0])[0] or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") or kind.endswith("xml") else ""
        self.set_header("Content-Type", kind + charset)
        self.write(found[1])

    async def made(self, path: str) -> tuple[str, bytes] | None:
        """Return the file at a path, after the build that may be under way."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.preview.worker, self.preview.file, path)


class State(Local):
    """What stands now: problems, warnings and the card of a page."""

    async def get(self) -> None:
        """Send the state of the page that asks, named in `page`."""
        preview, page = self.preview, self.get_argument("page", "").removeprefix("/")
        loop = asyncio.get_running_loop()
        self.write(await loop.run_in_executor(preview.worker, preview.state, page))


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
            sound = await loop.run_in_executor(self.preview.worker, self.preview.renew, saved)
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


def serve(make: Callable[[Collection[str]], Made], root: Path, port: int, host: str) -> int:
    """Serve the site until it is interrupted; return 0, or 1 where it cannot be begun.

    `make` is told which files were saved, none the first time. `host` is the address of this machine to
    listen on; others than loopback let others look.
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
