"""No silent change: what was published stays, or its change is on the record.

A library is compared with an earlier one, in a pull request with that of its base.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from .claim import Claim, Correction
from .library import Entry, Library
from .problems import Finding
from .translation import Translation

# Which classes of correction may stand for which change.
_OF_VERDICT = ("correction", "update", "retraction")
_CLAIM = ("claim",)
_OF_WORDS = ("correction", "clarification", "typo")


@dataclass(frozen=True)
class Change:
    """A published claim before and after; `after` is None where it has disappeared."""

    before: Entry[Claim]
    after: Entry[Claim] | None

    @property
    def new_entries(self) -> tuple[Correction, ...]:
        """The corrections that were added."""
        after = self.after.card.corrections if self.after else ()
        return tuple(entry for entry in after if entry not in self.before.card.corrections)

    @property
    def verdict_changed(self) -> bool:
        """Whether the verdict is another."""
        return self.after is not None and self.after.card.verdict != self.before.card.verdict


def published(library: Library) -> dict[str, Entry[Claim]]:
    """Return the claims that readers have seen."""
    return {name: entry for name, entry in library.claims.items() if entry.card.status == "published"}


def changes(before: Library, after: Library) -> list[Change]:
    """Return every claim that was published, with what it is now, wherever it moved."""
    now = published(after)
    moved = {old: entry for entry in now.values() for old in entry.card.formerly}
    return [Change(entry, now.get(name) or moved.get(name)) for name, entry in published(before).items()]


def silent_changes(before: Library, after: Library) -> list[Finding]:
    """Return the changes of what was published that are not on the record."""
    found = list(_scale(before, after)) + list(_pages(before, after))
    for change in changes(before, after):
        if change.after is None:
            found += _disappeared(change, after)
        else:
            found += [*_changed(change), *_forgotten(change, change.after.file, after)]
    return found


def _disappeared(change: Change, after: Library) -> Iterator[Finding]:
    name = change.before.id
    drafts = (entry for entry in after.claims.values() if name in (entry.id, *entry.card.formerly))
    if draft := next(drafts, None):
        mend = 'Set "status: published" again, or add "withdrawn" with a date and a reason below it.'
        message = "this claim was published and is a draft now"
        yield Finding(draft.file, ("status",), "disappeared", message, mend)
    elif f"claim:{name}" not in after.known:
        mend = (
            'Bring it back and add "withdrawn" with a date and a reason below it, or name this address in '
            f'"formerly: [{", ".join((name, *change.before.card.formerly))}]" of the card that it became.'
        )
        message = f'the published claim "{name}" has disappeared; an address never dies'
        yield Finding(change.before.file, (), "disappeared", message, mend)


def _forgotten(change: Change, file: str, after: Library) -> Iterator[Finding]:
    """Tell of the former addresses that lead nowhere now, unless an unreadable card stands there."""
    kept = {name for entry in published(after).values() for name in (entry.id, *entry.card.formerly)}
    for name in change.before.card.formerly:
        unreadable = f"claim:{name}" in after.known and name not in after.claims
        if name not in kept and not unreadable:
            mend = f'Name it in "formerly" again: formerly: [{", ".join(change.before.card.formerly)}].'
            message = f'the published address "{name}" leads nowhere now; an address never dies'
            yield Finding(file, ("formerly",), "disappeared", message, mend, at_key=True)


def _changed(change: Change) -> Iterator[Finding]:
    assert change.after
    old, new, file = change.before.card, change.after.card, change.after.file
    if new.corrections[: len(old.corrections)] != old.corrections:
        mend = "Leave old entries as they are and add a new one, below them."
        message = "an entry that was published has been edited or removed"
        if all(entry in new.corrections for entry in old.corrections):
            message = "a new entry stands above one that was published"
        yield Finding(file, ("corrections",), "correction-edited", message, mend, at_key=True)
    was, now = (_verdict(card) for card in (old, new))
    if now and was != now and not _leads(change.new_entries, was, now):
        mend = (
            f'Add to "corrections": date, class ({", ".join(_OF_VERDICT)}), '
            f"from: {was}, to: {now}, and a note for readers."
        )
        message = f'the verdict was "{was}", and no new correction says so'
        yield Finding(file, ("verdict",), "silent-change", message, mend)
    for field, was, now in _words(old, new):
        if was != now and not _tells(change.new_entries, field, was):
            wording = " was (the claim as it read)," if field == _CLAIM else ""
            mend = f'Add an entry to "corrections": date, class ({", ".join(_OF_WORDS)}),{wording} note.'
            message = f'"{field[-1]}" was changed after publication, and no new correction says so'
            yield Finding(file, field, "silent-change", message, mend)
    if old.withdrawn and old.withdrawn != new.withdrawn and not change.new_entries:
        mend = 'Add an entry to "corrections" that says why.'
        message = "a withdrawal was changed or taken back, and no new correction says so"
        yield Finding(file, ("withdrawn",), "silent-change", message, mend)


def _words(old: Claim, new: Claim) -> list[tuple[tuple[str, ...], str | None, str | None]]:
    foretold = [(p.criterion, p.due) if (p := card.prediction) else (None, None) for card in (old, new)]
    return [
        (_CLAIM, old.claim, new.claim),
        (("quote",), old.quote, new.quote),
        (("prediction", "criterion"), foretold[0][0], foretold[1][0]),
        (("prediction", "due"), foretold[0][1], foretold[1][1]),
        (("published",), old.published, new.published),
    ]


def _tells(entries: tuple[Correction, ...], field: tuple[str, ...], was: str | None) -> bool:
    """Return whether a new entry tells of changed words; of those of the claim it gives the former."""
    fit = (entry for entry in entries if entry.class_ in _OF_WORDS)
    return any(field != _CLAIM or entry.was == was for entry in fit)


def _verdict(card: Claim) -> str | None:
    """Return what a correction calls the verdict; None where it is missing, which is told elsewhere."""
    return "opinion" if card.kind == "opinion" else card.verdict


def _leads(entries: tuple[Correction, ...], before: str | None, after: str | None) -> bool:
    """Return whether new entries of the right class lead from one verdict to the other."""
    steps = [entry for entry in entries if entry.class_ in _OF_VERDICT and entry.to]
    return bool(steps) and steps[0].from_ == before and steps[-1].to == after


def _scale(before: Library, after: Library) -> Iterator[Finding]:
    given = [entry.card.verdict for entry in published(before).values()]
    for place, verdict in enumerate(after.scale.verdicts):
        old = before.verdicts.get(verdict.id)
        count = given.count(verdict.id)
        if old and count and (old.label, old.value) != (verdict.label, verdict.value):
            message = f'"{old.label}" is published on {count} claims; here their rating changes'
            mend = "Give the new step an id of its own, and correct the claims one by one."
            path = ("verdicts", place, "label" if old.label != verdict.label else "value")
            yield Finding("content/verdicts.yaml", path, "silent-change", message, mend)


def _standing(before: Library, after: Library) -> Iterator[tuple[str, Entry[Translation]]]:
    """Yield the translations that readers have seen of claims that stand where they stood."""
    for name, entry in before.translations.items():
        claim = name.partition("/")[2]
        if claim in published(before) and claim in after.claims:
            yield name, entry


def _pages(before: Library, after: Library) -> Iterator[Finding]:
    files = {
        **{f"document:{name}": entry.file for name, entry in before.documents.items()},
        **{f"timeline:{name}": entry.file for name, entry in before.timelines.items()},
        **{f"speaker:{name}": entry.file for name, entry in before.speakers.items()},
        **{f"translation:{name}": entry.file for name, entry in _standing(before, after)},
        **{f"pagehead:{name}": article.file for name, article in before.articles.items()},
    }
    for name, file in files.items():
        if name not in after.known:
            message = "this page was published and has disappeared; an address never dies"
            yield Finding(file, (), "disappeared", message, "Bring the file back.")
