"""The preview: the site while its cards are written, made anew at each save.

A page is made when it is asked for. While an error stands in the way the last good site is shown,
with the problems over it.
"""

import re
import secrets
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from .problems import Problem, errors

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

    @property
    def faults(self) -> Mapping[str, Sequence[Problem]]:
        """What is wrong with each page, found when it is made."""


@dataclass(frozen=True)
class Shown:
    """What is shown at one time: the last good site, and the problems that stand now.

    `built` tells one build from another; a page carries it, so that the script sees a later one.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    cards: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, Sequence[Problem]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    built: str = ""


class Preview:
    """The site as it is shown now; each build puts a new value in the place of the old one."""

    def __init__(self, make: Callable[[Collection[str]], Made], root: Path, hosts: frozenset[str]) -> None:
        self.make, self.root, self.hosts = make, root.resolve(), hosts
        self.shown = Shown()
        self.good: dict[str, bytes] = {}
        self.worker = ThreadPoolExecutor(1)  # builds and pages are made one after the other

    def file(self, path: str) -> tuple[str, bytes] | None:
        """Return the name and the bytes of what stands at a path, with the preview's script.

        A page that cannot be made is shown as it last could.
        """
        shown, name = self.shown, _file(path)
        content = shown.files.get(name)
        if content is None and not shown.files:
            name, content = "index.html", _EMPTY
        elif content == b"":  # its template or text has a fault, which its state tells
            content = self.good.get(name, _EMPTY)
        elif content is not None:
            self.good[name] = content
        if content is not None and name.endswith(".html"):
            content = with_script(content, shown.built)
        return None if content is None else (name, content)

    def renew(self, saved: Collection[str] = ()) -> bool:
        """Make the site anew once files were saved; return whether it can be shown.

        A fault of our own is a problem too.
        """
        last = self.shown
        try:
            made = self.make(saved)
            files, cards, faults, problems = made.files, made.cards, made.faults, made.problems
        except Exception:  # the next save may mend it
            traceback.print_exc()
            files, cards, faults, problems = {}, {}, {}, [_STOPPED]
        if not files:
            files, cards, faults = last.files, last.cards, last.faults
        self.shown = Shown(files, cards, faults, problems, secrets.token_hex(8))
        return not errors(problems)

    def state(self, path: str) -> dict[str, object]:
        """Return what the script shows over the page at a path: errors, and what its card needs."""
        shown, name = self.shown, _file(path)
        card = shown.cards.get(name, "")
        wrong = [*errors(shown.problems), *shown.faults.get(name, ())]
        warnings = [p for p in shown.problems if p.level == "warning" and p.file == card]
        return {
            "built": shown.built,
            "problems": [self.told(problem) for problem in wrong],
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


def _file(path: str) -> str:
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def with_script(page: bytes, built: str) -> bytes:
    """Return a page that listens for saves, its Content-Security-Policy opened for that."""
    script = f'<script src="/preview.js" data-built="{built}" defer></script></body>'
    page = _STYLES.sub(b"style-src-elem 'unsafe-inline'", page, count=1)
    page = page.replace(b"connect-src 'self'", b"connect-src 'self' ws:", 1)
    return page.replace(b"</body>", script.encode(), 1)
