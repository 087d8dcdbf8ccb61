"""The library: all content, read from its folder and held as values."""

import re
from collections.abc import Mapping, Sequence
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
from .fields import ID, Record, unsettable
from .folder import read_folder
from .memory import Remembering
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


_FOLDERS: Mapping[str, type[Record]] = {"speakers": Speaker, "timelines": Timeline}
_SINGLES: Mapping[str, type[Record]] = {
    "site.yaml": Site, "verdicts.yaml": Scale, "topics.yaml": Topics,
}  # fmt: skip
_PLACES = (
    "site.yaml, verdicts.yaml, topics.yaml, ratings.yaml, speakers/<id>.yaml, timelines/<id>.yaml, "
    "documents/<id>/document.yaml, documents/<id>/<claim>.yaml, pages/<id>.md, "
    "translations/<language>/verdicts.yaml or translations/<language>/<document>/<claim>.yaml"
)


def read_library(root: Path, memory: Remembering | None = None) -> tuple[Library | None, list[Problem]]:
    """Return what stands in `root/content`, and every fault of every file in file order.

    The library is None where the site, its scale or its topics cannot be read. Cards that `memory`
    knows are not read again.
    """
    if not (root / "content").is_dir():
        message, mend = f"there is no content/ in {root}", "Is this the right folder?"
        return None, [Problem("content", 0, 0, "missing-file", message, mend)]
    files, problems = read_folder(root / "content")
    library, faults = parse_library(files, memory)
    return library, sorted(problems + faults)


def parse_library(
    files: Mapping[str, bytes], memory: Remembering | None = None
) -> tuple[Library | None, list[Problem]]:
    """Return what the files of a content folder write; `files` gives bytes by path below it."""
    found: dict[str, Record | Article | str] = {}
    problems: list[Problem] = []
    for folder, names in groupby(files, lambda name: name.rpartition("/")[0]):
        values, faults = _within({name: files[name] for name in names}, memory if folder else None)
        found |= values
        problems += faults
    for name in _SINGLES:
        if name not in files:
            mend = "Every site has one; the documentation shows a small example."
            problems.append(Problem(f"content/{name}", 0, 0, "missing-file", "this file is missing", mend))
    seals = {name: blake2b(raw, digest_size=16).digest() for name, raw in files.items()}
    return _library(found, seals), list(dict.fromkeys(problems))


def _within(
    files: Mapping[str, bytes], memory: Remembering | None
) -> tuple[dict[str, Record | Article | str], list[Problem]]:
    """Return what the files of one folder hold; cards that `memory` knows are not read."""
    known = remembered.recalled(memory, files, model_of) if memory is not None else {}
    read = {name: _read(f"content/{name}", name, raw) for name, raw in files.items() if name not in known}
    faults = [fault for _, told in read.values() for fault in told]
    cards_read = {name: value for name, (value, _) in read.items() if isinstance(value, Record)}
    if memory is not None and cards_read and not known and not faults:
        remembered.keep(memory, files, cards_read)
    held = {name: known[name] if name in known else read[name][0] for name in files}
    return {name: value for name, value in held.items() if value is not None}, faults


def model_of(name: str) -> type[Record] | None:
    """Return the model of the card at a path below `content/`, None where no card belongs."""
    match name.split("/"):
        case ["ratings.yaml"]:
            return Ratings
        case [single]:
            return _SINGLES.get(single)
        case ["documents", _, "document.yaml"]:
            return Document
        case ["documents", _, "proof.yaml"]:
            return Proof
        case ["documents", _, card] if card.endswith(".yaml"):
            return Claim
        case ["translations", _, "verdicts.yaml"]:
            return ScaleWords
        case ["translations", _, _, card] if card.endswith(".yaml"):
            return Translation
        case ["pages", page] if page.endswith(".md"):
            return PageHead
        case [folder, card] if card.endswith(".yaml"):
            return _FOLDERS.get(folder)
        case _:
            return None


Found = tuple[Record | Article | str | None, list[Problem]]
_held: dict[str, tuple[bytes, Found]] = {}  # by file, what its bytes came to when it was read last


def _read(file: str, name: str, raw: bytes) -> Found:
    """Return what a file holds. A preview asks for all but one of them as they were, again and again."""
    digest = blake2b(raw, digest_size=32).digest()
    if name not in _held or _held[name][0] != digest:
        _held[name] = digest, _parsed(file, name, raw)
    return _held[name][1]


def _parsed(file: str, name: str, raw: bytes) -> Found:
    model = model_of(name)
    if name.startswith("documents/") and name.endswith("/text.txt"):
        return _text(file, raw)
    if model is None:
        mend = _renamed(name) or f"Files of content are: {_PLACES}."
        return None, [Problem(file, 0, 0, "stray-file", "this file has no place here", mend)]
    if misnamed := _misnamed(name):
        return None, [misnamed]
    if model is PageHead:
        return _article(file, name, raw)
    card, problems = cards.read(model, file, raw)
    if model is Proof:
        mend = 'Do not edit it: "build.py check --texts DIR --record" writes it anew.'
        problems = [replace(problem, mend=mend) for problem in problems]
    return card, problems


def _renamed(name: str) -> str:
    """Return a mend where a card lacks no more than the ending of its name."""
    right = re.sub(r"(\.(ya?ml|txt))*$", ".yaml", name, count=1, flags=re.IGNORECASE)
    named = right.rpartition("/")[2]
    return f"If it is a card, name it {named}." if model_of(right) and named.count(".") == 1 else ""


def _misnamed(name: str) -> Problem | None:
    """Return what is wrong with the first part of a path that cannot stand in an address."""
    parts = name.rpartition(".")[0].split("/")
    wrong = next((at for at, part in enumerate(parts) if not re.fullmatch(ID, part)), None)
    if wrong is None:
        return None
    folder = wrong < len(parts) - 1
    place = f"content/{'/'.join(parts[: wrong + 1]) if folder else name}"
    message = f"{'the name of this folder' if folder else 'this name'} cannot stand in the address of a page"
    mend = f"Use small letters, digits and hyphens, as in {'vg-leader' if folder else 'inf-scope.yaml'}."
    return Problem(place, 0, 0, "file-name", message, mend)


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
    site, scale, topics = (found.get(name) for name in _SINGLES)
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
        known=frozenset(_id(name, model_of(name)) for name in seals),
    )


def _entries(found: Mapping[str, object], model: type[R], seals: Mapping[str, bytes]) -> dict[str, Entry[R]]:
    entries = (
        Entry(_id(name, model).partition(":")[2], f"content/{name}", card, seals[name])
        for name, card in found.items()
        if isinstance(card, model)
    )
    return {entry.id: entry for entry in entries}


def _id(name: str, model: type[Record] | None) -> str:
    """Return `claim:vg-leader/inf-scope` for documents/vg-leader/inf-scope.yaml."""
    kind = model.__name__.lower() if model else "file"
    parts = name.removesuffix(".yaml").removesuffix(".md").split("/")
    if parts[0] == "documents" and parts[-1] == "text.txt":
        return f"text:{parts[1]}"
    if model in (Claim, Translation):
        return f"{kind}:{'/'.join(parts[1:])}"
    if model in (Document, Proof, ScaleWords):
        return f"{kind}:{parts[1]}"
    return f"{kind}:{parts[-1]}"
