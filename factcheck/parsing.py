"""Parsing: what one file of the content holds, and what is wrong in it."""

from dataclasses import replace

from . import cards
from .content import Article, PageHead, Proof
from .fields import Record, unsettable
from .places import misplaced, model_of
from .problems import Problem

Found = tuple[Record | Article | str | None, list[Problem]]


def parsed(file: str, name: str, raw: bytes) -> Found:
    """Return what a file of the content holds, None where it cannot be read, and every fault.

    `file` is what problems call it, `name` its path below `content/`.
    """
    if name.startswith("documents/") and name.endswith("/text.txt"):
        return _text(file, raw)
    if wrong := misplaced(name):
        return None, [wrong]
    model = model_of(name)
    assert model
    if model is PageHead:
        return _article(file, name, raw)
    card, problems = cards.read(model, file, raw)
    if model is Proof:
        mend = 'Do not edit it: "build.py check --texts DIR --record" writes it anew.'
        problems = [replace(problem, mend=mend) for problem in problems]
    return card, problems


def _text(file: str, raw: bytes) -> tuple[str | None, list[Problem]]:
    _, garbled = cards.decode(file, raw)
    return (None, garbled) if garbled else (raw.decode("utf-8"), [])


def _article(file: str, name: str, raw: bytes) -> tuple[Article | None, list[Problem]]:
    raw = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    opening, separator, rest = raw.partition(b"\n---\n")
    if not raw.startswith(b"---\n") or not separator:
        mend = 'Begin it with a line "---", the fields title and description, and a line "---".'
        return None, [Problem(file, 1, 1, "front-matter", "the page has no head", mend)]
    head, problems = cards.read(PageHead, file, opening[3:])
    wrong = [] if head is None else cards.hidden(file, raw)
    if head is None or wrong:
        return None, problems + wrong
    text = rest.decode("utf-8")
    if why := unsettable(text):
        line = opening.count(b"\n") + 3
        return None, [Problem(file, line, 1, "length", f"the text {why}", "Shorten it, or make two of it.")]
    return Article(name.rpartition("/")[2].removesuffix(".md"), file, head, text), problems
