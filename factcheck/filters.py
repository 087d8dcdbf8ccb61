"""Style rules that depend on what a page holds: filters and highlights without a script.

Every filter rule only hides, so that document, speaker and verdict intersect by themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .shown import Shown
from .words import N_, Words


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


_STEPS = {
    "5": (N_("True, came true"), "f5", "v5"), "4": (N_("Mostly true, largely"), "f4", "v4"),
    "3": (N_("Mixed, in part"), "f3", "v3"), "2": (N_("Mostly false, hardly"), "f2", "v2"),
    "1": (N_("False, did not"), "f1", "v1"), "0": (N_("Unproven, open"), "f0", "v0"),
    "o": (N_("Opinion"), "o", "v0"),
}  # fmt: skip


def choices(claims: Sequence[Shown], words: Words) -> Choices:
    """Return the filters of a timeline: one choice for each value that occurs."""
    documents = {claim.document.id: claim.document.card.short for claim in claims}
    own = {claim.document.card.author for claim in claims}
    speakers = {claim.speaker.id: claim.speaker.card.name for claim in claims}
    ordered = sorted(speakers.items(), key=lambda item: (item[0] in own, item[1].split()[-1]))
    steps = {claim.step for claim in claims}
    return Choices(
        tuple(Choice(*item) for item in documents.items()),
        tuple(Choice(*item) for item in ordered),
        tuple(
            Choice(step, words.gettext(label), *mark)
            for step, (label, *mark) in _STEPS.items()
            if step in steps
        ),
    )


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
