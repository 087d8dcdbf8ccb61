"""Prose: a claim as Markdown that reads well as it is, its sources as footnotes."""

from collections.abc import Iterator

from .catalogue import Catalogue
from .claim import Fact, Source
from .claimreview import absolute
from .shown import Shown
from .words import Words


def prose(catalogue: Catalogue, claim: Shown) -> str:
    """Return the page of a claim as Markdown (CommonMark), with footnotes as GitHub reads them."""
    return "\n\n".join(part.strip() for part in _parts(catalogue, claim)) + "\n"


def _parts(catalogue: Catalogue, claim: Shown) -> Iterator[str]:
    card, words, site = claim.card, catalogue.words, catalogue.library.site
    gettext = words.gettext
    yield f"# {claim.words}"
    yield f"{claim.voice}, {claim.when}. {absolute(site, claim.address)}"
    yield f"**{claim.verdict.label}.** {card.withdrawn.reason if card.withdrawn else card.summary}"
    yield f"## {gettext('What is judged')}"
    yield card.claim
    if card.prediction:
        yield f"{gettext('It came true if:')} {card.prediction.criterion}"
    if card.correct:
        yield f"{gettext('What would have been right:')} {card.correct}"
    if card.reporting:
        yield f"## {gettext('Was it said so?')}"
        yield card.reporting.note
    for title, facts in ((gettext("Then"), card.then.facts if card.then else ()),
                         (gettext("Since"), card.since)):  # fmt: skip
        if facts:
            yield f"## {title}"
            yield "\n".join(_fact(fact, words) for fact in facts)
    reasoning = card.reasoning or card.uncheckable
    if reasoning:
        rated = card.kind != "opinion"
        yield f"## {gettext('Why this verdict') if rated else gettext('Why it is not rated')}"
        yield reasoning
    if card.would_change:
        yield f"## {gettext('What would change it')}"
        yield card.would_change
    if card.sources:
        yield f"## {gettext('Sources')}"
        yield "\n".join(_source(source, words) for source in card.sources)
    yield from _history(catalogue, claim)
    yield f"{site.title}, {site.licence.name}: {site.licence.url}"


def _fact(fact: Fact, words: Words) -> str:
    return f"- {words.short(fact.date)}: {fact.text}{''.join(f'[^{key}]' for key in fact.sources)}"


def _source(source: Source, words: Words) -> str:
    date = f", {words.short(source.date)}" if source.date else ""
    kept = f" [{words.gettext('Archived copy')}](<{source.archived}>)." if source.archived else ""
    note = f" {source.note}" if source.note else ""
    return f"[^{source.key}]: {source.publisher}. [{_plain(source.title)}](<{source.url}>){date}.{kept}{note}"


def _history(catalogue: Catalogue, claim: Shown) -> Iterator[str]:
    card, words = claim.card, catalogue.words
    if card.corrections:
        yield f"## {words.gettext('History of this verdict')}"
        yield "\n".join(f"- {words.short(entry.date)}: {entry.note}" for entry in card.corrections)


def _plain(title: str) -> str:
    """Return a title as the words of a link."""
    return title.replace("[", r"\[").replace("]", r"\]")
