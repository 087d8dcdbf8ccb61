"""Deadlines: the predictions on the days on which they fall due, as calendars read them (RFC 5545).

A prediction stands on the last day of the date by which it was to happen; where it names none, on
the day that its outcome was plain. Stamps are days of its card, never of the clock.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from . import addresses
from .catalogue import Catalogue
from .claimreview import absolute
from .dump import joined
from .page import Page, text_file
from .shown import Shown

_OCTETS = 75  # of a line without its end, RFC 5545, section 3.1


def deadlines(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """One calendar of all predictions that have a day; none where there is none, as RFC 5545 wants it."""
    if is_needed(catalogue):
        yield text_file(addresses.CALENDAR, _calendar, catalogue)


def is_needed(catalogue: Catalogue) -> bool:
    """Return whether any prediction stands in the calendar."""
    return any(map(_day, catalogue.claims))


def _day(claim: Shown) -> dt.date | None:
    """Return the day on which a prediction stands in the calendar; None where it has none."""
    foretold = claim.card.prediction
    date = foretold and (foretold.due or foretold.resolved)
    return date.last if date and claim.card.published else None


def _calendar(catalogue: Catalogue) -> bytes:
    site = catalogue.library.site
    name = _text(f"{site.title}: {catalogue.words.gettext('Predictions')}")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//On the Record//Predictions//EN", f"NAME:{name}",
             f"X-WR-CALNAME:{name}", f"SOURCE;VALUE=URI:{absolute(site, addresses.CALENDAR)}",
             f"URL:{absolute(site, 'predictions/')}", "REFRESH-INTERVAL;VALUE=DURATION:P1D"]  # fmt: skip
    events = (event.partition(b"\n")[2] for event in sorted(filter(None, catalogue.each(_dated))))
    return joined(events, begin=_written(lines).encode(), end=_written(["END:VCALENDAR"]).encode())


def _dated(catalogue: Catalogue, claim: Shown) -> str:
    """Return an event after a line by which it is sorted, the earliest first; nothing without a day."""
    day = _day(claim)
    if not day:
        return ""
    lines = ["BEGIN:VEVENT", *_event(catalogue, day, claim), "END:VEVENT"]
    return f"{day.isoformat()} {claim.id}\n{_written(lines)}"


def _written(lines: Iterable[str]) -> str:
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(catalogue: Catalogue, day: dt.date, claim: Shown) -> Iterator[str]:
    card, library, gettext = claim.card, catalogue.library, catalogue.words.gettext
    waits = card.prediction and not card.prediction.resolved and not card.withdrawn
    verdict = gettext("Due") if waits else claim.verdict.label
    title = claim.judged(verdict, claim.title)
    yield f"UID:{absolute(library.site, claim.origin)}"
    yield f"DTSTAMP:{claim.changed.first:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{len(card.corrections) + bool(card.withdrawn)}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"SUMMARY:{_text(title)}"
    yield f"DESCRIPTION:{_text(_description(catalogue, claim))}"
    yield f"URL:{absolute(library.site, claim.address)}"
    if card.topics:
        yield f"CATEGORIES:{','.join(_text(library.topics[name].label) for name in card.topics)}"
    yield f"STATUS:{'CANCELLED' if card.withdrawn else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"


def _description(catalogue: Catalogue, claim: Shown) -> str:
    foretold, words = claim.card.prediction, catalogue.words
    assert foretold
    criterion = f"{words.gettext('It came true if:')} {foretold.criterion}"
    lines = [f"{claim.words} {claim.voice}, {claim.when}", criterion]
    if foretold.due:
        lines.append(words.gettext("Due by %(date)s.", date=words.long(foretold.due)))
    if foretold.resolved:
        lines.append(words.gettext("Resolved on %(date)s.", date=words.long(foretold.resolved)))
    return "\n".join([*lines, absolute(catalogue.library.site, claim.address)])


def _text(text: str) -> str:
    """Return a value of the type TEXT (RFC 5545, section 3.3.11)."""
    for mark in "\\;,":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, no letter cut; all but the first begin with a space."""
    content, pieces, start, end = line.encode(), [], 0, _OCTETS
    while end < len(content):
        while content[end] & 0xC0 == 0x80:  # within a letter
            end -= 1
        pieces.append(content[start:end])
        start, end = end, end + _OCTETS - 1
    return b"\r\n ".join([*pieces, content[start:]]).decode()
