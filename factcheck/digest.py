"""What readers will see change, told in Markdown for a pull request."""

from collections.abc import Iterator

from .changes import Change, changes, published, silent_changes
from .claim import Claim, Source
from .library import Entry, Library

_WORDING = ("claim", "short", "quote", "summary")
# What a section of its own tells, and what no reader sees.
_TOLD = ("verdict", "formerly", "sources", "imported", *_WORDING)


def tell(before: Library, after: Library) -> str:
    """Return the changes between two libraries as a Markdown text, verdicts first."""
    known = changes(before, after)
    taken = {change.after.id for change in known if change.after}
    fresh = [entry for name, entry in published(after).items() if name not in taken]
    sections = [
        ("Verdicts", list(_verdicts(known, before, after))),
        ("New claims", [_line(entry, _label(entry, after)) for entry in fresh]),
        ("Withdrawn or gone", list(_gone(known, after))),
        ("Moved", list(_moved(known))),
        ("Wording", list(_wording(known))),
        ("Sources", list(_sources(known))),
        ("Other text", list(_other(known))),
        (
            "Corrections still owed",
            [f"- {f.file}: {_plain(f.message)}" for f in silent_changes(before, after)],
        ),
    ]
    told = [f"### {title}\n\n" + "\n".join(lines) for title, lines in sections if lines]
    if not told:
        return "Readers will see no claim change.\n"
    return "## What readers will see change\n\n" + "\n\n".join(told) + "\n"


def _plain(text: str) -> str:
    """Return words as Markdown shows them: nothing in them is a mark."""
    flat = " ".join(text.split())
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|!" else c for c in flat)


def _label(entry: Entry[Claim], library: Library) -> str:
    verdict = library.verdicts.get(entry.card.verdict or "")
    return verdict.label if verdict else "Opinion, not rated"


def _line(entry: Entry[Claim], words: str) -> str:
    return f"- **{_plain(words)}**: {_plain(entry.card.short or entry.card.claim)} (`{entry.id}`)"


def _verdicts(known: list[Change], before: Library, after: Library) -> Iterator[str]:
    for change in known:
        if change.after and change.verdict_changed:
            words = f"{_label(change.before, before)} → {_label(change.after, after)}"
            note = " ".join(entry.note for entry in change.new_entries)
            yield _line(change.after, words) + (f". {_plain(note)}" if note else "")


def _gone(known: list[Change], after: Library) -> Iterator[str]:
    for change in known:
        name = change.before.id
        if change.after is None and name not in after.claims and f"claim:{name}" in after.known:
            yield _line(change.before, "Cannot be read: run check")
        elif change.after is None:
            yield _line(change.before, "Gone")
        elif change.after.card.withdrawn and not change.before.card.withdrawn:
            reason = change.after.card.withdrawn.reason
            yield _line(change.after, "Withdrawn") + f". {_plain(reason)}"


def _moved(known: list[Change]) -> Iterator[str]:
    for change in known:
        if change.after and change.after.id != change.before.id:
            yield _line(change.after, "Moved") + f", formerly `{change.before.id}`"


def _wording(known: list[Change]) -> Iterator[str]:
    for change in known:
        if change.after is None:
            continue
        for field in _WORDING:
            old, new = getattr(change.before.card, field), getattr(change.after.card, field)
            if old != new:
                was, now = (f"“{_plain(text)}”" if text else "none" for text in (old, new))
                yield f"- `{change.after.id}`, {field}: {was} → {now}"


def _sources(known: list[Change]) -> Iterator[str]:
    for change in known:
        if change.after is None:
            continue
        old = {source.url: source for source in change.before.card.sources}
        new = {source.url: source for source in change.after.card.sources}
        for words, here, there in (("gained", new, old), ("lost", old, new)):
            for url in here:
                if url not in there:
                    source = here[url]
                    title = f"{_plain(source.publisher)}, {_plain(source.title)}"
                    yield f"- `{change.after.id}` {words} {title}"


def _other(known: list[Change]) -> Iterator[str]:
    """Name the fields that changed and that no other section tells of."""
    for change in known:
        if change.after is None:
            continue
        old, new = change.before.card, change.after.card
        told = {*_TOLD, "withdrawn"} if new.withdrawn and not old.withdrawn else _TOLD
        names = (name for name in Claim.model_fields if name not in told)
        fields = [name for name in names if getattr(old, name) != getattr(new, name)]
        fields += _of_sources(old, new)
        if fields:
            yield f"- `{change.after.id}`: {', '.join(fields)}"


def _of_sources(old: Claim, new: Claim) -> Iterator[str]:
    """Name what is said otherwise of sources that were cited before."""
    cited = {source.url: source for source in old.sources}
    for source in new.sources:
        was = cited.get(source.url, source)
        yield from (
            f"{name} of the source {source.key}"
            for name in Source.model_fields
            if getattr(was, name) != getattr(source, name)
        )
