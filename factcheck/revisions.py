"""Earlier revisions of the content, and the commits that made it what it is, read from git."""

import io
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from .dates import PartialDate
from .folder import is_left_out
from .library import Library, parse_library
from .problems import Problem

# Every commit, children before parents, with each file that it left as none of its parents had it,
# and the digest that it left. The digest tells a change that still stands from one lost in a merge.
_HISTORY = (
    "--no-replace-objects", "-c", "log.showRoot=true", "-c", "diff.relative=false",
    "log", "-c", "--raw", "--no-abbrev", "--no-renames", "-z", "--date-order", "--format=%H %cs",
)  # fmt: skip
_UNCOMMITTED = ("-c", "diff.relative=false", "diff", "--name-only", "--no-renames", "-z")


class Version(NamedTuple):
    """The commit that last changed a file, and the day on which it was made."""

    commit: str
    date: PartialDate

    @property
    def short(self) -> str:
        """As much of the commit's name as stays unique in the largest repositories."""
        return self.commit[:12]


def library_at(root: Path, revision: str) -> tuple[Library | None, list[Problem]]:
    """Return the library as it was at a git revision, and what of it cannot be compared.

    A revision that cannot be read is an error: a check that could not run never passes. Where
    the revision has no content there was no library, and nothing is wrong.
    """
    files, problems = content_at(root, revision)
    library, faults = parse_library(files)
    if problems or not files:
        return None, problems
    if library is None:
        message = f'the content of the revision "{revision}" is broken, so nothing was compared'
        return None, [Problem("content", 0, 0, "revision", message, "Compare with a sound revision.")]
    for file in sorted({fault.file for fault in faults}):
        message = f'this file was broken at the revision "{revision}" and was not compared'
        problems.append(Problem(file, 0, 0, "revision", message, level="warning"))
    return library, problems


def content_at(root: Path, revision: str) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the bytes of `content/` at a git revision, by path below it.

    A revision without content is empty; one that cannot be read is an error.
    """
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        message = f'the revision "{revision}" cannot be read, so nothing was compared'
        mend = "Fetch the whole history (fetch-depth: 0 in a workflow), or name another revision."
        return {}, [Problem("content", 0, 0, "revision", message, mend)]
    name = commit.decode().strip()
    if not _git(root, "ls-tree", "-r", "--name-only", name, "--", "content/"):
        return {}, []
    packed = _git(root, "archive", "--format=tar", name, "--", "content/")
    if packed is None:
        message = f'the content of the revision "{revision}" cannot be read, so nothing was compared'
        return {}, [Problem("content", 0, 0, "revision", message, "Fetch the whole history.")]
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        files = {
            member.name.removeprefix("content/"): opened.read()
            for member in archive.getmembers()
            if member.isfile()
            and not any(map(is_left_out, member.name.split("/")))
            and (opened := archive.extractfile(member))
        }
    return dict(sorted(files.items())), []


def versions(root: Path) -> Mapping[str, Version]:
    """Return the version of each file of `content/`, by its path below `root`.

    Only what is certain has one: a file that is as HEAD has it, in a history that is whole. Every
    clone of a history gives the same, wherever it lies. The history is read in one pass.
    """
    told = _git(root, "rev-parse", "--is-shallow-repository", "--show-prefix")
    listed = _git(root, "ls-tree", "-r", "-z", "--full-name", "HEAD", "--", "content/")
    if not told or not told.startswith(b"false\n") or not listed:
        return {}
    changed = _git(root, *_UNCOMMITTED, "HEAD", "--", "content/")
    history = _git(root, *_HISTORY, "HEAD", "--", "content/")
    if changed is None or history is None:
        return {}
    prefix = told.decode().split("\n")[1]
    entries = (line.split("\t", 1) for line in _parts(listed))
    digests = {path: kind.split()[2] for kind, path in entries}
    for path in _parts(changed):
        digests.pop(path, None)
    return {path.removeprefix(prefix): version for path, version in _standing(history, digests)}


def _standing(history: bytes, digests: Mapping[str, str]) -> Iterator[tuple[str, Version]]:
    """Yield each file with the newest commit that left it with its digest."""
    left, version = dict(digests), Version("", PartialDate("1970"))
    parts = iter(_parts(history))
    for part in parts:
        if part.startswith(":"):
            path = next(parts)
            if left.get(path) == part.split()[-2]:
                del left[path]
                yield path, version
        else:
            commit, day = part.split()
            version = Version(commit, PartialDate(day))


def _parts(said: bytes) -> list[str]:
    """Return what git said, which it ends with NUL bytes; the line feed before changes is no part of it."""
    parts = said.decode("utf-8", "surrogateescape").split("\0")
    return [part.lstrip("\n") for part in parts if part]


def _git(root: Path, *words: str) -> bytes | None:
    """Return what git says, None where it refuses or is not there."""
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
