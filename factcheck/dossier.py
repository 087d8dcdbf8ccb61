"""The dossier of a document: its reading view, the pages of its claims, and what stands beside them."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from . import abroad, addresses, citation, claimreview, exchange, filters, markup, share
from .annotations import annotations
from .catalogue import Catalogue
from .content import Document
from .library import Entry
from .page import Page, json_file, showing
from .reading import merged
from .sheet import sheet
from .shown import Shown

Neighbour = Entry[Document] | None


def dossier(
    before: Neighbour, entry: Entry[Document], after: Neighbour, catalogue: Catalogue, _today: dt.date
) -> Iterator[Page]:
    """Yield every page of a document, which stands between two others, and of its claims."""
    said = catalogue.by_document[entry.id]
    yield from claims(catalogue, said)
    for language, other in catalogue.abroad.items():
        yield from translations(catalogue, language, other.by_document[entry.id])
    yield from chain.from_iterable(share.embeds(catalogue, claim) for claim in said)
    yield from reading_view(catalogue, before, entry, after)
    yield from chain.from_iterable(citation.citations(catalogue, claim) for claim in said)
    yield from exchange.announcements(catalogue, said)


def moved(catalogue: Catalogue, _today: dt.date) -> Iterator[Page]:
    """At each address that a claim had, what leads to where it is."""
    for spoken in (catalogue, *catalogue.abroad.values()):
        for claim in spoken.claims:
            for former in claim.former if spoken is catalogue or claim.language else ():
                to = showing(to=claim.address)
                yield Page(former, "redirect.html", claim.headline, "", to, listed=False,
                           language=claim.language)  # fmt: skip
    for claim in catalogue.claims:
        yield from share.moved(catalogue, claim)


def claims(catalogue: Catalogue, said: Iterable[Shown]) -> Iterator[Page]:
    """Yield the page of each of some claims."""
    for claim in said:
        yield _published(claim, claim.file, partial(_claim, catalogue, claim))


def translations(catalogue: Catalogue, language: str, said: Iterable[Shown]) -> Iterator[Page]:
    """Yield the page of each of some claims in a language into which it is translated."""
    for claim in said:
        if claim.language:
            file = catalogue.library.translations[f"{language}/{claim.id}"].file
            yield _published(claim, file, partial(_translated, catalogue, catalogue.abroad[language], claim))


def _published(claim: Shown, file: str, values: Callable[[], Mapping[str, Any]]) -> Page:
    rules = filters.citation_rules(len(claim.card.sources))
    return Page(claim.address, "claim.html", claim.headline, claim.description, values, rules,
                file=file, changed=claim.changed, language=claim.language)  # fmt: skip


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


def reading_view(
    catalogue: Catalogue, before: Neighbour, entry: Entry[Document], after: Neighbour
) -> Iterator[Page]:
    """Yield the document with its claims marked in it, and the same for machines."""
    card, said = entry.card, catalogue.by_document[entry.id]
    marks = Counter(claim.paragraph for claim in said).values()
    date, summary = catalogue.words.long(card.date), markup.plain(card.summary)
    description = f"{card.form}, {card.publisher}, {date}. {summary}"
    values = partial(_document, catalogue, entry, before, after)
    yield Page(addresses.document(entry.id), "document.html", card.title, description, values,
               filters.note_rules(max(marks, default=0)), file=entry.file)  # fmt: skip
    if entry.id in catalogue.library.proofs:
        yield json_file(addresses.annotations(entry.id), annotations, catalogue, entry)


def _document(
    catalogue: Catalogue,
    entry: Entry[Document],
    before: Entry[Document] | None,
    after: Entry[Document] | None,
) -> Mapping[str, Any]:
    rows, claims = catalogue.paragraphs[entry.id], catalogue.by_document[entry.id]
    return {"document": entry, "rows": merged(rows), "claims": claims, "before": before, "after": after}
