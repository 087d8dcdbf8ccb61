"""Slides: a timeline as TimelineJS of the Northwestern University Knight Lab shows it.

Its JSON format: timeline.knightlab.com/docs/json-format.html. Headlines and texts are HTML there, so
what an editor wrote is escaped; the id of a slide is that of its claim or event, not of its words.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from . import addresses, markup
from .catalogue import Catalogue
from .claimreview import absolute
from .content import Event, Timeline
from .dates import PartialDate
from .library import Entry
from .page import Page
from .shown import Shown


def slides(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """Each timeline for TimelineJS."""
    for entry in catalogue.library.timelines.values():
        values = partial(_values, catalogue, entry, catalogue.among(entry.id))
        yield Page(addresses.slides(entry.id), "data.json", entry.card.title, "", values, listed=False,
                   file=entry.file)  # fmt: skip


def _values(catalogue: Catalogue, entry: Entry[Timeline], claims: Sequence[Shown]) -> Mapping[str, Any]:
    return {"data": deck(catalogue, entry, claims)}


def deck(catalogue: Catalogue, entry: Entry[Timeline], claims: Sequence[Shown]) -> dict[str, Any]:
    """Return the slides of a timeline: its title, its events, and the claims among them."""
    home = absolute(catalogue.library.site, addresses.timeline(entry.id))
    title = _text(entry.card.title, markup.block(entry.card.summary), home, catalogue.library.site.title)
    events = [_event(catalogue, entry.id, event) for event in entry.card.events]
    said = [_claim(catalogue, claim) for claim in claims]
    return {
        "title": {"unique_id": entry.id, "text": title, "autolink": False},
        "events": events + said,
        "scale": "human",
    }


def _event(catalogue: Catalogue, timeline: str, event: Event) -> dict[str, Any]:
    where = absolute(catalogue.library.site, addresses.event(timeline, event.id))
    return {
        "unique_id": event.id,
        "start_date": _date(event.date),
        "display_date": catalogue.words.long(event.date),
        "text": _text(event.title, markup.block(event.text or ""), where, catalogue.library.site.title),
        "group": catalogue.library.timelines[timeline].card.title,
        "autolink": False,
    }


def _claim(catalogue: Catalogue, claim: Shown) -> dict[str, Any]:
    site, said = catalogue.library.site, claim.said
    told = claim.card.withdrawn.reason if claim.card.withdrawn else claim.card.summary
    text = Markup("<p>{}</p>").format(told)
    return {
        "unique_id": claim.id,
        "start_date": _date(said.first),
        **({"end_date": _date(said.last)} if said.last != said.first else {}),
        "display_date": f"{claim.voice}, {claim.when}",
        "text": _text(claim.headline, text, absolute(site, claim.address), site.title),
        "group": claim.document.card.short,
        "autolink": False,
    }


def _date(date: PartialDate) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), map(int, date.split("-")), strict=False))


def _text(headline: str, text: Markup, url: str, name: str) -> dict[str, str]:
    link = Markup('<p><a href="{}">{}</a></p>').format(url, name)
    return {"headline": str(escape(headline)), "text": str(text + link)}
