"""What somebody says of a new card: given beforehand, or asked one question at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .library import Library
from .scaffold import KINDS, fields, path, question, wrong


@dataclass(frozen=True)
class Desk:
    """What an interview is held with.

    `ask` puts a question to somebody, None where nobody is there; `taken` tells whether a file
    exists, `readable` whether it is text.
    """

    library: Library
    ask: Callable[[str], str] | None
    taken: Callable[[str], bool]
    readable: Callable[[str], bool]


def complete(kind: str, given: Mapping[str, str], desk: Desk) -> tuple[dict[str, str], list[str]]:
    """Return all that a card needs to be made, and in sentences what is missing or wrong.

    A question is put until its answer is right. Where another card has the place of this one,
    nothing more is asked.
    """
    library = desk.library

    def fault(name: str, value: str) -> str:
        if name == "text" and not desk.readable(value):
            return f'"{value}" is no file with text in UTF-8. Give the path of one.'
        return wrong(kind, name, value, library)

    found: dict[str, str] = {}
    faults: list[str] = []
    for name in dict.fromkeys((*KINDS[kind].asked, *given)):
        value = given.get(name, "").strip()
        sentence = fault(name, value) if name in given else _missing(kind, name)
        asked = sentence if name in given else question(kind, name, library)
        while desk.ask and sentence:
            value = desk.ask(f"{asked}\n> ").strip()
            asked = sentence = fault(name, value)
        if sentence:
            faults.append(f"new {kind}: {sentence}")
            continue
        found[name] = value
        if (file := path(kind, found)) and desk.taken(file):
            return found, []
    return found, faults


def _missing(kind: str, name: str) -> str:
    return f"--{name.replace('_', '-')} is missing. {fields(kind)[name]}"
