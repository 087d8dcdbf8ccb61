"""Rules: what must be true of the content beyond the shape of each card.

A rule is one function from the library to findings. To add one, write it where its like stands
(each card whole for its kind: here; references.py; evidence.py; proof.py; what only warns:
doubts.py) and name it in OF_DOCUMENTS, or in OF_ALL where it compares what stands in several documents.
The first are asked of each document by itself, with its claims, and only when something of it changed;
the others, when of any claim something changed that COMPARED names.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain

from . import counterparts, doubts, drafts, evidence, proof, references
from .claim import SHORT, Claim
from .inspection import compare, inspect
from .library import Entry, Library
from .memory import Remembering
from .problems import MOST_TOLD, Finding, untold
from .translation import Translation

_NEEDED = {
    "verdict": "Give a verdict, or make it an opinion.",
    "reasoning": "Say why this verdict and not its neighbour.",
    "would_change": "Say what evidence would change the verdict.",
}


def claims_are_short(library: Library) -> Iterator[Finding]:
    """A long claim is also said in short, in every language in which it stands."""
    entries: list[Entry[Claim] | Entry[Translation]]
    entries = [*library.claims.values(), *library.translations.values()]
    for entry in entries:
        card = entry.card
        if len(card.claim) > SHORT and not card.short:
            mend = f"Say the claim in at most {SHORT} characters, without the verdict."
            message = f'"short" is missing, and "claim" has {len(card.claim)} characters'
            yield Finding(entry.file, ("short",), "missing", message, mend, owed_to="claim")


def every_card_is_whole(library: Library) -> Iterator[Finding]:
    """A card says when it was published, and who read it besides."""
    for entry in library.claims.values():
        card = entry.card
        if card.published is None and card.status == "published":
            mend = 'Give the day of first publication, or write "status: draft".'
            yield Finding(entry.file, ("published",), "missing", '"published" is missing', mend)
        if card.reviewed_by and card.reviewed_by == card.by:
            message = f'"{card.by}" cannot review what they checked themselves'
            yield Finding(entry.file, ("reviewed_by",), "reviewer", message, "Name a second reader.")


def opinions_are_not_rated(library: Library) -> Iterator[Finding]:
    """An opinion has no verdict and says why nothing could settle it."""
    for entry in library.claims.values():
        if entry.card.kind != "opinion":
            continue
        if entry.card.verdict:
            mend = 'Remove "verdict", or give another "kind".'
            yield Finding(entry.file, ("verdict",), "opinion", "an opinion is never rated", mend)
        if not entry.card.uncheckable:
            mend = "Say why nothing could settle this opinion."
            message = 'an opinion needs "uncheckable"'
            yield Finding(entry.file, ("uncheckable",), "missing", message, mend, owed_to="kind")


def rated_claims_are_whole(library: Library) -> Iterator[Finding]:
    """A rated claim has a verdict of its scale, its reasoning, and what would change it."""
    for entry in _rated(library):
        card, file = entry.card, entry.file
        for field, mend in _NEEDED.items():
            if not getattr(card, field):
                message = f'a {card.kind} needs "{field}"'
                yield Finding(file, (field,), "missing", message, mend, owed_to="kind")
        verdict = library.verdicts.get(card.verdict or "")
        subject = "prediction" if card.kind == "prediction" else "statement"
        if verdict and verdict.of != subject:
            fitting = ", ".join(v.id for v in library.verdicts.values() if v.of == subject)
            message = f'"{verdict.id}" is a verdict on a {verdict.of}; this is a {card.kind}'
            yield Finding(file, ("verdict",), "scale", message, f"Choose one of: {fitting}.")
        if verdict and verdict.says == "wrong" and not card.correct:
            mend = "Say what would have been right."
            message = f'"correct" is missing, and the verdict is "{verdict.label}"'
            yield Finding(file, ("correct",), "missing", message, mend, owed_to="verdict")


def predictions_are_whole(library: Library) -> Iterator[Finding]:
    """A prediction has a criterion and is judged by the record of its day; an open one is open."""
    for entry in _rated(library):
        card, file = entry.card, entry.file
        if card.kind != "prediction":
            continue
        if not card.prediction:
            mend = "Give the criterion by which it is judged."
            message = 'a prediction needs "prediction"'
            yield Finding(file, ("prediction",), "missing", message, mend, owed_to="kind")
        if not (card.then and card.then.judgement):
            mend = "Judge it by that day's record: well-founded, arguable or unfounded."
            message = 'a prediction needs "then" with a "judgement"'
            yield Finding(file, ("then", "judgement"), "missing", message, mend, owed_to="kind")
        verdict = library.verdicts.get(card.verdict or "")
        if verdict and verdict.value is None and card.settled_by:
            mend = 'Remove "settled_by", or give another verdict.'
            message = f'it is settled, and the verdict is "{verdict.label}"'
            yield Finding(file, ("settled_by",), "open", message, mend)


def relations_are_single(library: Library) -> Iterator[Finding]:
    """A relation says one thing of one other claim."""
    for entry in library.claims.values():
        for place, relation in enumerate(entry.card.related):
            path = ("related", place)
            if len(relation.targets) != 1:
                mend = "Write one of contradicts, repeats, narrows, depends_on, supports in each entry."
                message = f"a relation names one claim; this one names {len(relation.targets) or 'none'}"
                yield Finding(entry.file, path, "relation", message, mend)
            elif entry.id in relation.targets.values():
                message = "a claim is not related to itself"
                yield Finding(entry.file, path, "relation", message, "Remove the entry.")


def scale_is_sound(library: Library) -> Iterator[Finding]:
    """On each scale a label has one number and a number one label (Google, ClaimReview).

    Opinions have one entry of their own, which pages show in place of a verdict.
    """
    seen: dict[tuple[str, object], str] = {}
    for place, verdict in enumerate(library.scale.verdicts):
        for field, value in (("label", verdict.label), ("value", verdict.value)):
            key = (verdict.of, value)
            if value is not None and key in seen:
                message = f'"{verdict.id}" has the same {field} as "{seen[key]}"'
                mend = "On one scale each label has one number, and each number one label."
                yield Finding("content/verdicts.yaml", ("verdicts", place, field), "scale", message, mend)
            seen[key] = verdict.id
    if not any(verdict.of == "opinion" for verdict in library.scale.verdicts):
        mend = 'Add one with "of: opinion": what readers see where an opinion stands.'
        message = "the scale has no entry for opinions"
        yield Finding("content/verdicts.yaml", ("verdicts",), "scale", message, mend, at_key=True)


def _rated(library: Library) -> Iterator[Entry[Claim]]:
    return (entry for entry in library.claims.values() if entry.card.kind != "opinion")


OF_DOCUMENTS: tuple[Callable[[Library], Iterator[Finding]], ...] = (
    *references.OF_DOCUMENTS,
    claims_are_short,
    every_card_is_whole,
    opinions_are_not_rated,
    rated_claims_are_whole,
    predictions_are_whole,
    relations_are_single,
    drafts.nothing_is_owed,
    *evidence.OF_DOCUMENTS,
    *proof.OF_DOCUMENTS,
    *counterparts.OF_DOCUMENTS,
)

OF_ALL: tuple[Callable[[Library], Iterator[Finding]], ...] = (
    *references.OF_ALL,
    scale_is_sound,
    drafts.nothing_else_is_owed,
    *evidence.OF_ALL,
    *counterparts.OF_ALL,
)


# Fields of a claim at which rules look that compare documents.
COMPARED = frozenset((
    "claim", "formerly", "kind", "quoted", "related", "sources", "speaker", "status", "verdict", "withdrawn",
))  # fmt: skip

# What a draft may leave open until it is published: it owes its shape and its references only.
_LEFT_OPEN = (
    "missing", "evidence", "one-origin", "stance", "uncited", "unproven-quote", "quote-changed",
    "text-changed", "alike", "overdue",
)  # fmt: skip


def findings(library: Library, today: dt.date, memory: Remembering | None = None) -> list[Finding]:
    """Return what every rule finds in the library; `today` tells what is overdue.

    What `memory` holds of a document is not looked for again.
    """
    by = f"rules {today}".encode()
    of_documents = inspect(library, partial(_of_documents, today), by, memory)
    of_all = [*compare(library, partial(_of_all, today), by, COMPARED, memory)]  # meanwhile
    found = chain(of_documents, of_all)
    return _bounded(f for f in found if not (f.code in _LEFT_OPEN and f.file in library.begun))


def _of_documents(today: dt.date, library: Library) -> Iterator[Finding]:
    for rule in OF_DOCUMENTS:
        yield from rule(library)
    for doubt in doubts.OF_DOCUMENTS:
        yield from doubt(library, today)


def _of_all(today: dt.date, library: Library) -> Iterator[Finding]:
    for rule in OF_ALL:
        yield from rule(library)
    for doubt in doubts.OF_ALL:
        yield from doubt(library, today)


def _bounded(found: Iterable[Finding]) -> list[Finding]:
    """Return of each file the first findings, and how many more there are."""
    counts: Counter[str] = Counter()
    told = []
    for finding in found:
        counts[finding.file] += 1
        if counts[finding.file] <= MOST_TOLD:
            told.append(finding)
    for file, count in counts.items():
        if message := untold(count):
            told.append(Finding(file, (), "more", message, "Mend those that are told."))
    return told
