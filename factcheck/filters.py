"""Style rules that depend on what a page holds: filters and highlights without a script.

Every filter rule only hides, so that document, speaker and verdict intersect by themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from .content import Verdict
from .shown import Shown


@dataclass(frozen=True)
class Choice:
    """One value of a filter: what the address keeps, what readers see, its mark."""

    value: str
    label: str
    glyph: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Choices:
    """The values that the claims of a timeline can be filtered by."""

    documents: tuple[Choice, ...]
    speakers: tuple[Choice, ...]
    steps: tuple[Choice, ...]


def choices(claims: Sequence[Shown], verdicts: Iterable[Verdict]) -> Choices:
    """Return the filters of a timeline: one choice for each value that occurs."""
    documents = {claim.document.id: claim.document.card.short for claim in claims}
    own = {claim.document.card.author for claim in claims}
    speakers = {claim.speaker.id: claim.speaker.card.name for claim in claims}
    ordered = sorted(speakers.items(), key=lambda item: (item[0] in own, item[1].split()[-1]))
    found = {claim.step for claim in claims}
    return Choices(
        tuple(Choice(*item) for item in documents.items()),
        tuple(Choice(*item) for item in ordered),
        tuple(step for step in steps(verdicts) if step.value in found),
    )


def steps(verdicts: Iterable[Verdict]) -> list[Choice]:
    """Return the steps of the scale from the top down, then what is off the axis, then opinions.

    A step is called by the short labels of its verdicts, as "Mixed, in part", and has the first's mark.
    """
    found: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        found.setdefault(verdict.step, []).append(verdict)
    return [
        Choice(step, ", ".join([first.short, *(other.short.lower() for other in others)]), first.glyph,
               f"v{first.value or 0}")
        for step in "543210o" if step in found
        for first, *others in [found[step]]
    ]  # fmt: skip


def timeline_rules(found: Choices) -> str:
    """Return the rules that hide what a timeline's filters leave out."""
    selectors = [
        f".tlform:has(#{group}-{choice.value}:checked) [data-{group}]:not([data-{group}={choice.value}])"
        for group, group_choices in (("d", found.documents), ("s", found.speakers))
        for choice in group_choices
    ]
    selectors += [
        f'.tlform:has(#v-{choice.value}:not(:checked)) [data-v="{choice.value}"]' for choice in found.steps
    ]
    return f"{','.join(selectors)}{{display:none}}" if selectors else ""


@cache
def citation_rules(sources: int) -> str:
    """Return the rule that lights a source while its citation is pointed at."""
    selectors = (f'main:has([href="#s{n}"]:is(:hover,:focus-visible)) #s{n}' for n in range(1, sources + 1))
    return f"{','.join(selectors)}{{background:var(--marker)}}" if sources else ""


def note_rules(most: int) -> str:
    """Return the rules by which a passage lights its margin note, and a note its passage."""
    if not most:
        return ""
    notes = ",".join(
        f".para:has(mark:nth-of-type({n}):hover) .note:nth-of-type({n})" for n in range(1, most + 1)
    )
    marks = ",".join(
        f".para:has(.note:nth-of-type({n}):hover) mark:nth-of-type({n})" for n in range(1, most + 1)
    )
    return (
        f".note:target,{notes}{{background:var(--marker);box-shadow:0 0 0 .4rem var(--marker)}}"
        f"{marks}{{background:var(--marker)}}"
    )
