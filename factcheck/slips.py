"""The slips that keep YAML from being read, in the words of the people who write cards.

What a reader of YAML says is said where it gave up; here a slip is told where it was made. Lines and
columns count from 0, as readers of YAML count them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .problems import UNSEEN, lines_of

Place = tuple[int, int]
Slip = tuple[Place, str, str]  # where it is, what it is, how it is mended

# Within a value no line ends so: only a backslash can have written it.
WRITTEN = re.compile(f"\r|{UNSEEN.pattern}")
_NO_BREAK = re.compile(r"(?: *|(?: *- +)*[\w-]+: *)(\xa0)")
_LINE = re.compile(r"(?P<lead> *)(?P<dashes>(?:- +)*)(?P<name>[\w-]+:(?:(?= )|$))? *(?P<value>.*)$")
_BLOCK = re.compile(r"[|>][-+0-9]*(?: +#.*| *)$")
_CLOSED = re.compile(r'"(?:[^"\\]|\\.)*"|' r"'(?:[^']|'')*'")
_TAB = re.compile(r" *(?:- *)*(\t)")
_TYPOGRAPHIC = tuple("“”„‟‘’‚‛«»‹›")

_QUOTE_IT = 'Put the whole text between quotation marks: "...".'
_LEVEL = (
    "the indentation does not fit, or a quoted text goes on after its closing mark",
    "Let fields of one level begin in the same column, and quote a text as a whole.",
)
_OTHERWISE = (
    "this line is indented otherwise than the one above",
    "Let fields of one level begin in the same column",
)
_OPEN = (
    'a list or group that begins with "[" or "{" is not closed',
    "Close it, and part its entries by commas.",
)
_UNCLOSED = (
    "a quotation mark is opened and never closed",
    'Close it, or write the text below a line that ends in ">-".',
)
_COLON = (
    "a colon followed by a space begins a value here",
    'Put the whole text between quotation marks, or write it below a line that ends in ">-".',
)
_SIGN = ("the value begins with a sign that means something to YAML", _QUOTE_IT)
_STILL = (_SIGN[0], 'Write the whole text below a line that ends in ">-".')  # it has marks of its own
_BRACKETS = (_SIGN[0], f"{_QUOTE_IT} A list is one pair of brackets: [one, two].")
_CURLY = (_COLON[0], _COLON[1].replace("quotation marks", 'straight quotation marks: "..."'))
_SHORT = (
    "the quotation mark that opens this text is closed before its end",
    'Put the whole text between double quotation marks: "...".',
)
_DASH = ("a hyphen that begins an entry has no space after it", 'Write "- name: value".')
_TWICE = ("Keep one of them.", 'Begin the next entry of a list with "- ", or keep one of them.')
_TABS = ("a tab stands where spaces belong", "Indent with spaces.")
_COLONLESS = (
    "a field has no colon and space after its name",
    'Write "name: value", and indent the lines of a longer text.',
)
_BACKSLASH = (
    "a backslash between double quotation marks begins a sign of YAML",
    "Write two backslashes, or put the text between single quotation marks: '...'.",
)
_BETWEEN = (
    "a colon stands here between brackets",
    "Put a space after it, or put the text between quotation marks.",
)
_NAMED_BY_MORE = (
    "a list or group stands where the name of a field belongs",
    'Write "name: value"; put a text that begins with "?" between quotation marks.',
)
_PER_CENT = (
    'a line that begins with "%" is not part of a card',
    "Delete the sign, or indent the line where it goes on with a text.",
)
_DOTS = ('the card ends above this line, at "..."', "Delete the line with the dots.")
_TAGS = ("tags (!name) are not used in cards", _QUOTE_IT)
_UNREADABLE = ("this cannot be read as YAML", _COLON[1])
# What libyaml and PyYAML say, in part: what it means, and how it is mended.
_YAML_SAYS = {
    "parsing a tag": _TAGS,
    "scanning a tag": _TAGS,
    "mapping values are not allowed": _COLON,
    "found unexpected end of stream": _UNCLOSED,
    "tab character": _TABS,
    "found character '\\t'": _TABS,
    "could not find expected ':'": _COLONLESS,
    "expected <block end>": _LEVEL,
    "did not find expected key": _LEVEL,
    "did not find expected '-' indicator": _LEVEL,
    "expected ',' or": _OPEN,
    "did not find expected node content": _SIGN,
    "cannot start any token": _SIGN,
    "undefined alias": _SIGN,
    "alphabetic or numeric character": _SIGN,
    "sequence entries are not allowed": _SIGN,
    "mapping keys are not allowed": _SIGN,
    "expected comment or line break": _SIGN,
    "expected a comment or a line break": _SIGN,
    "indentation indicator": _SIGN,
    "escape": _BACKSLASH,
    "hexdecimal": _BACKSLASH,
    "found unexpected ':'": _BETWEEN,
    "unhashable key": _NAMED_BY_MORE,
    "scanning a directive": _PER_CENT,
    "document start>": _DOTS,
    "tag handle": _TAGS,
    "anchors and aliases": ("anchors and aliases (&name, *name) are not used in cards", _QUOTE_IT),
    "could not determine a constructor": _TAGS,
    "expected a single document": ('a line "---" begins a second card here', "Give each card its own file."),
}


def character(text: str) -> Slip | None:
    """Return the first character of a card that nobody sees and that should not be there."""
    if found := unseen(text):
        return found
    for number, line in _fields(lines_of(text)) if "\xa0" in text else ():
        space = _NO_BREAK.match(line)
        if space:
            message = "a no-break space stands where an ordinary one belongs"
            return (number, space.start(1)), message, "Delete it and type an ordinary space."
    return None


def unseen(text: str, which: re.Pattern[str] = UNSEEN) -> Slip | None:
    """Return the first character of any text that nobody sees and that should not be there."""
    found = which.search(text)
    if not found:
        return None
    at = found.start()
    before = lines_of(text[:at])
    place = (len(before) - 1, len(before[-1]))
    message = f"the invisible character U+{ord(text[at]):04X} is not allowed here"
    return place, message, "Delete it and type it anew."


def meant(lines: Sequence[str], said: str, at: Place, begun: Place | None) -> Slip:
    """Return the slip behind what a reader of YAML said, where it gave up and what it had begun."""
    known = (meaning for words, meaning in _YAML_SAYS.items() if words in said)
    ours = {"twice": (said, _TWICE[at[1] > 0]), "nested": (said, "")}
    meaning = next(known, next((ours[word] for word in ours if word in said), _UNREADABLE))
    opened = _unclosed(lines[: at[0] + 1])
    if opened:
        return opened, *_UNCLOSED
    in_block = "block scalar" in said and meaning is _SIGN
    if begun and (in_block or meaning in (_OPEN, _UNCLOSED, _COLONLESS, _PER_CENT)):
        return begun, *meaning
    if meaning is _BACKSLASH:
        return (at[0], lines[at[0]].rfind("\\", 0, at[1] + 1)), *meaning
    if at[0] < len(lines) and meaning in (_COLON, _LEVEL, _SIGN):
        return _in_line(lines, at, meaning)
    return at, *meaning


def _in_line(lines: Sequence[str], at: Place, meaning: tuple[str, str]) -> Slip:
    """Tell a tab, wrong indentation and a text that begins like a list from one another."""
    number, column = at
    line = lines[number]
    parts = _parts(line)
    tab = _TAB.match(line)
    if tab or line[column : column + 1] == "\t":
        return (number, tab.start(1) if tab else column), *_TABS
    start = len(parts["lead"])
    first = parts.end("name") - 1 if meaning is _COLON and parts["name"] else start
    above = _other_level(lines[:number], parts)
    if column == first and above is not None:
        said, mend = _OTHERWISE
        level = "" if parts["dashes"] else f"; the one above begins in column {above + 1}"
        return _hyphen(lines[: number + 1]) or ((number, start), said, f"{mend}{level}.")
    value = parts.start("value")
    if meaning is _LEVEL and column > value and parts["value"][0] in "\"'[{":
        return (number, value), *_opened(parts["value"])
    return at, *(_CURLY if meaning is _COLON and parts["value"][:1] in _TYPOGRAPHIC else meaning)


def _opened(value: str) -> tuple[str, str]:
    """Tell what is wrong with a value that goes on after what its first sign opens."""
    if '"' in value:
        return _STILL
    return {"'": _SHORT, "[": _BRACKETS}.get(value[0], _SIGN)


def _hyphen(lines: Sequence[str]) -> Slip | None:
    """Return the hyphen without a space that keeps one of the last two lines from being an entry."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    wrong = next((at for at in reversed(filled[-2:]) if re.match(r" *-\w", lines[at])), None)
    return None if wrong is None else ((wrong, lines[wrong].index("-")), *_DASH)


def _other_level(above: Sequence[str], parts: re.Match[str]) -> int | None:
    """Return the column of the finished field above a line that begins in another one."""
    last = next((line for line in reversed(above) if line.strip() and line.lstrip()[0] != "#"), "")
    field = _parts(last)
    finished = field["value"] and (field["name"] or field["dashes"])
    otherwise = finished and _level(parts) != _level(field) and (parts["name"] or parts["dashes"])
    return _level(field) if otherwise else None


def _unclosed(lines: Sequence[str]) -> Place | None:
    """Return where a quotation mark is opened that does not close before the next field."""
    for (number, line), (_, below) in pairwise(_fields(lines)):
        parts, after = _parts(line), _parts(below)
        opens = parts["value"][:1] in ("'", '"') and (parts["name"] or parts["dashes"])
        ends = (after["name"] or after["dashes"]) and len(after["lead"]) <= _level(parts)
        if opens and ends and not _CLOSED.match(parts["value"]):
            return number, parts.start("value")
    return None


def _fields(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Give the lines that hold something, but for the texts below a line that ends in "|" or ">"."""
    level: int | None = None
    for number, line in enumerate(lines):
        if not line.strip(" ") or (level is not None and len(line) - len(line.lstrip(" ")) > level):
            continue
        parts = _parts(line)
        holds = (parts["name"] or parts["dashes"]) and _BLOCK.match(parts["value"])
        level = _level(parts) if holds else None
        yield number, line


def _parts(line: str) -> re.Match[str]:
    found = _LINE.match(line)
    assert found  # every part may be empty
    return found


def _level(parts: re.Match[str]) -> int:
    """Return the column in which the fields of this level begin; for a mere entry, its dash."""
    return len(parts["lead"]) + (len(parts["dashes"]) if parts["name"] else 0)
