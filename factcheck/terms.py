"""Terms: what a text is found by. Words without capitals and accents; pairs where words have no gaps.

The search script splits what readers type in the same way. It is told the three tables below
together with the index, so that the two cannot disagree.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

# Accents, and the points of Hebrew and Arabic, which readers leave out (ranges of a regular expression).
MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0655\u0670"
# Letters that Unicode does not take apart, as those write them who do not have them.
LETTERS = {
    "ß": "ss", "æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ł": "l",
    "ŋ": "n", "œ": "oe", "ŧ": "t", "ς": "σ",
}  # fmt: skip
# Scripts in which no space stands between words, or words grow endings: Thai, Lao, Burmese, Khmer,
# Kana, Han, Hangul.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
)

_MARKS = re.compile(f"[{MARKS}]")
_LETTERS = str.maketrans(LETTERS)
_RUNS = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
_UNSPACED = re.compile(f"[{UNSPACED}]")
# Capitals of ASCII become small, what is neither letter nor digit a space, other bytes stay.
_CUT = bytes(
    byte + 32 if 65 <= byte <= 90 else byte if 48 <= byte <= 57 or 97 <= byte <= 122 or byte > 127 else 32
    for byte in range(256)
)
# What is neither letter nor digit in most texts that are otherwise ASCII.
_POINTS = re.compile("[‘’“”–—…]")


def fold(text: str) -> str:
    """Return a text in small letters without accents."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()
    return unicodedata.normalize("NFC", plain.translate(_LETTERS))


def split(text: str) -> Iterator[str]:
    """Yield the terms of a text in their order.

    In a run without gaps these are all pairs of neighbours, and the last letter alone.
    """
    apart = (letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in fold(text))
    for word in "".join(apart).split():
        for run in _RUNS.findall(word):
            if _UNSPACED.match(run):
                yield from (run[at : at + 2] for at in range(len(run)))
            else:
                yield run


class Terms(dict[str, tuple[str, ...]]):
    """The terms of the pieces of texts, each piece split once: millions of words are few words."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = self[piece] = (piece,) if piece.isascii() else tuple(split(piece))
        return found

    def of(self, text: str) -> dict[str, None]:
        """Return the terms of a text, each once, in an order that is always the same."""
        text = _POINTS.sub(" ", text)
        pieces = text.encode().translate(_CUT).decode().split()
        if text.isascii():
            return dict.fromkeys(pieces)
        return dict.fromkeys(chain.from_iterable(map(self.__getitem__, pieces)))
