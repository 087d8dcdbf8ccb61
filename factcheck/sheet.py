"""The sheet of one claim: what its page shows beside the words of its card."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from . import evidence, markup
from .catalogue import Catalogue, Related
from .claim import Fact, Source
from .content import TurningPoint
from .dates import PartialDate, span_in_words
from .markup import Citations
from .shown import Shown

_STANCES = {"supports": ("Supports", "st-for"), "refutes": ("Against", "st-con"),
            "context": ("Context", "st-ctx")}  # fmt: skip
_READ = {
    "text": "Text read in an archived copy",
    "part": "Part read in an archived copy",
    "address": "Address only: text not read here",
}
_CLASSES = {
    "correction": "Correction", "clarification": "Clarification", "update": "Update",
    "retraction": "Retraction", "typo": "Slip of the pen",
}  # fmt: skip


@dataclass(frozen=True)
class Span:
    """The thread of one claim between the day it was said and the day that settled it.

    `hit` is where the turning point falls between its ends, in hundredths; None outside.
    """

    left: tuple[str, str]
    right: tuple[str, str]
    hit: int | None
    one_day: bool


@dataclass(frozen=True)
class Evidence:
    """One source with its number on the page and the letters of its citations."""

    number: int
    source: Source
    stance: str
    mark: str
    read: str
    archive: str
    look_up: str
    letters: tuple[str, ...]


@dataclass(frozen=True)
class DatedFact:
    """One fact of Then or Since, its citations set."""

    date: PartialDate
    text: Markup


@dataclass(frozen=True)
class LogEntry:
    """One line of the history of a verdict; `corrects` unless it is the publication."""

    date: PartialDate
    text: Markup
    corrects: bool = True


@dataclass(frozen=True)
class Sheet:
    """All that a claim's page shows, in the order of the page."""

    claim: Shown
    span: Span | None
    reporting: Markup | None
    then: tuple[DatedFact, ...]
    since: tuple[DatedFact, ...]
    reasoning: Markup
    evidence: tuple[Evidence, ...]
    balance: str
    history: tuple[LogEntry, ...]
    related: Sequence[Related]
    before: Shown | None
    after: Shown | None


def sheet(catalogue: Catalogue, claim: Shown) -> Sheet:
    """Return the sheet of a claim."""
    card = claim.card
    citations = Citations([source.key for source in card.sources])
    reporting = markup.inline(card.reporting.note, citations) if card.reporting else None
    then = _facts(card.then.facts if card.then else (), citations)
    since = _facts(card.since, citations)
    reasoning = markup.block(card.reasoning or card.uncheckable or "", citations)
    siblings = catalogue.by_document[claim.document.id]
    return Sheet(
        claim=claim,
        span=_span(claim, catalogue.library.site.turning_point),
        reporting=reporting,
        then=then,
        since=since,
        reasoning=reasoning,
        evidence=tuple(_evidence(number, source, citations) for number, source in enumerate(card.sources, 1)),
        balance=balance(card.sources),
        history=history(catalogue, claim),
        related=catalogue.related[claim.id],
        before=siblings[claim.number - 2] if claim.number > 1 else None,
        after=siblings[claim.number] if claim.number < len(siblings) else None,
    )


def _facts(facts: Sequence[Fact], citations: Citations) -> tuple[DatedFact, ...]:
    return tuple(
        DatedFact(fact.date, markup.inline(fact.text, citations) + citations.links(fact.sources))
        for fact in facts
    )


def _evidence(number: int, source: Source, citations: Citations) -> Evidence:
    stance, mark = _STANCES[source.stance]
    return Evidence(
        number=number,
        source=source,
        stance=stance,
        mark=mark,
        read=f"Opened on {source.accessed.long}" if source.accessed else _READ.get(source.read or "", ""),
        archive=source.archived or "",
        look_up=look_up(source),
        letters=tuple(citations.uses[source.key]),
    )


def look_up(source: Source) -> str:
    """Return the address that asks the Wayback Machine for a copy near the source's date."""
    day = source.date.last.strftime("%Y%m%d") if source.date else "*"
    return f"https://web.archive.org/web/{day}/{source.url}"


def balance(sources: Sequence[Source]) -> str:
    """Return in words how much evidence there is: links, and the origins they come from."""
    links, origins = len(sources), len(evidence.origins(tuple(sources)))
    independent = "independent origin" + ("s" if origins != 1 else "")
    return f"{links} link{'s' if links != 1 else ''}, {origins} {independent}"


def _span(claim: Shown, turn: TurningPoint | None) -> Span | None:
    if not claim.event:
        return None
    said, settled = claim.said, claim.event.date
    if said.first.first <= settled.first <= said.last.last:
        return Span(("Said", claim.when), ("Settled", settled.short), None, True)
    if settled.last < said.first.first:
        ends = (settled.first, said.first.first)
        left, right = ("On record", f"since {settled.short}"), ("Said", claim.when)
    else:
        ends = (said.last.last, settled.first)
        later = span_in_words(*ends)
        left, right = ("Said", claim.when), ("Settled", f"{settled.short}, {later} later")
    return Span(left, right, _hit(ends, turn), False)


def _hit(ends: tuple[dt.date, dt.date], turn: TurningPoint | None) -> int | None:
    if turn is None or not ends[0] < turn.date.first < ends[1]:
        return None
    return round(100 * (turn.date.first - ends[0]).days / (ends[1] - ends[0]).days)


def history(catalogue: Catalogue, claim: Shown) -> tuple[LogEntry, ...]:
    """Return what became of the verdict since it was published, newest first."""
    card, verdicts = claim.card, catalogue.library.verdicts
    entries = []
    first = verdicts.get(card.verdict or "", claim.verdict)
    for correction in card.corrections:
        text = Markup("<b>{}.</b> ").format(_CLASSES[correction.class_])
        if correction.from_ and correction.to:
            before, after = verdicts[correction.from_], verdicts[correction.to]
            text += Markup("From <b>{}</b> to <b>{}</b>. ").format(before.label, after.label)
        entries.append(LogEntry(correction.date, text + markup.inline(correction.note)))
    changed = next((c.from_ for c in card.corrections if c.from_), None)
    if changed:
        first = verdicts[changed]
    if card.published:
        text = Markup("Published as <b>{}</b>.").format(first.label)
        entries.insert(0, LogEntry(card.published, text, corrects=False))
    if card.withdrawn:
        text = Markup("<b>Withdrawn.</b> {}").format(card.withdrawn.reason)
        entries.append(LogEntry(card.withdrawn.date, text))
    return tuple(reversed(entries))
