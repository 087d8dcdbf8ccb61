"""The site as a value: its files, and what is wrong with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from .audit import Asked, audit_links, audit_page
from .lazy import Late, Lazy
from .page import Made, Page
from .problems import Problem
from .progress import Progress
from .recall import Kept, Recall
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
    was made, what its links ask for, and what is to be remembered.
    """  # fmt: skip

    filed: Filed
    faults: list[Problem]
    wrong: list[Problem]
    asked: dict[Asked, str]
    kept: Kept | None = None


def finish(  # noqa: PLR0913  (what there is, where it goes, and what need not be made)
    renderer: Renderer,
    pages: Mapping[str, Page],
    ready: Mapping[str, bytes],
    late: Mapping[str, More],
    *,
    shelf: Shelf,
    recall: Recall | None,
    progress: Progress,
) -> Site:
    """Lay all files of the site on a shelf: these pages, what is ready, and what comes `late`.

    Pictures may lie there already. `late` gives for a folder what makes more files in it of those
    that there are by then. What `recall` knows is not made again.
    """
    shelf.open()
    for name in ready:
        shelf.filed[name] = shelf.lay(name, ready[name])
    faults: list[Problem] = []
    wrong: list[Problem] = []
    asked: dict[Asked, tuple[str, str]] = {}  # with the first page and link that ask for it

    def note(done: Iterable[tuple[str, _Done]]) -> None:
        for name, one in done:
            shelf.filed[name] = one.filed
            faults.extend(one.faults)
            wrong.extend(one.wrong)
            asked.update({what: (name, link) for what, link in one.asked.items() if what not in asked})
            if recall and one.kept:
                recall.memory[one.kept.key] = one.kept.value

    names = frozenset((*pages, *shelf))

    def page(name: str) -> _Done:
        return _asking(_page(pages[name], name, partial(render, renderer, pages[name]), shelf, recall), names)

    progress.stage("pages")
    note(progress.over(spread(page, [*pages]), len(pages)))
    for folder, make in late.items():
        progress.stage(folder)
        more = make(shelf)
        note(progress.over(spread(partial(_late, more, shelf, names), [*more], little=_LITTLE), len(more)))
    progress.stage("links")
    problems = [*dict.fromkeys(faults)] or [*wrong, *audit_links(asked, shelf)]
    return Site(shelf, problems, _cards(pages))


def _page(page: Page, name: str, make: Callable[[], Made], shelf: Shelf, recall: Recall | None) -> _Done:
    """Make a page, or recall it."""
    if recall is None:
        return _done(shelf, name, make())
    if known := recall.known(page, name, shelf):
        return _Done(known.filed, [], [], known.asked)
    made, questions = recall.watch.noting(make)
    done = _done(shelf, name, made)
    if done.faults or done.wrong:
        return done
    return done._replace(kept=recall.kept(page, questions, done.filed, done.asked))


def _late(more: Mapping[str, Made], shelf: Shelf, names: frozenset[str], name: str) -> _Done:
    return _asking(_done(shelf, name, more[name]), names)


def _done(shelf: Shelf, name: str, made: Made) -> _Done:
    """Lay a file on the shelf."""
    content, faults = made
    wrong, asked = audit_page(name, content)
    return _Done(shelf.lay(name, content), faults, wrong, asked)


def _asking(done: _Done, names: frozenset[str]) -> _Done:
    """Return the same with what is asked for beside files that there are."""
    asked = {one: link for one, link in done.asked.items() if one.id or one.file not in names}
    return done._replace(asked=asked)


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
    wrong, asked = audit_page(name, files[name])
    return [
        *wrong,
        *audit_links(
            {one: (name, link) for one, link in asked.items() if not one.id or one.file == name}, files
        ),
    ]


def _cards(pages: Mapping[str, Page]) -> dict[str, str]:
    return {name: page.file for name, page in pages.items() if page.file}
