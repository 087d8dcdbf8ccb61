"""Rules of reference: whatever a card names exists, and every name belongs to one thing."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from . import addresses
from .claim import Claim
from .content import Verdict
from .faults import suggestion
from .library import Entry, Library
from .problems import Finding, Path

CITATION = re.compile(r"(?<!\\)\[\^([^\]\s]+)\]")

# The lists that the site makes of itself.
LISTS = (
    "documents/", "speakers/", "topics/", "timelines/", "sources/", "predictions/",
    "contradictions/", "corrections/", "scale/", "verdicts/", "claims/", "search/", "figures/", "data/",
    "feeds/",
)  # fmt: skip

# Folders in which the site keeps files that are no pages.
FOLDERS = ("api/", "assets/", "offline/")

Named = tuple[Path, str, str]


def names_exist(library: Library) -> Iterator[Finding]:
    """Every speaker, verdict, topic, claim and event that a claim or its document names exists."""
    listed = _listed(library)
    for document in library.documents.values():
        author = [(("author",), "speaker", document.card.author)]
        yield from _dangling(library, listed, document.file, author)
    for entry in library.claims.values():
        yield from _dangling(library, listed, entry.file, _named(entry.card), entry.card.kind)
        if f"document:{entry.id.split('/')[0]}" not in library.known:
            mend = "Write a document.yaml beside this card."
            yield Finding(entry.file, (), "dangling", "its folder has no document", mend)


def other_names_exist(library: Library) -> Iterator[Finding]:
    """The same of what the ratings and the timelines name."""
    ratings, listed = library.ratings.ratings if library.ratings else (), _listed(library)
    named: list[Named] = [
        (("ratings", at, "verdict"), "verdict", one.verdict) for at, one in enumerate(ratings) if one.verdict
    ]
    yield from _dangling(library, listed, "content/ratings.yaml", named)
    for timeline in library.timelines.values():
        named = [(("documents", at), "document", name) for at, name in enumerate(timeline.card.documents)]
        yield from _dangling(library, listed, timeline.file, named)


def _dangling(
    library: Library,
    listed: Mapping[str, Sequence[str]],
    file: str,
    names: Iterable[Named],
    of: str | None = None,
) -> Iterator[Finding]:
    """Yield the names in a file that lead nowhere; `of` is the kind of claim that it holds."""
    for path, kind, name in names:
        if f"{kind}:{name}" in library.known or name in listed.get(kind, ()):
            continue
        known = _known_names(library.known)
        if kind == "event" and any(line not in library.timelines for line in known.get("timeline", ())):
            continue
        there = listed[kind] if kind in listed else known.get(kind, ())
        mend = _known(kind, name, [other for other in there if file != f"content/documents/{other}.yaml"])
        if kind == "claim" and name in library.former:
            mend = f'It moved: write "{library.former[name]}".'
        if kind == "verdict":
            mend = _verdict_like(name, library.scale.verdicts, of)
        yield Finding(file, path, "dangling", f'there is no {kind} "{name}"', mend)


@lru_cache(maxsize=1)
def _known_names(known: frozenset[str]) -> Mapping[str, Sequence[str]]:
    """Return the names of all cards by their kind, in order."""
    found: dict[str, list[str]] = {}
    for kind, _, name in sorted(one.partition(":") for one in known):
        found.setdefault(kind, []).append(name)
    return found


def _listed(library: Library) -> Mapping[str, Sequence[str]]:
    """Return the names of what has no card of its own, by its kind."""
    events = dict.fromkeys(event.id for line in library.timelines.values() for event in line.card.events)
    return {"verdict": sorted(library.verdicts), "topic": sorted(library.topics), "event": [*events]}


def _named(card: Claim) -> Iterator[Named]:
    singles = (
        ("speaker", "speaker", card.speaker), ("quoted", "speaker", card.quoted),
        ("verdict", "verdict", card.verdict), ("settled_by", "event", card.settled_by),
    )  # fmt: skip
    yield from (((field,), kind, name) for field, kind, name in singles if name)
    for place, correction in enumerate(card.corrections):
        ends = (("from", correction.from_), ("to", correction.to))
        yield from ((("corrections", place, end), "verdict", name) for end, name in ends if name)
    yield from ((("topics", place), "topic", name) for place, name in enumerate(card.topics))
    for place, relation in enumerate(card.related):
        for field, name in relation.targets.items():
            yield ("related", place, field), "claim", name


def _known(kind: str, name: str, known: list[str]) -> str:
    """Return a mend for a name that leads nowhere: what it may have meant, or what there is."""
    if not known:
        return f"There is no {kind} at all yet; write its card first."
    likely = claim_like(name, known) if kind == "claim" else suggestion(name, known)
    if likely or len(known) > 12:
        return likely or "Mend the name, or write that card first."
    new = f" A new one begins with a file content/speakers/{name}.yaml." if kind == "speaker" else ""
    return f"Known: {', '.join(known)}.{new}"


def _verdict_like(name: str, scale: Iterable[Verdict], kind: str | None) -> str:
    """Suggest a verdict, and name all that fit such a claim: what looks alike may say the opposite."""
    of = {"quotation": "statement", "opinion": None}.get(kind or "opinion", kind)
    known = {verdict.id: verdict.label for verdict in scale if of in (None, verdict.of)}
    labels = {label.lower().replace(" ", "-"): verdict for verdict, label in known.items()}
    return f"{suggestion(labels.get(name, name), known)} Known: {', '.join(known)}.".strip()


def claim_like(name: str, known: list[str]) -> str:
    """Suggest a claim of the same document; of all only where there is no such document."""
    document, _, card = name.partition("/")
    cards = [other.partition("/")[2] for other in known if other.startswith(f"{document}/")]
    if not cards:
        return suggestion(name, known)
    return suggestion(card, cards).replace('"', f'"{document}/', 1)


def keys_are_single(library: Library) -> Iterator[Finding]:
    """No two sources of a card share a key."""
    for entry in library.claims.values():
        yield from _twice(entry.file, "sources", "key", [source.key for source in entry.card.sources])


def names_are_single(library: Library) -> Iterator[Finding]:
    """No two verdicts, topics or events of a timeline share an id."""
    yield from _twice("content/verdicts.yaml", "verdicts", "id", [v.id for v in library.scale.verdicts])
    yield from _twice("content/topics.yaml", "topics", "id", [t.id for t in library.subjects.topics])
    for timeline in library.timelines.values():
        yield from _twice(timeline.file, "events", "id", [event.id for event in timeline.card.events])


def _twice(file: str, of: str, field: str, names: Sequence[str]) -> Iterator[Finding]:
    if len({*names}) == len(names):
        return
    for place, name in enumerate(names):
        if name in names[:place]:
            message = f'the {field} "{name}" is given twice'
            mend = "Give one of them another, or merge the two."
            yield Finding(file, (of, place, field), "duplicate", message, mend)


def events_are_single(library: Library) -> Iterator[Finding]:
    """No event of one timeline has the id of an event of another."""
    seen: dict[str, str] = {}
    for timeline in library.timelines.values():
        for place, event in enumerate(timeline.card.events):
            if seen.setdefault(event.id, timeline.file) != timeline.file:
                message = f'the event "{event.id}" stands already in {seen[event.id]}'
                mend = "Give one of them another id."
                yield Finding(timeline.file, ("events", place, "id"), "duplicate", message, mend)


def addresses_are_single(library: Library) -> Iterator[Finding]:
    """A former address belongs to one claim, and no page takes the address of a list."""
    taken: dict[str, str] = {}
    for entry in library.claims.values():
        for place, address in enumerate(entry.card.formerly):
            owner = address if address in library.claims else taken.setdefault(address, entry.id)
            if owner != entry.id or address == entry.id:
                message = f'the address "{address}" belongs to the claim "{owner}"'
                mend = "A former address leads to one claim, and no card stands there any more."
                yield Finding(entry.file, ("formerly", place), "duplicate", message, mend)
    for article in library.articles.values():
        if addresses.article(article.id) in (*LISTS, *FOLDERS):
            message = f'the address "{addresses.article(article.id)}" is taken by the site itself'
            yield Finding(article.file, (), "duplicate", message, "Rename the file.")


def numbers_name_pages(library: Library) -> Iterator[Finding]:
    """Nothing that a list shows is called by a number: so are the pages of a long list."""
    mend = "Give it a name that is more than a number."
    for kind in (library.speakers, library.documents, library.timelines):
        for entry in kind.values():
            if entry.id.isdigit():
                message = f'"{entry.id}" can be the name of a page of the list it stands in'
                yield Finding(entry.file, (), "duplicate", message, mend)
    for timeline in library.timelines.values():
        for place, event in enumerate(timeline.card.events):
            if event.id.isdigit():
                message = f'"{event.id}" can be the name of a page of this timeline'
                yield Finding(timeline.file, ("events", place, "id"), "duplicate", message, mend)
    for place, topic in enumerate(library.subjects.topics):
        if topic.id.isdigit():
            message = f'"{topic.id}" can be the name of a page of the list of topics'
            yield Finding("content/topics.yaml", ("topics", place, "id"), "duplicate", message, mend)


def menu_leads_somewhere(library: Library) -> Iterator[Finding]:
    """Every entry of the menu leads to a page of the site."""
    known = [name.split(":", 1) for name in sorted(library.known)]
    folders = {"timeline": "timelines/", "document": "documents/", "speaker": "speakers/", "pagehead": ""}
    pages = [*LISTS, *(f"{folders[kind]}{name}/" for kind, name in known if kind in folders)]
    pages += [addresses.topic(name) for name in library.topics]
    for place, item in enumerate(library.site.navigation):
        if item.to not in pages:
            mend = suggestion(item.to, pages) or 'Addresses look like "speakers/" or "method/".'
            message = f'there is no page "{item.to}"'
            yield Finding("content/site.yaml", ("navigation", place, "to"), "dangling", message, mend)


def citations_resolve(library: Library) -> Iterator[Finding]:
    """Every citation names a source of its card, and every source is cited."""
    for entry in library.claims.values():
        keys = list(dict.fromkeys(source.key for source in entry.card.sources))
        cited = set()
        for path, key in _citations(entry):
            cited.add(key)
            if key not in keys:
                mend = suggestion(key, keys) or f"This card has: {', '.join(keys) or 'no sources'}."
                message = f'"{key}" is cited, but it is no source of this card'
                words = f"[^{key}]" if path[-1] in ("note", "reasoning") else ""
                yield Finding(entry.file, path, "citation", message, mend, words=words)
        for place, key in enumerate(keys):
            if key not in cited:
                message = f'the source "{key}" is cited nowhere in this card'
                mend = f"Cite it as [^{key}] where it bears something out, or remove it."
                yield Finding(entry.file, ("sources", place, "key"), "uncited", message, mend)


def _citations(entry: Entry[Claim]) -> Iterator[tuple[Path, str]]:
    card = entry.card
    facts: Iterable[tuple[Path, tuple[str, ...]]] = [
        *((("then", "facts", at), f.sources) for at, f in enumerate(card.then.facts if card.then else ())),
        *((("since", at), fact.sources) for at, fact in enumerate(card.since)),
    ]
    for path, keys in facts:
        yield from (((*path, "sources", at), key) for at, key in enumerate(keys))
    for path, text in (
        (("reporting", "note"), card.reporting.note if card.reporting else ""),
        (("reasoning",), card.reasoning or ""),
    ):
        yield from ((path, key) for key in dict.fromkeys(CITATION.findall(text)))


OF_DOCUMENTS: tuple[Callable[[Library], Iterator[Finding]], ...] = (
    names_exist,
    keys_are_single,
    citations_resolve,
)

OF_ALL: tuple[Callable[[Library], Iterator[Finding]], ...] = (
    other_names_exist,
    names_are_single,
    events_are_single,
    addresses_are_single,
    numbers_name_pages,
    menu_leads_somewhere,
)
