"""The site as a value: its files, and what is wrong with it."""

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import NamedTuple

from .audit import Audit, audit_links
from .bundles import bundled, portions
from .lazy import Anew, Later, Lazy
from .notes import Bundle, Done, Job, Notes
from .page import Made
from .problems import Problem
from .progress import Progress
from .recall import Found, Recall, Recalled, Trace, row_of
from .renderer import Renderer, render
from .sections import Listed, Plan
from .shelf import Shelf
from .spread import LITTLE, Aside, cores, spread

Files = Callable[[], Mapping[str, Made]]
More = Callable[[Mapping[str, bytes]], Mapping[str, Made]]
Late = Mapping[str, More]  # by the folder in which all of them lie; those of the first make little work


@dataclass(frozen=True)
class Site:
    """What content becomes: files by their path within the site, and what is wrong.

    `cards` names by file the card that a page shows, `claims` says how many there are, `of` are the digests
    of the files of content and templates that it was made of.
    There are no files where an error stands in the way. In a preview each file is made when it is
    asked for, and `faults` tells what is wrong with it.
    """

    files: Mapping[str, bytes]
    problems: Sequence[Problem]
    cards: Mapping[str, str] = field(default_factory=dict)
    claims: int = 0
    of: tuple[bytes, bytes] = (b"", b"")
    faults: Mapping[str, Sequence[Problem]] = field(default_factory=dict, compare=False)


class Planned(NamedTuple):
    """How a section is planned: its files, those together that are made together, and what of it is listed.

    `trace` tells what the planning was made of, where it can be remembered.
    """

    bundles: Sequence[tuple[str, ...]]
    trace: Trace | None
    listed: Sequence[Listed]


_LITTLE = 8  # of the files that come late, which are large
_FEW = 20  # sections that are not worth a second process


def finish(  # noqa: PLR0913  (what there is, where it goes, and what need not be made)
    renderer: Renderer,
    plan: Plan,
    ready: Mapping[str, bytes],
    apart: Mapping[str, Files],
    late: Sequence[Late],
    *,
    shelf: Shelf,
    recall: Recall | None,
    progress: Progress,
) -> Site:
    """Lay all files of the site on a shelf: these pages, what is ready, what is made `apart` and `late`.

    Pictures may lie there already. `late` gives for some folders what makes more files in them of those
    that there are by then, one step after the other; `apart`, what makes some of nothing else. What `recall`
    knows is not made again.
    """
    shelf.open()
    shelf.filed |= {name: shelf.lay(name, content) for name, content in ready.items()}
    progress.stage("pages")
    notes = Notes(shelf, recall)
    jobs = _jobs(renderer, plan, notes)
    audit = Audit(frozenset((*chain.from_iterable(job.names for job in jobs), *shelf)))

    def bundle(of: Job | str) -> Bundle:
        if isinstance(of, str):
            return _apart(apart[of](), shelf, audit)
        pages = [plan.section(of.section)[name] for name in of.names]
        return _bundle(of, pages, lambda at: render(renderer, pages[at]), shelf, audit, recall)

    some = portions(apart, jobs)
    alone = len(jobs) <= LITTLE
    made = spread(lambda portion: [*map(bundle, portion)], some, little=len(some) + 1 if alone else 1)
    notes.take(chain.from_iterable(zip(*one, strict=True) for one in progress.over(made, len(some))))
    problems = notes.problems(_gathered(late, notes, audit, progress, alone=alone))
    return Site(shelf, problems, plan.cards())


def _gathered(
    late: Sequence[Late], notes: Notes, audit: Audit, progress: Progress, *, alone: bool
) -> list[Problem]:
    """Make what comes late, one step after the other, and return the links that lead nowhere.

    Those are looked for while the last step is made, by another process unless this one works `alone`.
    """
    *steps, last = late
    for step in steps:
        progress.stage(", ".join(step))
        _gather(*_later(step, notes, audit), notes, progress)
    progress.stage(", ".join((*last, "links")))
    make, jobs = _later(last, notes, audit)
    looking = Aside([partial(notes.broken, {name for job in jobs for name in job.names})], little=alone)
    _gather(make, jobs, notes, progress)
    broken = [*looking.ended()]
    looking.stop()
    return broken


def _gather(make: Callable[[Job], Bundle], jobs: Sequence[Job], notes: Notes, progress: Progress) -> None:
    """Make what comes late: the files of the first folder by this process, meanwhile the rest by others."""
    own = [job for job in jobs if job.section == jobs[0].section]
    rest, many = jobs[len(own) :], cores()
    parts = [partial(_each, make, rest[at::many]) for at in range(many)]
    making = Aside(parts, little=len(rest) < _LITTLE)
    notes.take((job, make(job)) for job in own)
    notes.take(progress.over(making.ended(), len(rest)))
    making.stop()


def _each(make: Callable[[Job], Bundle], jobs: Sequence[Job]) -> Iterator[tuple[Job, Bundle]]:
    return ((job, make(job)) for job in jobs)


def _jobs(renderer: Renderer, plan: Plan, notes: Notes) -> list[Job]:
    """Return what is to be done: the pages of all sections, but of those that are recalled.

    While other processes look at documents, this one plans what must be planned each time.
    """
    if notes.recall:
        notes.shelf.look()
    apart = [name for name, one in plan.sections.items() if one.folders]
    look, many = partial(_looked_at, plan, notes.recall, notes.shelf), cores()
    looking = Aside([partial(look, apart[at::many]) for at in range(many)], little=len(apart) < _FEW)
    each_time = [(name, _planned(plan, name, None)) for name, one in plan.sections.items() if not one.folders]
    renderer.compile()
    jobs: list[Job] = []
    for name, found in chain(each_time, looking.ended()):
        plan.recall(name, found.listed)
        if isinstance(found, Found):
            notes.recall_all(found)
            continue
        jobs += [Job(name, names) for names in found.bundles]
        notes.expect(name, len(found.bundles), found.trace, found.listed)
    looking.stop()
    return jobs


def _looked_at(
    plan: Plan, recall: Recall | None, shelf: Shelf, sections: Sequence[str]
) -> list[tuple[str, Found | Planned]]:
    """Return what is published of some sections, and how those are planned that are not as they were."""
    found = {name: recall and recall.section(name, plan.sections[name].parts, shelf) for name in sections}
    return [(name, one or _planned(plan, name, recall)) for name, one in found.items()]


def _planned(plan: Plan, section: str, recall: Recall | None) -> Planned:
    """Plan the pages of a section; what recalls them notes how."""
    make = partial(plan.section, section)
    pages, trace = recall.noting(plan.sections[section].parts, make) if recall else (make(), None)
    return Planned(bundled(pages), trace, plan.listed(section))


def _bundle(  # noqa: PLR0913, PLR0917  (what is made of what, and where it goes)
    job: Job,
    parts: Sequence[object],
    make: Callable[[int], Made],
    shelf: Shelf,
    audit: Audit,
    recall: Recall | None,
) -> Bundle:
    """Make the files of a job, by their place in it, of these parts, or recall them."""

    def all_of_them() -> dict[str, Done]:
        return {name: _laid(shelf, audit, name, make(at)) for at, name in enumerate(job.names)}

    if recall is None:
        return Bundle(all_of_them())
    if known := recall.known(job.section, parts, job.names, shelf):
        trace, found = known
        made = {name: Done(one.filed, [], [], one.asked) for name, one in found.items()}
        return Bundle(made, row_of(trace, found))
    done, traced = recall.noting(parts, all_of_them)
    if traced is None or any(one.faults or one.wrong for one in done.values()):
        return Bundle(done)
    row = row_of(traced, {name: Recalled(one.filed, one.asked) for name, one in done.items()})
    return Bundle(done, row)


def _apart(files: Mapping[str, Made], shelf: Shelf, audit: Audit) -> Bundle:
    """Lay files that are made together."""
    return Bundle({name: _laid(shelf, audit, name, made) for name, made in files.items()})


def _later(step: Late, notes: Notes, audit: Audit) -> tuple[Callable[[Job], Bundle], list[Job]]:
    """Return what makes the files of a step that come late, and which those are."""
    more = {folder: make(notes.shelf) for folder, make in step.items()}
    for folder, files in more.items():
        notes.expect(folder, len(files), None)
    jobs = [Job(folder, (name,)) for folder, files in more.items() for name in files]
    return partial(_late, more, notes.shelf, audit, notes.recall), jobs


def _late(
    late: Mapping[str, Mapping[str, Made]],
    shelf: Shelf,
    audit: Audit,
    recall: Recall | None,
    job: Job,
) -> Bundle:
    """Make a file that comes late, or recall it where it is told what it is made of."""
    more = late[job.section]
    tells = more.parts if isinstance(more, Anew) else None
    if tells is None:
        return Bundle({name: _laid(shelf, audit, name, more[name]) for name in job.names})
    parts = [part for name in job.names for part in tells(name)]
    return _bundle(job, parts, lambda at: more[job.names[at]], shelf, audit, recall)


def _laid(shelf: Shelf, audit: Audit, name: str, made: Made) -> Done:
    """Lay a file on the shelf, and return what it asks for beside files that there are."""
    content, faults = made
    wrong, asked = audit.page(name, content)
    return Done(shelf.lay(name, content), faults, wrong, asked)


def draft(
    renderer: Renderer,
    plan: Plan,
    ready: Mapping[str, bytes],
    apart: Mapping[str, Files],
    late: Sequence[Late],
) -> Site:
    """Return the same site with each file made when it is asked for, those of a late folder all at once."""
    made = Lazy(plan, lambda name: render(renderer, plan[name]))
    files: Mapping[str, bytes] = ChainMap({**ready}, Lazy(plan, lambda name: made[name][0]))  # type: ignore[arg-type]
    for folder, own in apart.items():
        files = Later(files, folder, partial(_contents, own))
    for folder, make in chain.from_iterable(step.items() for step in late):
        files = Later(files, folder, partial(_contents, partial(make, files)))
    faults = Lazy(plan, lambda name: made[name][1] or _faults(name, files))
    return Site(files, [], plan.cards(), faults=faults)


def _contents(make: Files) -> Mapping[str, bytes]:
    more = make()
    return Lazy(more, lambda name: more[name][0])


def _faults(name: str, files: Mapping[str, bytes]) -> list[Problem]:
    """Return what is wrong with a page, without a look for ids in those that it leads to."""
    wrong, asked = Audit().page(name, files[name])
    return [
        *wrong,
        *audit_links(
            {one: (name, link) for one, link in asked.items() if not one.id or one.file == name}, files
        ),
    ]
