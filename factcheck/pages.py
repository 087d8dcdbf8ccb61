"""The pages of the site: which there are, and what each is given to show.

To add a kind of page, write one generator here or beside `lists`, name it in KINDS, or in `_gathered` where
there is one for each speaker, topic or the like, and write its template; what belongs to one document or
claim stands in `dossier`.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from heapq import nlargest
from itertools import chain
from typing import Any

from . import (
    addresses,
    api,
    chronicle,
    deadlines,
    disclosure,
    exchange,
    feeds,
    figures,
    filters,
    lists,
    markup,
    picture,
    search,
    slides,
)  # fmt: skip
from .catalogue import Catalogue
from .content import Article, Timeline
from .dossier import dossier, moved
from .leaves import in_leaves, neighbours
from .library import Entry
from .months import joined, stretches
from .naming import Names
from .page import Image, Page, showing
from .sections import Plan, Section
from .share import illustrated, illustrations
from .shown import Shown
from .twins import twins

# A list of documents draws each with all its claims.
STRIPS = 24

Kind = Callable[[Catalogue, dt.date], Iterator[Page]]


def plan(catalogue: Catalogue, today: dt.date, images: Mapping[str, Image] | None = None) -> Plan:
    """Return all pages of the site but the sitemap, in sections.

    A document with its claims is one, a list of claims by what they share is another.

    `today` decides only which predictions are overdue. `images` are the pictures by their address.
    """
    images, names = images or {}, Names(catalogue)

    def section(*kinds: Kind) -> Iterator[Page]:
        for page in chain.from_iterable(kind(catalogue, today) for kind in kinds):
            yield illustrated(page, images)
            yield from twins(catalogue, names, page) if page.listed else ()

    own = illustrations(images)
    common = own.get(addresses.HOME, ())
    documents = {
        f"document {entry.id}": Section(
            partial(section, partial(dossier, before, entry, after)),
            (addresses.document(entry.id), addresses.announcements(entry.id)),
            (before, entry, after, *own.get(addresses.document(entry.id), ()), *common),
        )
        for before, entry, after in neighbours(catalogue.documents)
    }
    gathered = {
        f"list {address}": Section(partial(section, partial(kind, of)), (address,), (of, *common))
        for address, kind, of in _gathered(catalogue)
    }
    first, others = Section(partial(section, home)), Section(partial(section, *KINDS))
    return Plan({"home": first, **documents, "others": others, **gathered})


def _gathered(catalogue: Catalogue) -> Iterator[tuple[str, Callable[..., Iterator[Page]], object]]:
    """Yield what claims are gathered under: its address, what makes its pages, and of what."""
    library = catalogue.library
    yield from ((addresses.speaker(one.id), lists.speaker, one) for one in catalogue.speakers)
    yield from ((addresses.topic(one.id), lists.topic, one) for one in library.topics.values())
    yield from ((addresses.timeline(one.id), timeline, one) for one in library.timelines.values())
    yield from ((addresses.publisher(name), lists.publisher, name) for name in catalogue.publishers)
    yield from ((addresses.verdict(one.id), lists.verdict, one) for one in library.verdicts.values())


def home(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The front page: what this is, the loom, the latest verdicts, the documents."""
    yield Page("", "home.html", "", catalogue.library.site.description, partial(_front, catalogue))


def _front(catalogue: Catalogue) -> Mapping[str, Any]:
    return catalogue.once(_home)


def _home(catalogue: Catalogue) -> Mapping[str, Any]:
    cards = [claim.card for claim in catalogue.claims]
    return {
        "rated": sum(claim.rated for claim in catalogue.claims),
        "opinions": sum(card.kind == "opinion" for card in cards),
        "checked": max((card.checked for card in cards), default=None),
        "latest": latest(catalogue, 5),
        "loom": picture.loom(catalogue),
        "newest": catalogue.documents[-6:],
        "strips": catalogue.paragraphs,
    }


def latest(catalogue: Catalogue, count: int) -> list[Shown]:
    """Return the claims whose verdicts are newest; among equals, one of each verdict first."""
    seen: dict[tuple[str, str], int] = {}
    ranked: list[tuple[str, int, int, Shown]] = []
    rated = [(claim.changed, claim) for claim in reversed(catalogue.claims) if claim.rated]
    last = nlargest(count, (changed for changed, _ in rated))[-1:]
    for changed, claim in rated:
        if changed >= last[0]:
            key = (changed, claim.verdict.id)
            seen[key] = seen.get(key, 0) + 1
            ranked.append((changed, -seen[key], -len(ranked), claim))
    return [claim for *_, claim in sorted(ranked, key=lambda r: r[:3], reverse=True)[:count]]


def documents(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of documents."""
    gettext = catalogue.words.gettext
    index = Page("documents/", "documents.html", gettext("Documents"),
                 gettext("The texts whose claims are checked here."))  # fmt: skip
    yield from in_leaves(index, catalogue.documents, catalogue.words, STRIPS, strips=catalogue.paragraphs)


def timelines(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of timelines."""
    entries = list(catalogue.library.timelines.values())
    gettext = catalogue.words.gettext
    index = Page("timelines/", "timelines.html", gettext("Timelines"),
                 gettext("What happened, and what was said of it."))  # fmt: skip
    yield from in_leaves(index, entries, catalogue.words)


def timeline(entry: Entry[Timeline], catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """A timeline with its claims among its events, and each event."""
    places: dict[str, str] = {}
    for leaf in stretches(catalogue, entry):
        found = joined(leaf.items)
        for happening in (happening for month in found for happening in month.happened):
            places.setdefault(happening.event.id, leaf.address)
        said = [claim for month in found for claim in month.said]
        here = {claim.id: claim for claim in [*said, *(c for month in found for c in month.settled)]}
        choices = filters.choices(list(here.values()), catalogue.library.verdicts.values())
        values = showing(timeline=entry, leaf=leaf, months=found, claims=said, choices=choices)
        yield Page(leaf.address, "timeline.html", leaf.titled(entry.card.title, catalogue.words),
                   markup.plain(entry.card.summary), values, filters.timeline_rules(choices),
                   file=entry.file)  # fmt: skip
    yield from _events(catalogue, entry, places)


def _events(catalogue: Catalogue, entry: Entry[Timeline], places: Mapping[str, str]) -> Iterator[Page]:
    """Yield a page for each event: what happened, the sources, and the claims that it settled.

    `places` names the page of the timeline on which each event begins.
    """
    among = {claim.id for claim in catalogue.among(entry.id)}
    events = sorted(entry.card.events, key=lambda event: event.date.first)
    for before, event, after in neighbours(events):
        settles = [claim for claim in catalogue.by_event.get(event.id, ()) if claim.id in among]
        description = markup.plain(event.text or "") or event.title
        first = Page(addresses.event(entry.id, event.id), "event.html", event.title, description,
                     file=entry.file)  # fmt: skip
        yield from in_leaves(first, settles, catalogue.words, timeline=entry, event=event,
                             place=places[event.id], before=before, after=after)  # fmt: skip


def articles(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The pages of running text: method, about, corrections policy."""
    for article in catalogue.library.articles.values():
        yield Page(addresses.article(article.id), "article.html", article.card.title,
                   article.card.description, partial(_article, article), file=article.file)  # fmt: skip


def _article(article: Article) -> Mapping[str, Any]:
    return {"article": article, "text": markup.block(article.text)}


def furniture(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """What browsers and search engines ask for by name."""
    lost = catalogue.words.gettext("There is no page at this address")
    yield Page("404.html", "404.html", lost, "", listed=False)
    yield Page("robots.txt", "robots.txt", "", "", listed=False)


KINDS: tuple[Kind, ...] = (
    documents,
    lists.speakers,
    lists.topics,
    timelines,
    lists.sources,
    lists.contradictions,
    lists.predictions,
    lists.corrections,
    lists.scale,
    figures.figures,
    feeds.feeds,
    api.api,
    exchange.exchange,
    chronicle.chronicle,
    slides.slides,
    deadlines.deadlines,
    lists.claims,
    articles,
    search.search,
    furniture,
    disclosure.disclosure,
    moved,
)
