"""What is wrong with the content, where it stands, and how to mend it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]
Path = tuple[str | int, ...]

MOST_TOLD = 100  # problems of one file: a thousand more say nothing more
LONGEST = 130  # characters of a line that are shown with a problem

# Characters that nobody sees, that command a terminal, or that turn the direction of writing.
UNSEEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\u202a-\u202e\u2066-\u2069"
    "\u2028\u2029\u2061-\u2064\u206a-\u206f\ufff9-\ufffb\ud800-\udfff\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
_BREAK = re.compile("[\r\n\u2028\u2029]+")
_END = re.compile("\r\n?|\n")

_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in one file, as an editor is shown it.

    `line` and `column` count from 1, in characters; 0 means that the whole file is meant, which is
    told as 1:1, so that every problem has one shape (GNU Coding Standards, 4.4).
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
        lines = [self.sentence]
        if self.excerpt:
            lines += self._quotation()
        if self.mend:
            lines.append(f"      {in_a_line(self.mend)}")
        return "\n".join(lines)

    @property
    def sentence(self) -> str:
        """Where it is and what is wrong."""
        place = f"{self.file}:{max(1, self.line)}:{max(1, self.column)}"
        return in_a_line(f"{place}: {self.level}: {self.message} [{self.code}]")

    @property
    def marked(self) -> tuple[str, str, str]:
        """The line in three parts, cut where it is long: the words that are meant are the second.

        Characters that nobody sees are replaced by one that shows.
        """
        cut = 0 if self.column < LONGEST else self.column - LONGEST // 2
        shown = ("…" if cut else "") + self.excerpt[cut : cut + LONGEST]
        shown += "…" if len(self.excerpt) > cut + LONGEST else ""
        shown = UNSEEN.sub("\ufffd", shown)
        start = self.column - 1 - cut + (1 if cut else 0)
        end = start + self.span
        return shown[:start], shown[start:end], shown[end:]

    def _quotation(self) -> list[str]:
        number = f"{self.line:>4} | "
        before, meant, after = self.marked
        shown = before + meant + after
        taken = columns(shown)
        gap = "".join("\t" if c == "\t" else " " * n for c, n in zip(before, taken, strict=False))
        caret = "^" * max(1, sum(taken[len(before) : len(before + meant)]))
        lines = [number + shown, " " * (len(number) - 2) + "| " + gap + caret]
        return lines if is_shown_alike(shown) else [*lines, f"      {self._in_words()}"]

    def _in_words(self) -> str:
        """Say what the caret shows, for terminals in which it does not stand below it."""
        before, meant, after = self.marked
        if len(meant) > 1 and (before + meant + after).count(meant) == 1:
            return f'The words meant are "{meant}".'
        last = " ".join(before.split()[-3:])
        return f'The place meant is after "{last}".' if last else "The place meant is the beginning."


@dataclass(frozen=True)
class Finding:
    """A fault at a field, before its line and column are known.

    `path` leads from the top of the card to the field: `("sources", 2, "url")`.
    With `at_key` the name of the field is underlined, otherwise its value; where `words` stand in
    a text of several lines, they are. Where the field is missing, the one that it is `owed_to` is.
    """

    file: str
    path: Path
    code: str
    message: str
    mend: str = ""
    level: Level = "error"
    at_key: bool = False
    words: str = ""
    owed_to: str = ""


def lines_of(text: str) -> list[str]:
    """Return the lines of a text as YAML 1.2 (5.4) and code editors count them.

    A line ends with a line feed, a carriage return or both, and with nothing else.
    """
    return _END.split(text)


def untold(count: int) -> str:
    """Return what is said of the faults of a file that are too many to be told, nothing where none is."""
    return f"{count - MOST_TOLD:,} more faults of this file are not told" if count > MOST_TOLD else ""


def in_a_line(text: str) -> str:
    """Return a text as one line in which nothing commands a terminal or a workflow."""
    return UNSEEN.sub("\ufffd", _BREAK.sub(" ", text))


def columns(text: str) -> list[int]:
    """Return how many terminal columns each character takes where it stands: 0, 1 or 2.

    Wide ones are those of Unicode's UAX #11; what emoji join to one (UTS #51) takes two.
    """
    taken: list[int] = []
    for before, here in zip(f" {text}", text, strict=False):
        joins = here in _SKIN_TONES and _is_symbol(before)
        if joins or (before == _JOINER and _is_symbol(here)):
            taken.append(0)
        elif here == _AS_EMOJI:
            taken.append(1 if taken and taken[-1] == 1 else 0)
        else:
            taken.append(width(here))
    return taken


def width(character: str) -> int:
    """Return how many terminal columns a character takes by itself: 0, 1 or 2 (Unicode UAX #11)."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    if "\u1160" <= character <= "\u11ff":  # vowels and finals of Korean syllables written apart
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character)[0] == "S"


def is_shown_alike(text: str) -> bool:
    """Return whether all terminals show each character of a line in the same columns.

    They differ in what is written from right to left (some reorder it, UAX #9, others do not), in
    emoji that are joined, and in vowels that take room beside their letter, as in Devanagari.
    """
    return not any(
        unicodedata.bidirectional(character) in ("R", "AL", "AN")
        or unicodedata.category(character) == "Mc"
        or character in (_JOINER, _AS_EMOJI, *_SKIN_TONES)
        for character in text
    )


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop a build."""
    return [problem for problem in problems if problem.level == "error"]
