"""Deadlines: the predictions on the days on which they fall due, as calendars read them (RFC 5545).

A prediction stands on the last day of the date by which it was to happen; where it names none, on
the day that its outcome was plain. Stamps are days of its card, never of the clock.
"""

import datetime as dt
from collections.abc import Iterator

from . import addresses
from .catalogue import Catalogue
from .claimreview import absolute
from .page import Page, text_file
from .shown import Shown

_OCTETS = 75  # of a line without its end, RFC 5545, section 3.1


def deadlines(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """One calendar of all predictions that have a day; none where there is none, as RFC 5545 wants it."""
    if dated(catalogue):
        yield text_file(addresses.CALENDAR, _calendar, catalogue)


def dated(catalogue: Catalogue) -> list[tuple[dt.date, Shown]]:
    """Return the predictions with the day on which each stands in the calendar, the earliest first."""
    found = [
        (day.last, claim)
        for claim in catalogue.claims
        if claim.card.published and (foretold := claim.card.prediction)
        if (day := foretold.due or foretold.resolved)
    ]
    return sorted(found, key=lambda row: (row[0], row[1].id))


def _calendar(catalogue: Catalogue) -> str:
    site = catalogue.library.site
    name = _text(f"{site.title}: {catalogue.words.gettext('Predictions')}")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//On the Record//Predictions//EN", f"NAME:{name}",
             f"X-WR-CALNAME:{name}", f"SOURCE;VALUE=URI:{absolute(site, addresses.CALENDAR)}",
             f"URL:{absolute(site, 'predictions/')}", "REFRESH-INTERVAL;VALUE=DURATION:P1D"]  # fmt: skip
    for day, claim in dated(catalogue):
        lines += ["BEGIN:VEVENT", *_event(catalogue, day, claim), "END:VEVENT"]
    lines.append("END:VCALENDAR")
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
    pieces, room = [""], _OCTETS
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(" ")
            room = _OCTETS - 1
        pieces[-1] += letter
        room -= size
    return "\r\n".join(pieces)
