"""Prose: a claim as Markdown that reads well as it is, its sources as footnotes.

Nothing that a card says is HTML, so no "<" is left to begin any; what is no Markdown in a card
has no mark that would be read as such.
"""

import re
from collections.abc import Iterator

from .catalogue import Catalogue
from .claim import Fact, Source
from .claimreview import absolute
from .shown import Shown
from .words import Words

_MARK = re.compile(r"[\\`*_\[\]]")
_REFERENCE = re.compile(r"&(?=#?\w+;)")
_OPENING = re.compile(r"(\\*)<")


def prose(catalogue: Catalogue, claim: Shown) -> str:
    """Return the page of a claim as Markdown (CommonMark), with footnotes as GitHub reads them."""
    return "\n\n".join(part.strip() for part in _parts(catalogue, claim)) + "\n"


def _parts(catalogue: Catalogue, claim: Shown) -> Iterator[str]:
    card, words, site = claim.card, catalogue.words, catalogue.library.site
    gettext = words.gettext
    found = card.withdrawn.reason if card.withdrawn else card.summary
    yield f"# {_plain(claim.words)}"
    yield f"{_plain(claim.voice)}, {claim.when}. {absolute(site, claim.address)}"
    yield f"**{_plain(claim.verdict.label)}.** {_plain(found)}"
    yield f"## {gettext('What is judged')}"
    yield _plain(card.claim)
    if card.prediction:
        yield f"{gettext('It came true if:')} {_plain(card.prediction.criterion)}"
    if card.correct:
        yield f"{gettext('What would have been right:')} {_plain(card.correct)}"
    if card.reporting:
        yield f"## {gettext('Was it said so?')}"
        yield _marked(card.reporting.note)
    for title, facts in ((gettext("Then"), card.then.facts if card.then else ()),
                         (gettext("Since"), card.since)):  # fmt: skip
        if facts:
            yield f"## {title}"
            yield "\n".join(_fact(fact, words) for fact in facts)
    reasoning = card.reasoning or card.uncheckable
    if reasoning:
        rated = card.kind != "opinion"
        yield f"## {gettext('Why this verdict') if rated else gettext('Why it is not rated')}"
        yield _marked(reasoning)
    if card.would_change:
        yield f"## {gettext('What would change it')}"
        yield _marked(card.would_change)
    if card.sources:
        yield f"## {gettext('Sources')}"
        yield "\n".join(_source(source, words) for source in card.sources)
    yield from _history(catalogue, claim)
    yield f"{_plain(site.title)}, {_plain(site.licence.name)}: {site.licence.url}"


def _fact(fact: Fact, words: Words) -> str:
    return f"- {words.short(fact.date)}: {_marked(fact.text)}{''.join(f'[^{key}]' for key in fact.sources)}"


def _source(source: Source, words: Words) -> str:
    date = f", {words.short(source.date)}" if source.date else ""
    kept = f" [{words.gettext('Archived copy')}]({_place(source.archived)})." if source.archived else ""
    note = f" {_marked(source.note)}" if source.note else ""
    named = f"{_plain(source.publisher)}. [{_plain(source.title)}]({_place(source.url)})"
    return f"[^{source.key}]: {named}{date}.{kept}{note}"


def _history(catalogue: Catalogue, claim: Shown) -> Iterator[str]:
    card, words = claim.card, catalogue.words
    if card.corrections:
        yield f"## {words.gettext('History of this verdict')}"
        yield "\n".join(f"- {words.short(entry.date)}: {_marked(entry.note)}" for entry in card.corrections)


def _plain(text: str) -> str:
    """Return a text without Markdown as Markdown that shows it letter by letter."""
    text = _MARK.sub(r"\\\g<0>", text)
    return (_REFERENCE.sub("&amp;", text) if "&" in text else text).replace("<", "&lt;")


def _marked(text: str) -> str:
    """Return Markdown without the HTML that others would read in it; a backslash before "<" goes too."""
    if "<" not in text:
        return text
    return _OPENING.sub(lambda found: f"{found[1][: len(found[1]) // 2 * 2]}&lt;", text)


def _place(address: str) -> str:
    """Return a web address as it stands between angle brackets."""
    return f"<{address.replace('<', '%3C').replace('>', '%3E')}>"
