"""Abroad: the library in another language, as far as its claims are translated."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from .catalogue import Catalogue, catalogue
from .claim import Claim
from .content import Site
from .earlier import NOTHING, Earlier
from .fields import Record
from .library import Entry, Library
from .markup import Borrowed
from .problems import Path
from .revisions import Version
from .translation import originals, seal, translated
from .words import Words

# Told by their place in a list, which may be another's where the original has moved on.
_IN_STEP = ("then", "since", "related")

R = TypeVar("R", bound=Record)
Borrow = Callable[[str], str]


def in_words(library: Library, words: Words, earlier: Earlier = NOTHING) -> Library:
    """Return a sound library in the language of these words, which has a scale.

    Claims that are translated are in it. What nobody translated is borrowed: it stands there in the
    language of the site, and HTML says so.
    """
    attributes, scale = words.tongue(library.site.language), library.scales[words.language].card.verdicts

    def borrow(text: str) -> str:
        return Borrowed.of(text, attributes)

    def claims(name: str) -> dict[str, Entry[Claim]]:
        return {
            entry.id: replace(entry, card=_claim(library, entry, words.language, borrow))
            for entry in library.by_document[name]
        }

    by_document = (
        earlier.again(("abroad", words.language, name), (library.mark(name), words), partial(claims, name))
        for name in library.by_document
    )

    return replace(
        library,
        site=_site(library.site, borrow),
        verdicts={
            name: verdict.model_copy(update=dict(scale[name])) for name, verdict in library.verdicts.items()
        },
        topics={name: _with(topic, borrow, "label") for name, topic in library.topics.items()},
        documents={
            name: replace(entry, card=_with(entry.card, borrow, "short"))
            for name, entry in library.documents.items()
        },
        timelines={
            name: replace(entry, card=entry.card.model_copy(
                update={"events": tuple(_with(event, borrow, "title") for event in entry.card.events)}
            ))
            for name, entry in library.timelines.items()
        },
        claims=dict(chain.from_iterable(claims.items() for claims in by_document)),
    )  # fmt: skip


def in_all(
    library: Library,
    words: Sequence[Words],
    *,
    drafts: bool = False,
    versions: Mapping[str, Version] | None = None,
    earlier: Earlier = NOTHING,
) -> Catalogue:
    """Return the catalogue of a sound library in the first of these words, holding those in the others."""
    own, *others = words
    made = catalogue(library, own, drafts, versions, earlier)
    abroad = {
        one.language: catalogue(in_words(library, one, earlier), one, drafts, versions, earlier)
        for one in others
    }
    return replace(made, abroad=abroad) if abroad else made


def is_behind(library: Library, language: str, claim: str) -> bool:
    """Return whether the original of a translated claim has moved on since."""
    translation = library.translations[f"{language}/{claim}"].card
    return translation.original != seal(library.claims[claim].card)


def _with(card: R, borrow: Borrow, *fields: str) -> R:
    return card.model_copy(update={field: borrow(getattr(card, field)) for field in fields})


def _site(site: Site, borrow: Borrow) -> Site:
    turn = site.turning_point
    return site.model_copy(
        update={
            "description": borrow(site.description),
            "navigation": tuple(_with(item, borrow, "label") for item in site.navigation),
            "turning_point": turn and _with(turn, borrow, "label"),
        }
    )


def _claim(library: Library, entry: Entry[Claim], language: str, borrow: Borrow) -> Claim:
    """Return a claim with the texts of its translation, and where those are missing with its own."""
    card, found = entry.card, library.translations.get(f"{language}/{entry.id}")
    theirs = translated(found.card) if found else {}
    if found and is_behind(library, language, entry.id):
        theirs = {path: text for path, text in theirs.items() if path[0] not in _IN_STEP}
    said = {path: theirs.get(path) or borrow(text) for path, text in originals(card).items()}
    single = {str(path[0]): text for path, text in said.items() if len(path) == 1}
    update: dict[str, Any] = {name: text for name, text in single.items() if name in Claim.model_fields}
    update["short"] = found.card.short if found else card.short and borrow(card.short)
    for name, field in (("reporting", "note"), ("withdrawn", "reason")):
        if name in single:
            update[name] = getattr(card, name).model_copy(update={field: single[name]})
    if card.prediction:
        update["prediction"] = card.prediction.model_copy(update={"criterion": single["criterion"]})
    if card.then:
        update["then"] = card.then.model_copy(
            update={"facts": _several(card.then.facts, "text", "then", said)}
        )
    update["since"] = _several(card.since, "text", "since", said)
    update["related"] = _several(card.related, "why", "related", said)
    update["corrections"] = tuple(
        entry.model_copy(update={"was": entry.was and borrow(entry.was)})
        for entry in _several(card.corrections, "note", "corrections", said)
    )
    own = library.site.language
    update["sources"] = tuple(
        source.model_copy(
            update={"note": said.get(("notes", source.key)), "language": source.language or own}
        )
        for source in card.sources
    )
    return card.model_copy(update=update)


def _several(parts: Iterable[R], field: str, name: str, said: Mapping[Path, str]) -> tuple[R, ...]:
    return tuple(part.model_copy(update={field: said[name, at]}) for at, part in enumerate(parts))
