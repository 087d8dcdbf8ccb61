"""Letters: which characters of the content do the fonts of the site lack?

The fonts are subsets; `assets/letters.txt` beside them lists what both hold, as ranges of code
points: U+20-7E U+A0. A character that they lack is drawn by another face, which shows where it
stands among letters that they have.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from .fields import Record
from .inspection import inspect
from .library import Library
from .memory import Remembering
from .problems import Finding

LIST = "assets/letters.txt"

_RANGE = re.compile(r"\bU\+([0-9A-F]+)(?:-([0-9A-F]+))?\b")


def held(files: Mapping[str, bytes]) -> frozenset[str]:
    """Return the characters that the fonts hold; none where no list of them is kept."""
    text = files.get(LIST, b"").decode("utf-8", "replace")
    ranges = ((int(first, 16), int(last or first, 16)) for first, last in _RANGE.findall(text))
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1))


def lacking(library: Library, known: frozenset[str], memory: Remembering | None = None) -> Iterator[Finding]:
    """Return for each card the characters that the fonts lack, at the first text that has one.

    Words in a script of which the fonts hold nothing are drawn in one face, and are no matter. What
    `memory` holds of a document is not looked for again.
    """
    if not known:
        return iter(())
    by = f"letters {''.join(sorted(known))}".encode()
    found = inspect(library, lambda one: _lacking(known, _of_document(one)), by, memory)
    return chain(_lacking(known, _cards(library)), found)


def _lacking(known: frozenset[str], cards: Iterable[tuple[str, Record]]) -> Iterator[Finding]:
    other = re.compile(f"[^{re.escape(''.join(sorted(known)))}\\s]")
    for file, card in cards:
        if not other.search(card.as_json()):  # soon told, and mostly so
            continue
        found = [
            (path, word, missing)
            for path, text in card.texts()
            if not text.isascii()
            for word in text.split()
            if (missing := _drawn(other.findall(word))) and _is_mixed(word, known)
        ]
        if found:
            path, word, _ = found[0]
            letters = sorted({letter for _, _, missing in found for letter in missing})
            named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters)
            message = f"the fonts of the site lack {named}"
            mend = 'Readers see it in another face. "Fonts" in docs/architecture.md says how to add it.'
            yield Finding(file, path, "letters", message, mend, "warning", words=word)


def _drawn(letters: list[str]) -> str:
    """Return the letters without what only steers how others are set: joiners, directions."""
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Cf")


def _is_mixed(word: str, known: frozenset[str]) -> bool:
    """Return whether the fonts hold other letters of a word, or it has none at all."""
    return any(letter in known and letter.isalnum() for letter in word) or not any(
        unicodedata.category(letter)[0] in "LM" for letter in word
    )


def _cards(library: Library) -> Iterator[tuple[str, Record]]:
    yield "content/site.yaml", library.site
    yield "content/verdicts.yaml", library.scale
    yield "content/topics.yaml", library.subjects
    for group in (library.speakers, library.timelines, library.scales):
        yield from ((entry.file, entry.card) for entry in group.values())
    for article in library.articles.values():
        yield article.file, article.card


def _of_document(library: Library) -> Iterator[tuple[str, Record]]:
    for group in (library.documents, library.claims, library.translations):
        for entry in group.values():
            if getattr(entry.card, "status", "published") == "published":
                yield entry.file, entry.card
