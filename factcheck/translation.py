"""A claim in another language: the texts of its translation, and whether its original has moved on.

The quote, the verdict, the dates and the sources stand in the original alone. The seal of the
original is kept with its translation: where they no longer fit, readers and editors are told.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from .claim import SHORT, Claim
from .fields import Id, Record, Text
from .problems import Path

_SINGLE = ("claim", "summary", "reason", "uncheckable", "correct", "reasoning", "would_change")


class VerdictWords(Record):
    """One step of the scale in another language."""

    label: Text
    """The verdict in a word or three, as readers see it."""
    short: Text
    """The label on the ruler, where there is little room."""
    meaning: Text
    """The definition, in one sentence."""


class ScaleWords(Record):
    """The scale in another language (content/translations/<language>/verdicts.yaml)."""

    verdicts: dict[Id, VerdictWords]
    """By the id of the verdict: its words. Translations of claims take them from here."""


class Translation(Record):
    """A claim in another language (content/translations/<language>/<document>/<claim>.yaml).

    A text that it lacks is shown in the language of the site.
    """

    original: Text
    """The seal of the original as it was translated. Write "new"; `check` tells what it is."""
    by: Text
    """Who translated it: a person, or what made it and whether anybody has read it."""
    claim: Text
    """The assertion that is judged, in one sentence without a verdict."""
    short: Annotated[Text, StringConstraints(max_length=SHORT)] | None = None
    """The same in at most 75 characters; needed where `claim` is longer."""
    summary: Annotated[Text, StringConstraints(max_length=400)]
    """In short: two or three plain sentences that stand alone."""
    reason: Annotated[Text, StringConstraints(max_length=125)]
    """One line for lists and margins, at most 125 characters."""
    uncheckable: Text | None = None
    """For an opinion: why nothing could settle it."""
    correct: Text | None = None
    """What would have been right."""
    reporting: Text | None = None
    """The note on whether it was said so; Markdown, may cite [^key]."""
    criterion: Text | None = None
    """What must happen for a prediction to have come true."""
    then: tuple[Text, ...] = ()
    """What could be known when it was said: the texts of the facts in their order; Markdown."""
    since: tuple[Text, ...] = ()
    """What happened afterwards: the texts of the facts in their order; Markdown."""
    reasoning: Text | None = None
    """Why this verdict and not its neighbour; Markdown, the same sources cited as [^key]."""
    would_change: Text | None = None
    """What evidence would change the verdict."""
    notes: dict[Id, Text] = Field(default_factory=dict)
    """By the key of the source: what it says that matters here."""
    related: tuple[Text, ...] = ()
    """Why each related claim bears on this one, in their order."""
    corrections: tuple[Text, ...] = ()
    """The notes of the corrections in their order; Markdown."""
    withdrawn: Text | None = None
    """Why it was withdrawn."""


def originals(card: Claim) -> dict[Path, str]:
    """Return the texts of a claim that are translated, by their place in its translation."""
    single = {
        **{name: getattr(card, name) for name in _SINGLE},
        "reporting": card.reporting and card.reporting.note,
        "criterion": card.prediction and card.prediction.criterion,
        "withdrawn": card.withdrawn and card.withdrawn.reason,
    }
    several: Mapping[str, list[str]] = {
        "then": [fact.text for fact in (card.then.facts if card.then else ())],
        "since": [fact.text for fact in card.since],
        "related": [relation.why for relation in card.related],
        "corrections": [correction.note for correction in card.corrections],
    }
    return {
        **{(name,): text for name, text in single.items() if text},
        **{(name, at): text for name, texts in several.items() for at, text in enumerate(texts)},
        **{("notes", source.key): source.note for source in card.sources if source.note},
    }


def translated(translation: Translation) -> dict[Path, str]:
    """Return the texts of a translation by their place in it, all but those of its own."""
    return {path: text for path, text in translation.texts() if path[0] not in ("original", "by", "short")}


def seal(card: Claim) -> str:
    """Return the seal of a claim: it changes with its verdict and with every text that is translated."""
    texts = sorted(([*map(str, path), text] for path, text in originals(card).items()))
    said = json.dumps([card.verdict, texts], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
