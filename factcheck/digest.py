"""What readers will see change, told in Markdown for a pull request."""

from collections.abc import Iterator

from .changes import Change, changes, published, silent_changes
from .claim import Claim
from .library import Entry, Library


def tell(before: Library, after: Library) -> str:
    """Return the changes between two libraries as a Markdown text, verdicts first."""
    known = changes(before, after)
    taken = {change.after.id for change in known if change.after}
    fresh = [entry for name, entry in published(after).items() if name not in taken]
    sections = [
        ("Verdicts", list(_verdicts(known, before, after))),
        ("New claims", [_line(entry, _label(entry, after)) for entry in fresh]),
        ("Withdrawn or gone", list(_gone(known))),
        ("Moved", list(_moved(known))),
        ("Wording", list(_wording(known))),
        ("Sources", list(_sources(known))),
        ("Corrections still owed", [f"- {f.file}: {f.message}" for f in silent_changes(before, after)]),
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


def _gone(known: list[Change]) -> Iterator[str]:
    for change in known:
        if change.after is None:
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
        for field in ("claim", "quote", "summary"):
            old, new = getattr(change.before.card, field), getattr(change.after.card, field)
            if old != new:
                yield f"- `{change.after.id}`, {field}: “{_plain(old)}” → “{_plain(new)}”"


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
