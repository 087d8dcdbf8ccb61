"""What is wrong with the content, where it stands, and how to mend it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]
Path = tuple[str | int, ...]

LONGEST = 130  # characters of a line that are shown with a problem


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in one file, as an editor is shown it.

    `line` and `column` count from 1, in characters; 0 means that the whole file is meant.
    `span` is how many characters the caret underlines.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    mend: str = ""
    excerpt: str = ""
    span: int = 1
    level: Level = "error"

    def __str__(self) -> str:
        """Return the problem as text: place and sentence, the line with a caret, the mend."""
        place = self.file
        if self.line:
            place += f":{self.line}:{self.column}"
        lines = [f"{place}: {self.level}: {self.message} [{self.code}]"]
        if self.excerpt:
            lines += self._quotation()
        if self.mend:
            lines.append(f"      {self.mend}")
        return "\n".join(lines)

    def _quotation(self) -> list[str]:
        number = f"{self.line:>4} | "
        cut = 0 if self.column < LONGEST else self.column - LONGEST // 2
        shown = ("…" if cut else "") + self.excerpt[cut : cut + LONGEST]
        shown += "…" if len(self.excerpt) > cut + LONGEST else ""
        at = self.column - 1 - cut + (1 if cut else 0)
        gap = "".join("\t" if c == "\t" else " " * width(c) for c in shown[:at])
        caret = "^" * max(1, sum(map(width, shown[at : at + self.span])))
        return [number + shown, " " * (len(number) - 2) + "| " + gap + caret]


@dataclass(frozen=True)
class Finding:
    """A fault at a field, before its line and column are known.

    `path` leads from the top of the card to the field: `("sources", 2, "url")`.
    With `at_key` the name of the field is underlined, otherwise its value; where `words` stand in
    a text of several lines, they are.
    """

    file: str
    path: Path
    code: str
    message: str
    mend: str = ""
    level: Level = "error"
    at_key: bool = False
    words: str = ""


def width(character: str) -> int:
    """Return how many terminal columns a character takes: 0, 1 or 2 (Unicode UAX #11)."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop a build."""
    return [problem for problem in problems if problem.level == "error"]
