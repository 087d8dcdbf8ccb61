"""Rules of evidence: what a verdict must rest on, and what was known when."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import pairwise
from operator import attrgetter

from .claim import Claim, Source
from .dates import Period
from .library import Entry, Library
from .problems import Finding, Path
from .words import ENGLISH

# What describes a source, wherever it is cited; the rest of its fields belong to the citing card.
DESCRIPTION = ("title", "publisher", "date", "archived", "language", "kind", "derived_from", "read")
_described = attrgetter(*DESCRIPTION)


def period_of(entry: Entry[Claim], library: Library) -> Period | None:
    """Return when a claim was made: what its card says, else the date of its document."""
    document = library.documents.get(entry.id.split("/")[0])
    return entry.card.said or (document.card.date if document else None)


def days_of(entry: Entry[Claim], library: Library) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day on which a claim can have been made."""
    period = period_of(entry, library)
    return (period.first.first, period.last.last) if period else None


def then_is_without_hindsight(library: Library) -> Iterator[Finding]:
    """What was known then cites nothing that was published after the claim."""
    for entry in library.claims.values():
        said, then = period_of(entry, library), entry.card.then
        if not (said and then):
            continue
        end = said.last.last
        dates = {source.key: source.date for source in entry.card.sources}
        for place, fact in enumerate(then.facts):
            path: Path = ("then", "facts", place)
            later = fact.date.first > end
            move = 'Move the fact to "since".'
            if later:
                message = f"{ENGLISH.long(fact.date)} lies after the claim, which is of {ENGLISH.long(said)}"
                yield Finding(entry.file, (*path, "date"), "hindsight", message, move)
            for at, key in enumerate(fact.sources):
                date = dates.get(key)
                if date and date.first > end:
                    message = f'"{key}" was published on {ENGLISH.long(date)}, after the claim'
                    mend = move if later else "Cite a source published by then, or remove the fact."
                    yield Finding(entry.file, (*path, "sources", at), "hindsight", message, mend)
                elif date is None and key in dates:
                    message = f'"{key}" has no date, so nobody can tell that it was on record by then'
                    mend = "Give the source its date, or cite another."
                    yield Finding(entry.file, (*path, "sources", at), "hindsight", message, mend)


def since_is_after(library: Library) -> Iterator[Finding]:
    """What happened since is dated after the claim, and not after the check."""
    for entry in library.claims.values():
        days = days_of(entry, library)
        for place, fact in enumerate(entry.card.since):
            path = ("since", place, "date")
            if days and fact.date.last < days[0]:
                message = f"{ENGLISH.long(fact.date)} lies before the claim"
                yield Finding(entry.file, path, "order", message, 'Move the fact to "then".')
            if fact.date.first > entry.card.checked.last:
                message = f"{ENGLISH.long(fact.date)} lies after the check"
                mend = 'Set "checked" to the day up to which evidence was weighed.'
                yield Finding(entry.file, path, "order", message, mend)


def dates_follow(library: Library) -> Iterator[Finding]:
    """A claim is made, checked and corrected in that order."""
    for entry in library.claims.values():
        card, days = entry.card, days_of(entry, library)
        if days and card.checked.last < days[0]:
            message = "it was checked before it was said"
            yield Finding(entry.file, ("checked",), "order", message, "Mend the one date or the other.")
        for place in _too_early(card):
            path = ("corrections", place, "date")
            message = "corrections stand oldest first"
            mend = "Put the newest last, or mend its date."
            yield Finding(entry.file, path, "order", message, mend)
        for place, correction in enumerate(card.corrections):
            if card.published and correction.date.last < card.published.first:
                path = ("corrections", place, "date")
                message = "it was corrected before it was published"
                yield Finding(entry.file, path, "order", message, "Give the day on which readers were told.")


def _too_early(card: Claim) -> list[int]:
    """Return the places of the corrections that are older than the one above."""
    dates = [correction.date for correction in card.corrections]
    return [at for at, (above, date) in enumerate(pairwise(dates), 1) if date.last < above.first]


def evidence_suffices(library: Library) -> Iterator[Finding]:
    """A rated claim has two sources of two origins, unless the one is the primary text (AFP)."""
    for entry in library.claims.values():
        sources = entry.card.sources
        if entry.card.kind == "opinion" or entry.card.withdrawn or entry.card.status == "draft":
            continue
        primary = any(source.kind == "primary" for source in sources)
        if len(sources) < 2 and not primary:
            message = f"a rated claim needs two sources; this one has {len(sources) or 'none'}"
            mend = "Add one of another origin, or cite the primary text itself."
            at = ("sources",)
            yield Finding(entry.file, at, "evidence", message, mend, at_key=True, owed_to="verdict")
        elif len(sources) > 1 and len(origins(sources)) == 1:
            message = f"all sources come from {next(iter(origins(sources)))}"
            mend = "Add one of another origin."
            yield Finding(entry.file, ("sources",), "one-origin", message, mend, "warning", at_key=True)


def origins(sources: tuple[Source, ...]) -> set[str]:
    """Return whose knowledge the sources carry, each once: copies of a wire count as the wire."""
    return {origin_of(source, sources) for source in sources}


def origin_of(source: Source, sources: tuple[Source, ...]) -> str:
    """Return whose knowledge one of the sources of a card carries."""
    if not source.derived_from:
        return source.origin
    original = next((other for other in sources if other.key == source.derived_from), source)
    return original.origin


def stance_fits(library: Library) -> Iterator[Finding]:
    """A verdict that the claim held has a supporting source, the opposite a refuting one."""
    needed = {"right": "supports", "wrong": "refutes"}
    for entry in library.claims.values():
        verdict = library.verdicts.get(entry.card.verdict or "")
        stance = needed.get(verdict.says) if verdict and entry.card.kind != "opinion" else None
        if verdict and stance and stance not in {s.stance for s in entry.card.sources}:
            message = f'the verdict is "{verdict.label}", but no source {stance} the claim'
            mend = f'Mark the source that does with "stance: {stance}".'
            yield Finding(entry.file, ("verdict",), "stance", message, mend)


def sources_agree(library: Library) -> Iterator[Finding]:
    """The same address is the same source wherever it is described."""
    seen: dict[str, tuple[tuple[object, ...], str]] = {}
    for file, path, sources in _cited(library):
        for place, source in enumerate(sources):
            said = _described(source)
            first, first_file = seen.setdefault(source.url, (said, file))
            if said != first:
                for field, here, there in zip(DESCRIPTION, said, first, strict=True):
                    if here != there:
                        yield _otherwise(file, (*path, place), field, (here, there), first_file)


def _otherwise(file: str, path: Path, field: str, said: tuple[object, object], first_file: str) -> Finding:
    here, there = (f'"{value}"' if value else "left out" for value in said)
    message = f'"{field}" of this source is {here} here and {there} in {first_file}'
    mend = f"One address is one source: {_alike(field, *said)}."
    return Finding(file, (*path, field), "source", message, mend)


def _alike(field: str, here: object, there: object) -> str:
    """Return how a field of a source comes to say the same in two files."""
    if here and there:
        return "write in both what is right"
    if here:
        return "write it there too, or leave it out here"
    return f'write "{field}: {there}" here too, or leave it out there'


def _cited(library: Library) -> Iterator[tuple[str, Path, tuple[Source, ...]]]:
    """Yield the lists of sources, with the file and the place in which each stands."""
    for entry in library.claims.values():
        yield entry.file, ("sources",), entry.card.sources
    for timeline in library.timelines.values():
        for at, event in enumerate(timeline.card.events):
            yield timeline.file, ("events", at, "sources"), event.sources


def corrections_lead_here(library: Library) -> Iterator[Finding]:
    """The chain of corrections ends at the verdict that the card has now."""
    for entry in library.claims.values():
        if _too_early(entry.card):
            continue
        last: str | None = None
        for place, correction in enumerate(entry.card.corrections):
            path = ("corrections", place, "from")
            if last and correction.from_ and correction.from_ != last:
                message = (
                    f'this correction starts from "{correction.from_}", but the change before led to "{last}"'
                )
                yield Finding(entry.file, path, "corrections", message, f'Write "from: {last}".')
            last = correction.to or last
        verdict = "opinion" if entry.card.kind == "opinion" else entry.card.verdict
        if last and verdict in {*library.verdicts, "opinion"} and last != verdict:
            message = f'the last correction led to "{last}", not to "{verdict}"'
            mend = "Add the correction that led to this verdict."
            yield Finding(entry.file, ("verdict",), "corrections", message, mend, owed_to="kind")


def contradictions_hold(library: Library) -> Iterator[Finding]:
    """Of two claims that contradict each other not both held."""
    for entry in library.claims.values():
        for place, relation in enumerate(entry.card.related):
            other = library.claims.get(relation.contradicts or "")
            verdicts = [library.verdicts.get(e.card.verdict or "") for e in (entry, other) if e]
            if other and all(verdict and verdict.says == "right" for verdict in verdicts):
                path = ("related", place, "contradicts")
                message = f'it contradicts "{other.id}", and both are rated as having held'
                mend = "One of the verdicts is wrong, or they do not contradict."
                yield Finding(entry.file, path, "contradiction", message, mend)


OF_DOCUMENTS: tuple[Callable[[Library], Iterator[Finding]], ...] = (
    then_is_without_hindsight,
    since_is_after,
    dates_follow,
    evidence_suffices,
    stance_fits,
    corrections_lead_here,
)

OF_ALL: tuple[Callable[[Library], Iterator[Finding]], ...] = (
    sources_agree,
    contradictions_hold,
)
