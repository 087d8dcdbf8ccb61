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
    site, found = catalogue.library.site, changes(catalogue)
    head = {
        "title": site.title,
        "url": absolute(site, addresses.CHANGES),
        "license": site.licence.url,
        "dateModified": moment(found[0]["date"] if found else site.started),
    }
    return listing(head, "changes", map(as_json, found))


def changes(catalogue: Catalogue) -> list[Change]:
    """Return every change of every published claim, the newest first.

    `kind` is published, verdict (`from` one `to` another), corrected or withdrawn.
    """
    told = [
        {"date": change.pop("date"), "kind": change.pop("kind"), "claim": claim.id,
         "url": absolute(catalogue.library.site, claim.address), "title": claim.title, **change}
        for claim in catalogue.claims if claim.card.published
        for change in _of(catalogue, claim)
    ]  # fmt: skip
    return sorted(told, key=lambda change: change["date"].first)[::-1]


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
