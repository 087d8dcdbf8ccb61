"""The sheet of one claim: what its page shows beside the words of its card."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from . import evidence, markup
from .catalogue import Catalogue, Related
from .claim import Fact, Source, Stance
from .content import TurningPoint, Verdict
from .dates import PartialDate
from .library import Library
from .markup import Citations
from .shown import Shown
from .words import N_, Words

_STANCES: Mapping[Stance, tuple[str, str]] = {
    "supports": (N_("Supports"), "st-for"), "refutes": (N_("Against"), "st-con"),
    "context": (N_("Context"), "st-ctx"),
}  # fmt: skip
_READ = {
    "text": N_("Text read in an archived copy"),
    "part": N_("Part read in an archived copy"),
    "address": N_("Address only: text not read here"),
}
CLASSES = {
    "correction": N_("Correction"), "clarification": N_("Clarification"), "update": N_("Update"),
    "retraction": N_("Retraction"), "typo": N_("Slip of the pen"),
}  # fmt: skip
_SOURCES = {
    "primary": N_("primary"), "official": N_("official"), "reporting": N_("reporting"),
    "data": N_("data"), "analysis": N_("analysis"),
}  # fmt: skip


class Span(NamedTuple):
    """The thread of one claim between the day it was said and the day that settled it.

    `hit` is where the turning point falls between its ends, in hundredths; None outside.
    """

    left: tuple[str, str]
    right: tuple[str, str]
    hit: int | None
    one_day: bool


class Evidence(NamedTuple):
    """One source with its number on the page and the letters of its citations."""

    number: int
    source: Source
    stance: str
    mark: str
    read: str
    archive: str
    look_up: str
    letters: tuple[str, ...]


class DatedFact(NamedTuple):
    """One fact of Then or Since, its citations set."""

    date: PartialDate
    text: Markup


class LogEntry(NamedTuple):
    """One line of the history of a verdict; `corrects` unless it is the publication."""

    date: PartialDate
    text: Markup
    corrects: bool = True


class Sheet(NamedTuple):
    """All that a claim's page shows, in the order of the page.

    `opened` tells whether any source was opened live.
    """

    claim: Shown
    steps: Sequence[Verdict]
    span: Span | None
    reporting: Markup | None
    then: tuple[DatedFact, ...]
    since: tuple[DatedFact, ...]
    reasoning: Markup
    evidence: tuple[Evidence, ...]
    balance: str
    sides: tuple[tuple[str, str, int], ...]
    opened: bool
    history: tuple[LogEntry, ...]
    related: Sequence[Related]
    before: Shown | None
    after: Shown | None


def sheet(catalogue: Catalogue, claim: Shown) -> Sheet:
    """Return the sheet of a claim."""
    card, words = claim.card, catalogue.words
    citations = Citations([source.key for source in card.sources], words)
    reporting = markup.inline(card.reporting.note, citations) if card.reporting else None
    then = _facts(card.then.facts if card.then else (), citations)
    since = _facts(card.since, citations)
    reasoning = markup.block(card.reasoning or card.uncheckable or "", citations)
    siblings = catalogue.by_document[claim.document.id]
    return Sheet(
        claim=claim,
        steps=steps(catalogue.library, claim.verdict) if claim.verdict.value else (),
        span=_span(claim, catalogue.library.site.turning_point, words),
        reporting=reporting,
        then=then,
        since=since,
        reasoning=reasoning,
        evidence=tuple(
            _evidence(number, source, citations, words) for number, source in enumerate(card.sources, 1)
        ),
        balance=balance(card.sources, words),
        sides=_sides(card.sources, words),
        opened=any(source.accessed for source in card.sources),
        history=history(catalogue, claim),
        related=catalogue.related[claim.id],
        before=siblings[claim.number - 2] if claim.number > 1 else None,
        after=siblings[claim.number] if claim.number < len(siblings) else None,
    )


def steps(library: Library, verdict: Verdict) -> list[Verdict]:
    """Return the verdicts of the axis on which a verdict lies, the least first."""
    found = [step for step in library.verdicts.values() if step.of == verdict.of and step.value]
    return sorted(found, key=lambda step: step.value or 0)


def _facts(facts: Sequence[Fact], citations: Citations) -> tuple[DatedFact, ...]:
    return tuple(
        DatedFact(fact.date, markup.inline(fact.text, citations) + citations.links(fact.sources))
        for fact in facts
    )


def _evidence(number: int, source: Source, citations: Citations, words: Words) -> Evidence:
    stance, mark = _STANCES[source.stance]
    read = words.gettext(_READ[source.read]) if source.read else ""
    if source.accessed:
        read = words.gettext("Opened on %(date)s", date=words.long(source.accessed))
    return Evidence(
        number=number,
        source=source,
        stance=words.gettext(stance),
        mark=mark,
        read=read,
        archive=source.archived or "",
        look_up=look_up(source),
        letters=tuple(citations.uses[source.key]),
    )


def look_up(source: Source) -> str:
    """Return the address that asks the Wayback Machine for a copy near the source's date."""
    day = source.date.last.isoformat().replace("-", "") if source.date else "*"
    return f"https://web.archive.org/web/{day}/{source.url}"


def kind_of(source: Source, words: Words) -> str:
    """Return in words what kind of source it is."""
    return words.gettext(_SOURCES[source.kind])


def balance(sources: Sequence[Source], words: Words) -> str:
    """Return in words how much evidence there is."""
    return amount(len(sources), len(evidence.origins(tuple(sources))), words)


def amount(links: int, origins: int, words: Words) -> str:
    """Return in words a number of links, and of the origins they come from."""
    return words.gettext(
        "%(links)s, %(origins)s",
        links=words.ngettext("%(num)s link", "%(num)s links", links),
        origins=words.ngettext("%(num)s independent origin", "%(num)s independent origins", origins),
    )


def _sides(sources: Sequence[Source], words: Words) -> tuple[tuple[str, str, int], ...]:
    """Return how many sources there are for a claim, against it and on neither side: word, mark, count."""
    count = Counter(source.stance for source in sources)
    return tuple((words.gettext(word), mark, count[stance]) for stance, (word, mark) in _STANCES.items())


def _span(claim: Shown, turn: TurningPoint | None, words: Words) -> Span | None:
    if not claim.event:
        return None
    said, settled = claim.said, claim.event.date
    at_saying = words.gettext("Said"), claim.when
    at_settling, day = words.gettext("Settled"), words.short(settled)
    if said.first.first <= settled.first <= said.last.last:
        return Span(at_saying, (at_settling, day), None, True)
    if settled.last < said.first.first:
        ends = (settled.first, said.first.first)
        left, right = (words.gettext("On record"), words.gettext("since %(date)s", date=day)), at_saying
    else:
        ends = (said.last.last, settled.first)
        later = words.gettext("%(date)s, %(span)s later", date=day, span=words.span(*ends))
        left, right = at_saying, (at_settling, later)
    return Span(left, right, _hit(ends, turn), False)


def _hit(ends: tuple[dt.date, dt.date], turn: TurningPoint | None) -> int | None:
    if turn is None or not ends[0] < turn.date.first < ends[1]:
        return None
    return round(100 * (turn.date.first - ends[0]).days / (ends[1] - ends[0]).days)


def corrected(catalogue: Catalogue) -> Iterator[tuple[Shown, list[LogEntry]]]:
    """Yield each claim that was corrected or withdrawn with what was, oldest first."""
    for claim in catalogue.claims:
        if claim.card.corrections or claim.card.withdrawn:
            yield claim, [entry for entry in reversed(history(catalogue, claim)) if entry.corrects]


def history(catalogue: Catalogue, claim: Shown) -> tuple[LogEntry, ...]:
    """Return what became of the verdict since it was published, newest first."""
    card, verdicts = claim.card, catalogue.library.verdicts
    gettext = catalogue.words.gettext
    entries = []
    for correction in card.corrections:
        text = Markup("<b>{}.</b> ").format(gettext(CLASSES[correction.class_]))
        if correction.from_ and correction.to:
            before, after = verdicts[correction.from_], verdicts[correction.to]
            labels = {"before": escape(before.label), "after": escape(after.label)}
            text += Markup(gettext("From <b>%(before)s</b> to <b>%(after)s</b>.", **labels)) + " "
        text += markup.inline(correction.note)
        if correction.was:
            quoted = escape(catalogue.words.quoted(correction.was))
            text += Markup(" ") + Markup(gettext("The claim read: %(claim)s", claim=quoted))
        entries.append(LogEntry(correction.date, text))
    if card.published:
        first = first_verdict(catalogue, claim)
        text = Markup(gettext("Published as <b>%(verdict)s</b>.", verdict=escape(first.label)))
        entries.insert(0, LogEntry(card.published, text, corrects=False))
    if card.withdrawn:
        text = Markup("<b>{}.</b> {}").format(gettext("Withdrawn"), card.withdrawn.reason)
        entries.append(LogEntry(card.withdrawn.date, text))
    return tuple(reversed(entries))


def first_verdict(catalogue: Catalogue, claim: Shown) -> Verdict:
    """Return the verdict with which a claim was published."""
    card, verdicts = claim.card, catalogue.library.verdicts
    changed = next((entry.from_ for entry in card.corrections if entry.from_), None)
    return verdicts.get(changed or card.verdict or "", claim.verdict)
