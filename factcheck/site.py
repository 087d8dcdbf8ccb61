"""The site as a value: its files, and what is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from .audit import Read, audit, audit_page, read
from .lazy import Late, Lazy
from .page import Page
from .problems import Problem
from .renderer import Renderer, render
from .spread import spread

Made = tuple[bytes, list[Problem]]
More = Callable[[Mapping[str, bytes], list[Problem]], Mapping[str, bytes]]


@dataclass(frozen=True)
class Site:
    """What content becomes: files by their path within the site, and what is wrong.

    `cards` names by file the card that a page shows, `claims` says how many there are.
    There are no files where an error stands in the way. In a preview each file is made when it is
    asked for, and `faults` tells what is wrong with it.
    """

    files: Mapping[str, bytes]
    problems: Sequence[Problem]
    cards: Mapping[str, str] = field(default_factory=dict)
    claims: int = 0
    faults: Mapping[str, Sequence[Problem]] = field(default_factory=dict, compare=False)


def finish(
    renderer: Renderer,
    pages: Mapping[str, Page],
    ready: Mapping[str, bytes],
    late: Mapping[str, More],
    *,
    whole: bool,
) -> Site:
    """Return the site of these pages, of the files that are ready and of what comes `late`.

    That gives for a folder what makes more files in it of those that there are, and notes what is
    wrong with them. `whole` makes and audits all; else each file is made, and those of a folder all
    at once, when it is asked for.
    """
    made: Mapping[str, Made] = Lazy(pages, lambda name: render(renderer, pages[name]))
    known: Mapping[str, Read | None] = {}
    if whole:
        found = dict(spread(partial(_made, renderer, pages), [*pages]))
        made = {name: one for name, (one, _) in found.items()}
        known = {name: what for name, (_, what) in found.items()}
    files: Mapping[str, bytes] = Lazy(
        [*pages, *ready], lambda name: ready[name] if name in ready else made[name][0]
    )
    wrong: list[Problem] = []
    for folder, make in late.items():
        files = Late(files, folder, partial(make, files, wrong))
    problems = list(dict.fromkeys(chain.from_iterable(made[name][1] for name in pages))) if whole else []
    problems += audit(files, known) if whole and not problems else []
    problems += wrong
    faults = Lazy(pages, lambda name: made[name][1] or audit_page(name, files))
    cards_of = {name: page.file for name, page in pages.items() if page.file}
    return Site(files, problems, cards_of, faults=faults)


def _made(renderer: Renderer, pages: Mapping[str, Page], name: str) -> tuple[Made, Read | None]:
    """Return a page's file, what is wrong with it, and what it names."""
    content, faults = render(renderer, pages[name])
    return (content, faults), read(name, content)
