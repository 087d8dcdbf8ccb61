"""How problems are told: in words on the terminal, as annotations inside GitHub Actions."""

import os
import sys
from collections.abc import Sequence

from .problems import Problem, errors, in_a_line

PAGES = 1_000_000_000  # bytes
NEAR = 0.8


def as_annotation(problem: Problem) -> str:
    """Return a problem as a GitHub workflow command, which annotates the pull request.

    Escaping follows GitHub's "Workflow commands for GitHub Actions".
    """
    message = f"{in_a_line(problem.message)}\n{in_a_line(problem.mend)}".strip()
    message = message.replace("%", "%25").replace("\n", "%0A")
    file = in_a_line(problem.file).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    place = f"file={file},line={max(1, problem.line)},col={max(1, problem.column)}"
    return f"::{problem.level} {place},title={problem.code}::{message}"


def report(problems: Sequence[Problem], form: str | None = None) -> None:
    """Print problems for people; in the form "github" as annotations of the pull request too.

    Inside GitHub Actions that is the form where none is given.
    """
    for problem in problems:
        print(problem, end="\n\n", file=sys.stderr)
    if (form or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")) == "github":
        for problem in problems:
            print(as_annotation(problem))


def summary(problems: Sequence[Problem]) -> str:
    """Return how many problems there are, in words."""
    wrong = len(errors(problems))
    warned = len(problems) - wrong
    parts = [f"{wrong} error{'s' if wrong != 1 else ''}"] if wrong else []
    parts += [f"{warned} warning{'s' if warned != 1 else ''}"] if warned else []
    return " and ".join(parts) + "." if parts else "No problems."


def outgrowing(size: int) -> str:
    """Return a warning where a site of so many bytes nears what GitHub Pages serves, else nothing.

    "Published GitHub Pages sites may be no larger than 1 GB" (GitHub, "GitHub Pages limits").
    """
    if size < NEAR * PAGES:
        return ""
    return (
        f"warning: GitHub Pages serves sites of up to {PAGES / 1e9:.0f} GB; this one has {size / 1e9:.2f}. "
        "docs/publishing.md says where else it can be published.\n"
    )


def unheard() -> int:
    """Say no more, as nobody reads it: what was printed went to a program that has ended (`| head`).

    Returns the exit status that shells give a program stopped by SIGPIPE.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141
