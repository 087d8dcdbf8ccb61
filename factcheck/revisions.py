"""Earlier revisions of the content, read from git."""

import io
import subprocess
import tarfile
from pathlib import Path

from .folder import is_left_out
from .library import Library, parse_library
from .problems import Problem


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


def _git(root: Path, *words: str) -> bytes | None:
    """Return what git says, None where it refuses or is not there."""
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
