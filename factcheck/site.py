"""The site as a value: its files, and what is wrong with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from .audit import Asked, audit_links, audit_page
from .lazy import Late, Lazy
from .page import Made, Page
from .problems import Problem
from .renderer import Renderer, render
from .shelf import Filed, Shelf
from .spread import spread

More = Callable[[Mapping[str, bytes]], Mapping[str, Made]]


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


_LITTLE = 8  # of the files that come late, which are large


class _Done(NamedTuple):
    """What came of a file: what is to be noted of it, what was wrong with its making and with what
    was made, and what its links ask for.
    """  # fmt: skip

    filed: Filed
    faults: list[Problem]
    wrong: list[Problem]
    asked: dict[Asked, str]


def finish(
    renderer: Renderer,
    pages: Mapping[str, Page],
    ready: Mapping[str, bytes],
    late: Mapping[str, More],
    shelf: Shelf,
) -> Site:
    """Lay all files of the site on a shelf: these pages, what is ready, and what comes `late`.

    Pictures may lie there already. `late` gives for a folder what makes more files in it of those
    that there are by then.
    """
    shelf.open()
    for name in ready:
        shelf.filed[name] = shelf.lay(name, ready[name])
    faults: list[Problem] = []
    wrong: list[Problem] = []
    asked: dict[Asked, tuple[str, str]] = {}

    def note(done: Iterable[tuple[str, _Done]]) -> None:
        for name, one in done:
            shelf.filed[name] = one.filed
            faults.extend(one.faults)
            wrong.extend(one.wrong)
            for what, link in one.asked.items():
                asked.setdefault(what, (name, link))

    names = frozenset((*pages, *shelf))
    note(spread(partial(_done, shelf, lambda name: render(renderer, pages[name]), names), [*pages]))
    for make in late.values():
        more = make(shelf)
        note(spread(partial(_done, shelf, more.__getitem__, names), [*more], little=_LITTLE))
    problems = [*dict.fromkeys(faults)] or [*wrong, *audit_links(asked, shelf)]
    return Site(shelf, problems, _cards(pages))


def _done(shelf: Shelf, make: Callable[[str], Made], names: frozenset[str], name: str) -> _Done:
    """Make a file and lay it on the shelf; `names` are files that there are."""
    content, faults = make(name)
    wrong, asked = audit_page(name, content, names)
    return _Done(shelf.lay(name, content), faults, wrong, asked)


def draft(
    renderer: Renderer,
    pages: Mapping[str, Page],
    ready: Mapping[str, bytes],
    late: Mapping[str, More],
) -> Site:
    """Return the same site with each file made when it is asked for, those of a late folder all at once."""
    made = Lazy(pages, lambda name: render(renderer, pages[name]))
    files: Mapping[str, bytes] = Lazy(
        [*pages, *ready], lambda name: ready[name] if name in ready else made[name][0]
    )
    for folder, make in late.items():
        files = Late(files, folder, partial(_contents, make, files))
    faults = Lazy(pages, lambda name: made[name][1] or _faults(name, files))
    return Site(files, [], _cards(pages), faults=faults)


def _contents(make: More, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    more = make(files)
    return Lazy(more, lambda name: more[name][0])


def _faults(name: str, files: Mapping[str, bytes]) -> list[Problem]:
    """Return what is wrong with a page, without a look for ids in those that it leads to."""
    wrong, asked = audit_page(name, files[name], files)
    return [
        *wrong,
        *audit_links(
            {one: (name, link) for one, link in asked.items() if not one.id or one.file == name}, files
        ),
    ]


def _cards(pages: Mapping[str, Page]) -> dict[str, str]:
    return {name: page.file for name, page in pages.items() if page.file}
