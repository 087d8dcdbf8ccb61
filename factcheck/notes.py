"""Notes: what came of files, in whichever process they were made."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from .audit import Asked, audit_links
from .problems import Problem
from .recall import Found, Recall, Trace
from .sections import Listed
from .shelf import Filed, Shelf


class Done(NamedTuple):
    """What came of a file: what is to be noted of it, what was wrong with its making and with what
    was made, and what its links ask for.
    """  # fmt: skip

    filed: Filed
    faults: list[Problem]
    wrong: list[Problem]
    asked: dict[Asked, str]


class Job(NamedTuple):
    """Files of a section that are made together."""

    section: str
    names: tuple[str, ...]


class Bundle(NamedTuple):
    """What came of some files: of each, and of all of them for the next build."""

    done: Mapping[str, Done]
    row: str | None = None


class Notes:
    """Takes what came of files, in whichever process they were made."""

    def __init__(self, shelf: Shelf, recall: Recall | None) -> None:
        self.shelf, self.recall = shelf, recall
        self.faults: list[Problem] = []
        self.wrong: list[Problem] = []
        self.asked: dict[Asked, tuple[str, str]] = {}  # with the first page and link that ask for it
        self.waiting: dict[str, tuple[int, Trace | None, Sequence[Listed], list[str | None]]] = {}

    def take(self, made: Iterable[tuple[Job | str, Bundle]]) -> None:
        """Note the files on the shelf, what they ask for, and what is to be remembered of them.

        Their names are those of the job, which are held anyway: what comes from another process is a copy.
        """
        for job, bundle in made:
            names = job.names if isinstance(job, Job) else bundle.done
            for name, one in zip(names, bundle.done.values(), strict=True):
                self.faults += one.faults
                self.wrong += one.wrong
                self.shelf.filed[name] = one.filed
                self._ask({what: (name, link) for what, link in one.asked.items()})
            if isinstance(job, Job):
                self._keep(job.section, bundle.row)

    def recall_all(self, found: Found) -> None:
        """Note the files of a section that is recalled, and what they ask for."""
        self.shelf.filed |= {name: Filed(size, sha256, fresh=False) for name, size, sha256 in found.files}
        self._ask({Asked(*what): asking for what, asking in found.asked.items()})

    def _ask(self, asked: Mapping[Asked, tuple[str, str]]) -> None:
        for what, asking in asked.items():
            self.asked[what] = min(asking, self.asked.get(what, asking))

    def expect(self, section: str, bundles: int, trace: Trace | None, listed: Sequence[Listed] = ()) -> None:
        """Remember a section, how it was planned and what came of it, once so many bundles were taken."""
        if self.recall:
            self.waiting[section] = bundles, trace, listed, []

    def _keep(self, section: str, row: str | None) -> None:
        if self.recall and section in self.waiting:
            bundles, trace, listed, rows = self.waiting[section]
            rows.append(row)
            if len(rows) == bundles:
                del self.waiting[section]
                self.recall.keep(section, trace if all(rows) else None, listed, [*filter(None, rows)])

    def broken(self, expected: Container[str]) -> list[Problem]:
        """Return the links that lead nowhere; files that are `expected` count as there."""
        asked = {what: asking for what, asking in self.asked.items() if what.file not in expected}
        return [*audit_links(asked, self.shelf)]

    def problems(self, broken: Iterable[Problem]) -> list[Problem]:
        """Return what is wrong with the files, these links included; where a template failed, only that."""
        return [*dict.fromkeys(self.faults)] or [*self.wrong, *broken]
