"""Broken JSON: what a publisher meant where it can be told, and else why it cannot be read.

Each mend is decided by what stands around the fault, and is told. A library that guesses always
returns something and never says what it did; here a claim that lost its end would go unseen.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_WRAPPING = re.compile(r"^\s*(?:\ufeff|<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)\s*")
_WRAPPED = re.compile(r"\s*(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|;)\s*$")
_QUOTE = re.compile(r'\\.|"', re.DOTALL)
_NAMED = re.compile(r"\s*:")
_HELD = re.compile(r'\s*(?:\}|(?:,\s*)+(?:"[^"\\]*"\s*:|\}))')
_LISTED = re.compile(r'\s*(?:\]|(?:,\s*)+(?:["{\[\]\d-]|true|false|null))')
_SPARE = re.compile(r",[\s,]*(?=[}\],])")
_LETTER = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')


@dataclass(frozen=True)
class Reading:
    """What a text of JSON holds, how it was mended, and why it cannot be read where it cannot."""

    value: Any = None
    mended: tuple[str, ...] = ()
    fault: str = ""


def read(text: str) -> Reading:
    """Return what a text of JSON holds, mended where what was meant is plain."""
    try:
        return Reading(json.loads(text))
    except ValueError:
        pass
    except RecursionError:
        return Reading(fault="it is nested too deeply")
    bare = text
    while (shorter := _WRAPPED.sub("", _WRAPPING.sub("", bare))) != bare:
        bare = shorter
    wrapped = ("comment marks around it",) if bare.strip() != text.strip() else ()
    fault = ""
    for form, done in ((bare, ()), _mended(bare)):
        for strict in (True, False):
            lines = () if strict else ("line breaks inside a text",)
            try:
                return Reading(json.loads(form, strict=strict), (*wrapped, *done, *lines))
            except ValueError as error:
                fault = fault or why(error, text)
            except RecursionError:
                return Reading(fault="it is nested too deeply")
    return Reading(fault=fault)


def why(error: ValueError, text: str) -> str:
    """Return in words why JSON cannot be read."""
    if not isinstance(error, json.JSONDecodeError):
        return f"broken JSON: {error}"
    around = " ".join(error.doc[max(0, error.pos - 20) : error.pos + 20].split())
    cut = error.msg.startswith("Unterminated") or error.pos >= len(text.rstrip())
    what = "it ends in the middle" if cut else error.msg[:1].lower() + error.msg[1:]
    return f"broken JSON: {what}" + (f' near "{around}"' if around else "")


def _mended(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without spare commas, with the quotes inside texts escaped, and what was done."""
    done: dict[str, None] = {}
    return "".join(_pieces(text, done)), tuple(done)


def _pieces(text: str, done: dict[str, None]) -> Iterator[str]:
    at, open_, is_name = 0, [""], False
    while at < len(text):
        sign = text[at]
        if sign == '"':
            end = _end(text, at + 1, open_[-1], is_name)
            inner = text[at + 1 : end]
            yield f'"{_escaped(inner, done)}"'
            at = end + 1
            continue
        if sign in "{[":
            open_.append(sign)
        elif sign in "}]":
            open_ = open_[:-1] or [""]
        if sign == "," and (spare := _SPARE.match(text, at)):
            done["a comma too many"] = None
            at = spare.end()
            continue
        is_name = open_[-1] == "{" and (sign in "{,}" or (is_name and sign.isspace()))
        yield sign
        at += 1
        if sign in "}]" and (following := re.compile(r"\s*[{\[]").match(text, at)) and open_[-1] == "[":
            done["a comma missing"] = None
            yield "," + following[0][:-1]
            at = following.end() - 1


def _end(text: str, at: int, within: str, is_name: bool) -> int:
    """Return where the text that begins at a place ends: at the first quote that what follows bears out."""
    fits = _NAMED if is_name else _LISTED if within == "[" else _HELD
    for quote in _QUOTE.finditer(text, at):
        if quote[0] == '"' and fits.match(text, quote.end()):
            return quote.start()
    return len(text)


def _escaped(inner: str, done: dict[str, None]) -> str:
    quoted = _QUOTE.sub(lambda found: found[0] if len(found[0]) > 1 else '\\"', inner)
    if quoted != inner:
        done["quotation marks inside a text"] = None
    whole = _LETTER.sub(r"\\\\", quoted)
    if whole != quoted:
        done["a backslash that stands alone"] = None
    return whole
