"""Feeds: what is new, for programs that ask: as Atom (RFC 4287) and as JSON Feed 1.1.

Each feed belongs to a page and lies beside it, feed.xml and feed.json. An item is named for good by
the address at which its claim was first published, so a move makes nothing new. Days carry no hour:
in a feed they begin at midnight, UTC.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from . import addresses, deadlines
from .catalogue import Catalogue
from .claimreview import absolute
from .dates import PartialDate
from .leaves import grouped, in_leaves
from .page import Page
from .sheet import corrected
from .shown import Shown

_MOST = 50  # items; a reader who asks every few days misses nothing


class Item(NamedTuple):
    """One claim or one correction as a feed tells of it; `tags` are scheme, term and label each."""

    id: str
    url: str
    title: str
    content: Markup
    author: str
    published: PartialDate
    updated: PartialDate
    tags: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Feed:
    """What is new of one page; `items` gives the newest first and is asked only when it is made."""

    page: str
    name: str
    line: str
    items: Callable[[], list[Item]]

    @property
    def atom(self) -> str:
        """Where it is published as Atom."""
        return f"{self.page}feed.xml"

    @property
    def json(self) -> str:
        """Where it is published as JSON Feed."""
        return f"{self.page}feed.json"


def feeds(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """Every feed in both forms, and the page that lists them for people."""
    groups = offered(catalogue)
    for feed in (feed for group in groups.values() for feed in group):
        title = f"{catalogue.library.site.title}: {feed.name}" if feed.page else feed.name
        yield Page(feed.atom, "feed.xml", title, feed.line, partial(_atom, catalogue, feed), listed=False)
        yield Page(feed.json, "data.json", title, feed.line, partial(_json, catalogue, feed, title),
                   listed=False)  # fmt: skip
    gettext = catalogue.words.gettext
    page = Page("feeds/", "feeds.html", gettext("Feeds"),
                gettext("Ways to be told of new verdicts and corrections."))  # fmt: skip
    pairs = [(name, feed) for name, group in groups.items() for feed in group]
    yield from in_leaves(page, pairs, catalogue.words, grouped=grouped,
                         calendar=deadlines.is_needed(catalogue))  # fmt: skip


def offered(catalogue: Catalogue) -> dict[str, list[Feed]]:
    """Return the feeds by what they follow: site, documents, speakers, topics."""
    library, newest, gettext = catalogue.library, _newest(catalogue), catalogue.words.gettext

    def feed(page: str, name: str, line: str) -> Feed:
        return Feed(page, name, line, partial(_claims, catalogue, newest.get(page, ())))

    corrections = Feed("corrections/", gettext("Corrections"),
                       gettext("What we had wrong, and when we mended it."),
                       partial(_corrections, catalogue))  # fmt: skip
    return {
        "site": [feed("", library.site.title, library.site.description), corrections],
        "documents": [
            feed(addresses.document(entry.id), entry.card.title, f"{entry.card.form}, {entry.card.publisher}")
            for entry in catalogue.documents
        ],
        "speakers": [
            feed(addresses.speaker(entry.id), entry.card.name, entry.card.role)
            for entry in catalogue.speakers
        ],
        "topics": [
            feed(addresses.topic(topic.id), topic.label, topic.line) for topic in library.topics.values()
        ],
    }  # fmt: skip


def _newest(catalogue: Catalogue) -> Mapping[str, Sequence[Shown]]:
    """Return by page the claims that changed last and are told of in its feed."""
    found: dict[str, list[Shown]] = defaultdict(list)
    published = (claim for claim in catalogue.claims if claim.card.published)
    for claim in sorted(published, key=lambda claim: (claim.changed, claim.id), reverse=True):
        speakers = {claim.speaker.id, claim.quoted.id if claim.quoted else claim.speaker.id}
        pages = ["", addresses.document(claim.document.id)]
        pages += [*map(addresses.speaker, speakers), *map(addresses.topic, claim.card.topics)]
        for page in pages:
            if len(found[page]) < _MOST:
                found[page].append(claim)
    return found


def _claims(catalogue: Catalogue, claims: Sequence[Shown]) -> list[Item]:
    return [_claim(catalogue, claim) for claim in claims]


def _claim(catalogue: Catalogue, claim: Shown) -> Item:
    card, library, document = claim.card, catalogue.library, claim.document.card
    found = card.withdrawn.reason if card.withdrawn else card.summary
    told = (claim.verdict.label, found, document.language, claim.words, claim.voice, claim.when)
    verdict, text, language, words, voice, when = map(escape, told)
    topics = (library.topics[name] for name in card.topics)
    return Item(
        id=absolute(library.site, claim.origin),
        url=absolute(library.site, claim.address),
        title=claim.judged(claim.verdict.label, claim.title),
        content=Markup(
            f'<p><b>{verdict}.</b> {text}</p><blockquote lang="{language}"><p>{words}</p></blockquote>'
            f"<p>{voice}, {when}</p>"
        ),
        author=card.by,
        published=card.published or claim.changed,
        updated=claim.changed,
        tags=(
            ("scale/", claim.verdict.id, claim.verdict.label),
            *(("topics/", topic.id, topic.label) for topic in topics),
        ),
    )


def _corrections(catalogue: Catalogue) -> list[Item]:
    """Return every correction and withdrawal, the newest first."""
    found = []
    for claim, entries in corrected(catalogue):
        if claim.card.published:
            names = [f"correction-{number}" for number in range(1, len(claim.card.corrections) + 1)]
            told = _claim(catalogue, claim)
            for name, entry in zip([*names, "withdrawal"], entries, strict=False):
                content = Markup("<p>%s</p>") % entry.text
                found.append(told._replace(id=f"{told.id}#{name}", url=f"{told.url}#history",
                                           content=content, published=entry.date,
                                           updated=entry.date))  # fmt: skip
    return sorted(found, key=lambda item: (item.updated, item.id), reverse=True)[:_MOST]


def _atom(catalogue: Catalogue, feed: Feed) -> Mapping[str, Any]:
    items = feed.items()
    updated = items[0].updated if items else catalogue.library.site.started
    return {"feed": feed, "items": items, "updated": updated, "moment": moment}


def _json(catalogue: Catalogue, feed: Feed, title: str) -> Mapping[str, Any]:
    """Return a feed as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    site = catalogue.library.site
    author = {"name": site.publisher.name, "url": site.publisher.url or absolute(site, "")}
    return {
        "data": {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "description": feed.line,
            "home_page_url": absolute(site, feed.page),
            "feed_url": absolute(site, feed.json),
            "language": site.language,
            "authors": [author],
            "items": [_object(item) for item in feed.items()],
        }
    }


def _object(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": str(item.content),
        "date_published": moment(item.published),
        "date_modified": moment(item.updated),
        "authors": [{"name": item.author}],
        "tags": [label for *_, label in item.tags],
    }


def moment(date: PartialDate) -> str:
    """Return the moment at which a date begins, as RFC 3339 writes it."""
    return f"{(date + '-01-01')[:10]}T00:00:00Z"
