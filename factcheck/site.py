"""The site as a value: its files, and what is wrong with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import NamedTuple

from .audit import Asked, audit_links, audit_page
from .lazy import Anew, Late, Lazy
from .page import Made, Page
from .problems import Problem
from .progress import Progress
from .recall import Kept, Recall, Recalled
from .renderer import Renderer, render
from .shelf import Filed, Shelf
from .spread import LITTLE, spread

Files = Callable[[], Mapping[str, Made]]
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
_TOGETHER = 50  # files in a bundle


class _Done(NamedTuple):
    """What came of a file: what is to be noted of it, what was wrong with its making and with what
    was made, and what its links ask for.
    """  # fmt: skip

    filed: Filed
    faults: list[Problem]
    wrong: list[Problem]
    asked: dict[Asked, str]


class _Bundle(NamedTuple):
    """What came of some files, and what is to be remembered of them."""

    done: Mapping[str, _Done]
    kept: Sequence[Kept] = ()


def finish(  # noqa: PLR0913  (what there is, where it goes, and what need not be made)
    renderer: Renderer,
    pages: Mapping[str, Page],
    ready: Mapping[str, bytes],
    apart: Mapping[str, Files],
    late: Mapping[str, More],
    *,
    shelf: Shelf,
    recall: Recall | None,
    progress: Progress,
) -> Site:
    """Lay all files of the site on a shelf: these pages, what is ready, what is made `apart` and `late`.

    Pictures may lie there already. `late` gives for a folder what makes more files in it of those
    that there are by then; `apart`, what makes some of nothing else. What `recall` knows is not made
    again.
    """
    shelf.open()
    for name in ready:
        shelf.filed[name] = shelf.lay(name, ready[name])
    there, notes = frozenset((*pages, *shelf)), _Notes(shelf, recall)

    def page(name: str) -> _Done:
        return _asking(_done(shelf, name, render(renderer, pages[name])), there)

    def bundle(of: tuple[str, ...] | str) -> _Bundle:
        if isinstance(of, str):
            return _apart(apart[of](), shelf, there, recall)
        return _bundle([pages[name] for name in of], of, page, shelf, recall)

    progress.stage("pages")
    wide, narrow = bundled(pages)
    few = _LITTLE if len(narrow) > LITTLE else len(wide) + 1
    first: list[tuple[str, ...] | str] = [*apart, *wide]
    made = chain(spread(bundle, first, little=few), spread(bundle, narrow))
    notes.take(progress.over(made, len(first) + len(narrow)))
    for folder, make in late.items():
        progress.stage(folder)
        more = make(shelf)
        notes.keep(recall.taken() if recall else ())
        each = [(name,) for name in more]
        later = spread(partial(_late, more, shelf, there, recall), each, little=_LITTLE)
        notes.take(progress.over(later, len(each)))
    progress.stage("links")
    return Site(shelf, notes.problems(), _cards(pages))


class _Notes:
    """Takes what came of files, in whichever process they were made."""

    def __init__(self, shelf: Shelf, recall: Recall | None) -> None:
        self.shelf, self.recall = shelf, recall
        self.faults: list[Problem] = []
        self.wrong: list[Problem] = []
        self.asked: dict[Asked, tuple[str, str]] = {}  # with the first page and link that ask for it

    def take(self, made: Iterable[tuple[object, _Bundle]]) -> None:
        """Note the files on the shelf, what they ask for, and what is to be remembered of them."""
        for _, bundle in made:
            for name, one in bundle.done.items():
                self.shelf.filed[name] = one.filed
                self.faults += one.faults
                self.wrong += one.wrong
                self.asked.update({
                    what: (name, link) for what, link in one.asked.items() if what not in self.asked
                })  # fmt: skip
            self.keep(bundle.kept)

    def keep(self, kept: Iterable[Kept]) -> None:
        """Remember what was made."""
        if self.recall:
            for one in kept:
                self.recall.memory[one.key] = one.value

    def problems(self) -> list[Problem]:
        """Return what is wrong with the files; where a template failed, only that."""
        told = [*dict.fromkeys(self.faults)]
        return told or [*self.wrong, *audit_links(self.asked, self.shelf)]


def bundled(names: Iterable[str]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return files in bundles that are made or recalled together, those first that take long.

    A bundle is a folder that shows one thing, with the folders in it. What lies higher shows many
    things, each file others, some of them all there are: it is alone, and first.
    """
    found: dict[str, list[str]] = {}
    for name in names:
        folder = name.rpartition("/")[0]
        outer = folder.rpartition("/")[0]
        found.setdefault(outer if outer in found else folder if "/" in outer else name, []).append(name)
    wide: list[tuple[str, ...]] = [(name,) for name in found if name.count("/") < 2]
    deep = [some for name, some in found.items() if name.count("/") > 1]
    parts = (tuple(some[at : at + _TOGETHER]) for some in deep for at in range(0, len(some), _TOGETHER))
    return wide, [*parts]


def _bundle(
    parts: Sequence[object],
    names: Sequence[str],
    make: Callable[[str], _Done],
    shelf: Shelf,
    recall: Recall | None,
) -> _Bundle:
    """Make files of these parts, or recall them."""
    if recall is None:
        return _Bundle({name: make(name) for name in names})
    if known := recall.known(parts, names, shelf):
        made = (_Done(one.filed, [], [], one.asked) for one in known)
        return _Bundle(dict(zip(names, made, strict=True)))
    done, questions = recall.watch.noting(lambda: {name: make(name) for name in names})
    if not any(one.faults or one.wrong for one in done.values()):
        recall.keep(parts, questions, [Recalled(one.filed, one.asked) for one in done.values()])
    return _Bundle(done, recall.taken())


def _apart(files: Mapping[str, Made], shelf: Shelf, there: frozenset[str], recall: Recall | None) -> _Bundle:
    """Lay files that are made together."""
    done = {name: _asking(_done(shelf, name, made), there) for name, made in files.items()}
    return _Bundle(done, recall.taken() if recall else ())


def _late(
    more: Mapping[str, Made],
    shelf: Shelf,
    there: frozenset[str],
    recall: Recall | None,
    names: tuple[str, ...],
) -> _Bundle:
    """Make a file that comes late, or recall it where it is told what it is made of."""

    def make(name: str) -> _Done:
        return _asking(_done(shelf, name, more[name]), there)

    tells = more.parts if isinstance(more, Anew) else None
    if tells is None:
        return _Bundle({name: make(name) for name in names})
    return _bundle([part for name in names for part in tells(name)], names, make, shelf, recall)


def _done(shelf: Shelf, name: str, made: Made) -> _Done:
    """Lay a file on the shelf."""
    content, faults = made
    wrong, asked = audit_page(name, content)
    return _Done(shelf.lay(name, content), faults, wrong, asked)


def _asking(done: _Done, there: frozenset[str]) -> _Done:
    """Return the same with what is asked for beside files that there are."""
    asked = {one: link for one, link in done.asked.items() if one.id or one.file not in there}
    return done._replace(asked=asked)


def draft(
    renderer: Renderer,
    pages: Mapping[str, Page],
    ready: Mapping[str, bytes],
    apart: Mapping[str, Files],
    late: Mapping[str, More],
) -> Site:
    """Return the same site with each file made when it is asked for, those of a late folder all at once."""
    made = Lazy(pages, lambda name: render(renderer, pages[name]))
    files: Mapping[str, bytes] = Lazy(
        [*pages, *ready], lambda name: ready[name] if name in ready else made[name][0]
    )
    for folder, own in apart.items():
        files = Late(files, folder, partial(_contents, own))
    for folder, make in late.items():
        files = Late(files, folder, partial(_contents, partial(make, files)))
    faults = Lazy(pages, lambda name: made[name][1] or _faults(name, files))
    return Site(files, [], _cards(pages), faults=faults)


def _contents(make: Files) -> Mapping[str, bytes]:
    more = make()
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
