"""Texts, addresses and dates as publishers write them, brought to what a card can hold.

Every function appends to `mended` what it did: which kind of mend, and the words that show it.
"""

import datetime as dt
import html
import re
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urljoin

import nh3

from .dates import PartialDate
from .fields import URL
from .problems import UNSEEN

Kind = Literal[
    "json", "encoding", "html", "unseen", "mojibake", "slash", "form", "scheme", "relative", "joined",
    "address", "own-page", "number", "no-rating", "sentence", "no-date", "date", "placeholder", "order",
    "no-claimant", "checker", "claimants", "no-publisher", "merged", "ambiguous", "full",
    "repeated",
]  # fmt: skip
Mended = list[tuple[Kind, str]]
DayFirst = bool | None

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:[a-zA-Z][a-zA-Z0-9]+|#[0-9]+|#x[0-9a-fA-F]+);")
_BLOCK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/td|/tr)\b[^>]*>", re.IGNORECASE)
# What UTF-8 looks like that was read as Windows-1252 and written again.
_GARBLED = re.compile("Ã[\x80-\xbf¡-¿‚-™ŒœŠšŽžŸƒ]|â€[\x80-\xbf™œ“”¦˜]|Â[ «»°·©®]")
_SPACE = re.compile(r"\s+")
_LOST = re.compile(r"\b(https?):?/{1,2}:?/*(?=[^/\s])", re.IGNORECASE)
_JOINED = re.compile(r"(?:[\s,;|\[\]\"]+|\s+(?:and|et|y|und|og|e)\s+)(?=https?:?/|www\.)", re.IGNORECASE)
_BARE = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
_ISO = re.compile(
    r"\s*([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?(?![0-9])|([0-9]{2})([0-9]{2})(?![0-9])|(?![0-9-]))"
)
_SLASHED = re.compile(r"\s*([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})\b")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_WORDED = re.compile(
    r"\b(?:([0-9]{1,2})(?:st|nd|rd|th)?\.?\s+)?([A-Za-z]{3,9})\.?,?\s+"
    r"(?:([0-9]{1,2})(?:st|nd|rd|th)?,?\s+)?([0-9]{4})\b"
)


def text(value: str, mended: Mended) -> str:
    """Return a text on one line, without markup, entities and characters that nobody sees."""
    plain = value
    for _ in range(2):  # some are escaped twice
        if _MARKUP.search(plain):
            spaced = _BLOCK.sub(" ", plain)
            plain = html.unescape(nh3.clean(spaced, tags=set(), clean_content_tags={"script", "style"}))
    if plain != value:
        mended.append(("html", value))
    plain = re.sub("[\u2028\u2029]", " ", plain)
    seen = UNSEEN.sub("", plain)
    if seen != plain:
        mended.append(("unseen", value))
    line = _SPACE.sub(" ", seen).strip()
    if _GARBLED.search(line):
        mended.append(("mojibake", line))
    return line


def address(value: str, mended: Mended, base: str = "") -> str:
    """Return a web address as a card can hold it; nothing where it is none."""
    given = UNSEEN.sub("", html.unescape(value)).strip().strip("<>\"'")
    if not given:
        return ""
    whole = _SPACE.sub("%20", given)
    mend: Kind = "form"
    if re.match(r"https?\b", whole, re.IGNORECASE):
        spelt = whole[:5].lower() + whole[5:]
        whole = _LOST.sub(_both_slashes, spelt)
        mend = "slash" if whole != spelt else "form"
    elif whole.startswith("//"):
        whole, mend = f"https:{whole}", "scheme"
    elif base and whole[0] in "/?#.":
        whole, mend = urljoin(base, whole), "relative"
    elif _BARE.fullmatch(whole):
        whole, mend = f"https://{whole}", "scheme"
    if not re.fullmatch(URL, whole):
        mended.append(("address", given))
        return ""
    if whole != given:
        mended.append((mend, given))
    return whole


def _both_slashes(found: re.Match[str]) -> str:
    return found[0] if found[0].endswith("://") else f"{found[1].lower()}://"


def addresses(value: str, mended: Mended, base: str = "") -> list[str]:
    """Return the addresses that a text holds, which may be joined with commas, spaces or words."""
    parts = [part for part in _JOINED.split(value.strip()) if part]
    if len(parts) > 1:
        mended.append(("joined", value))
    return [found for part in parts if (found := address(part.strip(",;[]\"' "), mended, base))]


def date(value: str, mended: Mended, today: dt.date, day_first: DayFirst = None) -> PartialDate | None:
    """Return the date that a text gives, None where it gives none, a placeholder, or a day to come."""
    given = value.strip()
    if not given:
        return None
    parts, is_usual = _parts(given, day_first)
    try:
        found = PartialDate.parse(
            "-".join(f"{part:02}" if at else f"{part:04}" for at, part in enumerate(parts))
        )
    except ValueError:
        mended.append(("date", f"{given} (left out)"))
        return None
    if found.first.year < 1900 or found == "1970-01-01" or found.first > today + dt.timedelta(days=1):
        mended.append(("placeholder", given))
        return None
    if not is_usual:
        mended.append(("date", f"{given} (read as {found})"))
    return found


def _parts(given: str, day_first: DayFirst) -> tuple[list[int], bool]:
    """Return year, month and day as far as they are given, and whether they stand as ISO 8601 has them."""
    if iso := _ISO.match(given):
        return [int(part) for part in iso.groups() if part], True
    if slashed := _SLASHED.match(given):
        one, other, year = map(int, slashed.groups())
        if (day_first is None and one > 12) or other > 12:
            day_first = one > 12
        if day_first is None and one != other:
            return [], False
        return [year, *((other, one) if day_first else (one, other))], False
    if worded := _WORDED.search(given):
        before, name, after, year_ = worded.groups()
        month = [at for at, full in enumerate(_MONTHS, 1) if full.startswith(name.lower()[:3])]
        day = before or after
        return ([int(year_), *month[:1], *([int(day)] if day else [])] if month else []), False
    try:
        moment = parsedate_to_datetime(given)
    except ValueError:
        return [], False
    return [moment.year, moment.month, moment.day], False
