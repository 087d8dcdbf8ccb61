"""The library: all content, read from its folder and held as values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Generic, TypeVar

from . import cards, remembered
from .claim import Claim
from .content import (
    Document,
    PageHead,
    Proof,
    Scale,
    Site,
    Speaker,
    Timeline,
    Topic,
    Topics,
    Verdict,
)  # fmt: skip
from .fields import Record, unsettable
from .folder import each
from .memory import Remembering
from .places import SINGLES, id_of, misplaced, model_of
from .problems import Problem
from .ratings import Ratings
from .translation import ScaleWords, Translation

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """One card with its id and the file it came from; `seal` is the digest of what that file held."""

    id: str
    file: str
    card: R
    seal: bytes = b""


@dataclass(frozen=True)
class Article:
    """A page of running text: its head and its Markdown."""

    id: str
    file: str
    card: PageHead
    text: str


@dataclass(frozen=True)
class Library:
    """The content of a site. Ids of claims are `document/claim`, of translations `nb/document/claim`.

    `known` names every card that has a file, also those that could not be read, so that one
    broken card does not make dangling references of all that name it.
    """

    site: Site
    scale: Scale
    subjects: Topics
    verdicts: Mapping[str, Verdict]
    topics: Mapping[str, Topic]
    speakers: Mapping[str, Entry[Speaker]]
    documents: Mapping[str, Entry[Document]]
    claims: Mapping[str, Entry[Claim]]
    proofs: Mapping[str, Entry[Proof]]
    timelines: Mapping[str, Entry[Timeline]]
    articles: Mapping[str, Article]
    texts: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Entry[Translation]] = field(default_factory=dict)
    scales: Mapping[str, Entry[ScaleWords]] = field(default_factory=dict)
    ratings: Ratings | None = None
    known: frozenset[str] = frozenset()

    @cached_property
    def by_document(self) -> Mapping[str, Sequence[Entry[Claim]]]:
        """The claims of each folder of `documents/`, in the order of their ids."""
        found: dict[str, list[Entry[Claim]]] = {}
        for name, entry in self.claims.items():
            found.setdefault(name.split("/")[0], []).append(entry)
        return found

    @cached_property
    def languages(self) -> list[str]:
        """The languages into which claims are translated."""
        return sorted({*self.scales, *(name.split("/")[0] for name in self.translations)})

    def at(self, address: str | None, repository: str | None) -> "Library":
        """Return the same library, published at another address or kept in another place."""
        given = {"address": address, "repository": repository}
        changed = self.site.model_copy(update={name: value for name, value in given.items() if value})
        return replace(self, site=changed)


def read_library(root: Path, memory: Remembering | None = None) -> tuple[Library | None, list[Problem]]:
    """Return what stands in `root/content`, and every fault of every file in file order.

    The library is None where the site, its scale or its topics cannot be read. Cards that `memory`
    knows are not read again.
    """
    if not (root / "content").is_dir():
        message, mend = f"there is no content/ in {root}", "Is this the right folder?"
        return None, [Problem("content", 0, 0, "missing-file", message, mend)]
    unreadable: list[Problem] = []
    library, faults = _read_library(_readable(root / "content", unreadable), memory)
    return library, sorted(unreadable + faults)


def _readable(folder: Path, unreadable: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a folder, one at a time: together they are large."""
    for name, found in each(folder):
        if isinstance(found, bytes):
            yield name, found
        else:
            unreadable.append(found)


def parse_library(
    files: Mapping[str, bytes], memory: Remembering | None = None
) -> tuple[Library | None, list[Problem]]:
    """Return what the files of a content folder write; `files` gives bytes by path below it."""
    return _read_library(files.items(), memory)


def _read_library(
    files: Iterable[tuple[str, bytes]], memory: Remembering | None
) -> tuple[Library | None, list[Problem]]:
    found: dict[str, Record | Article | str] = {}
    problems: list[Problem] = []
    seals: dict[str, bytes] = {}
    for folder, group in groupby(files, lambda file: file[0].rpartition("/")[0]):
        within = dict(group)
        values, faults = _within(within, memory if folder else None)
        found |= values
        problems += faults
        seals |= {name: blake2b(raw, digest_size=16).digest() for name, raw in within.items()}
    for name in SINGLES:
        if name not in seals:
            mend = "Every site has one; the documentation shows a small example."
            problems.append(Problem(f"content/{name}", 0, 0, "missing-file", "this file is missing", mend))
    return _library(found, seals), list(dict.fromkeys(problems))


def _within(
    files: Mapping[str, bytes], memory: Remembering | None
) -> tuple[dict[str, Record | Article | str], list[Problem]]:
    """Return what the files of one folder hold; cards that `memory` knows are not read."""
    known = remembered.recalled(memory, files) if memory is not None else {}
    read = {name: _read(f"content/{name}", name, raw) for name, raw in files.items() if name not in known}
    faults = [fault for _, told in read.values() for fault in told]
    cards_read = {name: value for name, (value, _) in read.items() if isinstance(value, Record)}
    if memory is not None and cards_read and not known and not faults:
        remembered.keep(memory, files, cards_read)
    held = {name: known[name] if name in known else read[name][0] for name in files}
    return {name: value for name, value in held.items() if value is not None}, faults


Found = tuple[Record | Article | str | None, list[Problem]]
_held: dict[str, tuple[bytes, Found]] = {}  # by file, what its bytes came to when it was read last


def _read(file: str, name: str, raw: bytes) -> Found:
    """Return what a file holds. A preview asks for all but one of them as they were, again and again."""
    digest = blake2b(raw, digest_size=32).digest()
    if name not in _held or _held[name][0] != digest:
        _held[name] = digest, _parsed(file, name, raw)
    return _held[name][1]


def _parsed(file: str, name: str, raw: bytes) -> Found:
    if name.startswith("documents/") and name.endswith("/text.txt"):
        return _text(file, raw)
    if wrong := misplaced(name):
        return None, [wrong]
    model = model_of(name)
    assert model
    if model is PageHead:
        return _article(file, name, raw)
    card, problems = cards.read(model, file, raw)
    if model is Proof:
        mend = 'Do not edit it: "build.py check --texts DIR --record" writes it anew.'
        problems = [replace(problem, mend=mend) for problem in problems]
    return card, problems


def _text(file: str, raw: bytes) -> tuple[str | None, list[Problem]]:
    _, garbled = cards.decode(file, raw)
    return (None, garbled) if garbled else (raw.decode("utf-8"), [])


def _article(file: str, name: str, raw: bytes) -> tuple[Article | None, list[Problem]]:
    raw = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    opening, separator, rest = raw.partition(b"\n---\n")
    if not raw.startswith(b"---\n") or not separator:
        mend = 'Begin it with a line "---", the fields title and description, and a line "---".'
        return None, [Problem(file, 1, 1, "front-matter", "the page has no head", mend)]
    head, problems = cards.read(PageHead, file, opening[3:])
    wrong = [] if head is None else cards.hidden(file, raw)
    if head is None or wrong:
        return None, problems + wrong
    text = rest.decode("utf-8")
    if why := unsettable(text):
        line = opening.count(b"\n") + 3
        return None, [Problem(file, line, 1, "length", f"the text {why}", "Shorten it, or make two of it.")]
    return Article(Path(name).stem, file, head, text), problems


def _library(found: Mapping[str, Record | Article | str], seals: Mapping[str, bytes]) -> Library | None:
    """Return what was found in files, all of which have a seal; None where the site itself was not."""
    site, scale, topics = (found.get(name) for name in SINGLES)
    ratings = found.get("ratings.yaml")
    if not (isinstance(site, Site) and isinstance(scale, Scale) and isinstance(topics, Topics)):
        return None
    return Library(
        site=site,
        scale=scale,
        subjects=topics,
        verdicts={verdict.id: verdict for verdict in scale.verdicts},
        topics={topic.id: topic for topic in topics.topics},
        speakers=_entries(found, Speaker, seals),
        documents=_entries(found, Document, seals),
        claims=_entries(found, Claim, seals),
        proofs=_entries(found, Proof, seals),
        timelines=_entries(found, Timeline, seals),
        articles={card.id: card for card in found.values() if isinstance(card, Article)},
        translations=_entries(found, Translation, seals),
        scales=_entries(found, ScaleWords, seals),
        ratings=ratings if isinstance(ratings, Ratings) else None,
        texts={name.split("/")[1]: card for name, card in found.items() if isinstance(card, str)},
        known=frozenset(id_of(name, model_of(name)) for name in seals),
    )


def _entries(found: Mapping[str, object], model: type[R], seals: Mapping[str, bytes]) -> dict[str, Entry[R]]:
    entries = (
        Entry(id_of(name, model).partition(":")[2], f"content/{name}", card, seals[name])
        for name, card in found.items()
        if isinstance(card, model)
    )
    return {entry.id: entry for entry in entries}
