"""The chronicle: what changed of all that was published, newest first, dated by the cards.

The corrections page tells readers the same. A move has no date and is not told.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from . import addresses, markup
from .catalogue import Catalogue
from .claim import Correction
from .claimreview import absolute
from .content import Verdict
from .dates import PartialDate
from .dump import as_json, listing
from .feeds import moment
from .page import Page, text_file
from .sheet import first_verdict
from .shown import Shown

Change = dict[str, Any]


def chronicle(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The file of changes."""
    yield text_file(addresses.CHANGES, _told, catalogue)


def _told(catalogue: Catalogue) -> bytes:
    site = catalogue.library.site
    told = (line for lines in catalogue.each(_changes) for line in lines.splitlines())
    found = sorted(told, key=_day)[::-1]
    head = {
        "title": site.title,
        "url": absolute(site, addresses.CHANGES),
        "license": site.licence.url,
        "dateModified": moment(_date(found[0]) if found else site.started),
    }
    return listing(head, "changes", found)


_BEGINNING = b'{"date":"'


def _date(line: bytes) -> PartialDate:
    """Return the date of a change."""
    return PartialDate(line[len(_BEGINNING) :].partition(b'"')[0].decode())


def _day(line: bytes) -> dt.date:
    return _date(line).first


def _changes(catalogue: Catalogue, claim: Shown) -> str:
    """Return every change of a claim as JSON on a line, its date first; nothing where it is not published.

    `kind` is published, verdict (`from` one `to` another), corrected or withdrawn.
    """
    told = (
        {"date": change.pop("date"), "kind": change.pop("kind"), "claim": claim.id,
         "url": absolute(catalogue.library.site, claim.address), "title": claim.title, **change}
        for change in _of(catalogue, claim)
    )  # fmt: skip
    return "\n".join(map(as_json, told)) if claim.card.published else ""


def _of(catalogue: Catalogue, claim: Shown) -> Iterator[Change]:
    """Yield what became of one claim, oldest first."""
    card = claim.card
    first = first_verdict(catalogue, claim)
    yield {"date": card.published, "kind": "published", "verdict": _verdict(first)}
    for correction in card.corrections:
        yield _correction(catalogue, correction)
    if card.withdrawn:
        yield {"date": card.withdrawn.date, "kind": "withdrawn", "note": card.withdrawn.reason,
               "dateDeleted": moment(card.withdrawn.date)}  # fmt: skip


def _correction(catalogue: Catalogue, correction: Correction) -> Change:
    verdicts = catalogue.library.verdicts
    moved = correction.from_ and correction.to and correction.from_ != correction.to
    change: Change = {
        "date": correction.date,
        "kind": "verdict" if moved else "corrected",
        "class": correction.class_,
        "note": markup.plain(correction.note),
    }
    if moved and correction.from_ and correction.to:
        change |= {"from": _verdict(verdicts[correction.from_]), "to": _verdict(verdicts[correction.to])}
    return change | ({"was": correction.was} if correction.was else {})


def _verdict(verdict: Verdict) -> dict[str, str]:
    return {"id": verdict.id, "label": verdict.label}
