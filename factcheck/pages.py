"""The pages of the site: which there are, and what each is given to show.

To add a kind of page, write one generator here or beside `lists`, name it in KINDS, and write
its template.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from . import (
    abroad,
    addresses,
    api,
    chronicle,
    citation,
    claimreview,
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
    share,
    slides,
)  # fmt: skip
from .annotations import annotations
from .catalogue import Catalogue
from .content import Article, Document, Timeline
from .leaves import in_leaves, neighbours
from .library import Entry
from .months import joined, stretches
from .naming import Names
from .page import Page, showing
from .reading import merged
from .sheet import sheet
from .shown import Shown
from .twins import twins

# A list of documents draws each with all its claims.
STRIPS = 24
# So many addresses fit into one sitemap.
MAPPED = 50_000


def plan(catalogue: Catalogue, today: dt.date) -> Iterator[Page]:
    """Yield every page of the site.

    `today` decides only which predictions are overdue.
    """
    listed, names = [], Names(catalogue)
    for kind in KINDS:
        for page in kind(catalogue, today):
            listed += [page] if page.listed else []
            yield page
            yield from twins(catalogue, names, page) if page.listed else ()
    yield from sitemaps(listed)


def sitemaps(listed: Sequence[Page], most: int = MAPPED) -> Iterator[Page]:
    """Yield the sitemap (sitemaps.org, protocol 0.9); where it is too long, the parts that it then names."""
    parts = [listed[at : at + most] for at in range(0, len(listed), most)]
    if len(parts) < 2:
        yield Page("sitemap.xml", "sitemap.xml", "", "", showing(listed=listed), listed=False)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield Page("sitemap.xml", "sitemaps.xml", "", "", showing(parts=names), listed=False)
    for name, part in zip(names, parts, strict=True):
        yield Page(name, "sitemap.xml", "", "", showing(listed=part), listed=False)


def home(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The front page: what this is, the loom, the latest verdicts, the documents."""
    yield Page("", "home.html", "", catalogue.library.site.description, partial(_home, catalogue))


def _home(catalogue: Catalogue) -> Mapping[str, Any]:
    return {
        "latest": latest(catalogue, 5),
        "loom": picture.loom(catalogue),
        "newest": catalogue.documents[-6:],
        "strips": catalogue.paragraphs,
    }


def latest(catalogue: Catalogue, count: int) -> list[Shown]:
    """Return the claims whose verdicts are newest; among equals, one of each verdict first."""
    seen: dict[tuple[str, str], int] = {}
    ranked: list[tuple[str, int, int, Shown]] = []
    for claim in reversed(catalogue.claims):
        if claim.rated:
            key = (claim.changed, claim.verdict.id)
            seen[key] = seen.get(key, 0) + 1
            ranked.append((claim.changed, -seen[key], -len(ranked), claim))
    return [claim for *_, claim in sorted(ranked, key=lambda r: r[:3], reverse=True)[:count]]


def claims(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """One page for each claim, and one that leads here from each address it had."""
    for claim in catalogue.claims:
        yield from _published(claim, claim.file, partial(_claim, catalogue, claim))


def translations(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The same in each language into which a claim is translated."""
    for language, other in catalogue.abroad.items():
        for claim in filter(lambda claim: claim.language, other.claims):
            file = catalogue.library.translations[f"{language}/{claim.id}"].file
            yield from _published(claim, file, partial(_translated, catalogue, other, claim))


def _published(claim: Shown, file: str, values: Callable[[], Mapping[str, Any]]) -> Iterator[Page]:
    rules = filters.citation_rules(len(claim.card.sources))
    yield Page(claim.address, "claim.html", claim.headline, claim.description, values, rules,
               file=file, changed=claim.changed, language=claim.language)  # fmt: skip
    for former in claim.former:
        to = showing(to=claim.address)
        yield Page(former, "redirect.html", claim.headline, "", to, listed=False, language=claim.language)


def _claim(catalogue: Catalogue, claim: Shown) -> Mapping[str, Any]:
    rows = catalogue.paragraphs[claim.document.id]
    setting = next((row for row in rows if row.first and row.first == claim.paragraph), None)
    review = claimreview.claim_review(catalogue, claim)
    return {"sheet": sheet(catalogue, claim), "claim": claim, "review": review, "setting": setting,
            "frame": share.code(catalogue.library.site, claim), "tongues": tongues(catalogue, claim),
            "translation": None}  # fmt: skip


def _translated(catalogue: Catalogue, other: Catalogue, claim: Shown) -> Mapping[str, Any]:
    translation = catalogue.library.translations[f"{claim.language}/{claim.id}"].card
    behind = abroad.is_behind(catalogue.library, claim.language, claim.id)
    return {**_claim(other, claim), "review": None, "tongues": tongues(catalogue, claim),
            "translation": {"by": translation.by, "behind": behind}}  # fmt: skip


def tongues(catalogue: Catalogue, claim: Shown) -> list[tuple[str, str, str]]:
    """Return every language in which a claim stands, that of the site first: code, name, address.

    None where it stands in one alone.
    """
    others = [(language, other.words.name, addresses.translation(claim.id, language))
              for language, other in catalogue.abroad.items() if other.by_id[claim.id].language]  # fmt: skip
    own = catalogue.words
    return [(own.language, own.name, claim.home), *others] if others else []


def documents(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of documents, and the reading view of each."""
    for before, entry, after in neighbours(catalogue.documents):
        marks = Counter(claim.paragraph for claim in catalogue.by_document[entry.id]).values()
        card = entry.card
        date = catalogue.words.long(card.date)
        description = f"{card.form}, {card.publisher}, {date}. {markup.plain(card.summary)}"
        values = partial(_document, catalogue, entry, before, after)
        yield Page(addresses.document(entry.id), "document.html", card.title, description, values,
                   filters.note_rules(max(marks, default=0)), file=entry.file)  # fmt: skip
        if entry.id in catalogue.library.proofs:
            address, values = addresses.annotations(entry.id), partial(_annotations, catalogue, entry)
            yield Page(address, "data.json", card.title, "", values, listed=False)
    gettext = catalogue.words.gettext
    index = Page("documents/", "documents.html", gettext("Documents"),
                 gettext("The texts whose claims are checked here."))  # fmt: skip
    yield from in_leaves(index, catalogue.documents, catalogue.words, STRIPS, strips=catalogue.paragraphs)


def _document(
    catalogue: Catalogue,
    entry: Entry[Document],
    before: Entry[Document] | None,
    after: Entry[Document] | None,
) -> Mapping[str, Any]:
    rows, claims = catalogue.paragraphs[entry.id], catalogue.by_document[entry.id]
    return {"document": entry, "rows": merged(rows), "claims": claims, "before": before, "after": after}


def _annotations(catalogue: Catalogue, entry: Entry[Document]) -> Mapping[str, Any]:
    return {"data": annotations(catalogue, entry)}


def timelines(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """The list of timelines, and each with its claims among its events."""
    entries = list(catalogue.library.timelines.values())
    gettext = catalogue.words.gettext
    index = Page("timelines/", "timelines.html", gettext("Timelines"),
                 gettext("What happened, and what was said of it."))  # fmt: skip
    yield from in_leaves(index, entries, catalogue.words)
    for entry in entries:
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
    among = {claim.id for claim in catalogue.among(entry.card)}
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


KINDS: tuple[Callable[[Catalogue, dt.date], Iterator[Page]], ...] = (
    home,
    claims,
    translations,
    share.embeds,
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
    citation.citations,
    lists.verdicts,
    lists.claims,
    articles,
    search.search,
    furniture,
    disclosure.disclosure,
)
