"""The library: all content, read from its folder and held as values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from . import remembered, stamps
from .claim import Claim
from .content import (
    Article,
    Document,
    Proof,
    Scale,
    Site,
    Speaker,
    Timeline,
    Topic,
    Topics,
    Verdict,
)  # fmt: skip
from .earlier import NOTHING, Earlier
from .fields import Record
from .folder import Folder, folders, in_folders, parted
from .memory import FORGETTING, Remembering, key_of
from .places import SINGLES, id_of, model_of
from .problems import Problem
from .ratings import Ratings
from .remembered import Held
from .spread import spread
from .translation import ScaleWords, Translation

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_FEW = 20  # folders that are not worth a second process


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """One card with its id and the file it came from; `seal` is the digest of what that file held."""

    id: str
    file: str
    card: R
    seal: bytes = b""


@dataclass(frozen=True)
class Library:
    """The content of a site. Ids of claims are `document/claim`, of translations `nb/document/claim`.

    `known` names every card that has a file, also those that could not be read, so that one
    broken card does not make dangling references of all that name it. `former` gives by each id that a
    claim had the one that it has. `said` has by their folder a digest of the cards of claims, `others` one
    of all other files, `digest` is that of all files as `stamps` tells it.
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
    former: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, bytes] = field(default_factory=dict)
    others: bytes = b""
    digest: bytes = b""

    @cached_property
    def by_document(self) -> Mapping[str, Sequence[Entry[Claim]]]:
        """The claims of each folder of `documents/`, in the order of their ids."""
        found: dict[str, list[Entry[Claim]]] = {}
        for name, entry in self.claims.items():
            found.setdefault(name.split("/")[0], []).append(entry)
        return found

    @cached_property
    def begun(self) -> frozenset[str]:
        """The files of claims that are drafts."""
        return frozenset(entry.file for entry in self.claims.values() if entry.card.status == "draft")

    @cached_property
    def translated(self) -> Mapping[str, Mapping[str, Entry[Translation]]]:
        """The translations of claims by the folder in which those stand."""
        found: dict[str, dict[str, Entry[Translation]]] = {}
        for name, entry in self.translations.items():
            found.setdefault(name.split("/")[1], {})[name] = entry
        return found

    @property
    def folders(self) -> list[str]:
        """The folders of `documents/`, and those whose claims are translated."""
        return sorted({*self.documents, *self.by_document, *self.translated, *self.proofs, *self.texts})

    def only(self, document: str) -> "Library":
        """Return the same library with one document, its claims and their translations, and no others."""
        return replace(
            self,
            documents=_one(self.documents, document),
            claims={entry.id: entry for entry in self.by_document.get(document, ())},
            proofs=_one(self.proofs, document),
            texts=_one(self.texts, document),
            translations=self.translated.get(document, {}),
        )

    def mark(self, document: str) -> bytes:
        """Return a digest of all that such a library says."""
        return key_of(self._shared, document.encode(), self.said.get(document, b""))

    @cached_property
    def _shared(self) -> bytes:
        moved = repr(sorted(self.former.items()))
        return key_of(self.others, self.site.as_json().encode(), moved.encode())

    @cached_property
    def languages(self) -> list[str]:
        """The languages into which claims are translated."""
        return sorted({*self.scales, *(name.split("/")[0] for name in self.translations)})

    def at(self, address: str | None, repository: str | None) -> "Library":
        """Return the same library, published at another address or kept in another place."""
        if not (address or repository):
            return self
        given = {"address": address, "repository": repository}
        changed = self.site.model_copy(update={name: value for name, value in given.items() if value})
        return replace(self, site=changed)


def read_library(
    root: Path, memory: Remembering | None = None, earlier: Earlier = NOTHING
) -> tuple[Library | None, list[Problem]]:
    """Return what stands in `root/content`, and every fault of every file in file order.

    The library is None where the site, its scale or its topics cannot be read. Cards that `memory`
    knows, or that were read `earlier`, are not read again.
    """
    if not (root / "content").is_dir():
        message, mend = f"there is no content/ in {root}", "Is this the right folder?"
        return None, [Problem("content", 0, 0, "missing-file", message, mend)]
    return _read_library(folders(root / "content", earlier), memory, earlier)


def parse_library(
    files: Mapping[str, bytes], memory: Remembering | None = None
) -> tuple[Library | None, list[Problem]]:
    """Return what the files of a content folder write; `files` gives bytes by path below it."""
    return _read_library(in_folders(files), memory)


class _Part(NamedTuple):
    """What one folder of the content holds: its cards by their type and id, what else there is, and faults.

    `said` has a digest of its cards of claims, `others` is one of the names of all files, and of what those
    say that are no claims, `digest` that of all.
    """

    cards: Mapping[type[Record], Mapping[str, Entry[Any]]]
    singles: Mapping[str, Record]
    articles: Mapping[str, Article]
    texts: Mapping[str, str]
    known: frozenset[str]
    former: Mapping[str, str]
    said: Mapping[str, bytes]
    others: bytes
    digest: bytes
    faults: list[Problem]


def _read_library(
    folders: Iterable[Folder], memory: Remembering | None = None, earlier: Earlier = NOTHING
) -> tuple[Library | None, list[Problem]]:
    unreadable: list[Problem] = []
    parts = _parts(folders, unreadable, FORGETTING if memory is None else memory, earlier)
    problems = [*unreadable, *chain.from_iterable(part.faults for part in parts)]
    for name in SINGLES:
        if not any(id_of(name, model_of(name)) in part.known for part in parts):
            mend = "Every site has one; the documentation shows a small example."
            problems.append(Problem(f"content/{name}", 0, 0, "missing-file", "this file is missing", mend))
    return _library(parts), sorted(dict.fromkeys(problems))


def _parts(
    folders: Iterable[Folder], unreadable: list[Problem], memory: Remembering, earlier: Earlier
) -> Sequence[_Part]:
    """Return what each folder holds; many that nobody knows are read by other processes too.

    Of a folder that comes in pieces each piece is told by itself.
    """
    found: dict[int, _Part] = {}
    unread: dict[int, tuple[Folder, dict[str, bytes]]] = {}
    for at, folder in enumerate(folders):
        known = remembered.recalled(memory, folder)
        part = _part(known)
        if known and part.digest == stamps.recalled(folder, memory):
            found[at] = part
            continue
        files, wrong = parted(folder.read())
        unreadable += wrong
        if earlier is not NOTHING:
            found[at] = earlier.again(("cards", folder.name), files, partial(_part_again, files, earlier))
        elif known:
            found[at] = _part(remembered.renewed(memory, folder, files, known))
        else:
            unread[at] = folder, files
    for at, told in spread(lambda at: remembered.told(unread[at][1]), [*unread], little=_FEW):
        folder, files = unread.pop(at)
        found[at] = _part(remembered.read(files, remembered.held(told)))
        if told:
            remembered.keep(memory, folder, told)
            stamps.keep(folder, memory, found[at].digest)
    return [found[at] for at in sorted(found)]


def _part_again(files: Mapping[str, bytes], earlier: Earlier) -> _Part:
    """Return what a folder holds; cards that were read earlier are not read again."""
    parse = {("card", name): (raw, partial(remembered.parse, name, raw)) for name, raw in files.items()}
    return _part({name[1]: earlier.again(name, *of) for name, of in parse.items()})


def _part(files: Mapping[str, Held]) -> _Part:
    """Return what a folder holds whose files are read."""
    values = {name: held.value for name, held in files.items() if held.value is not None}
    found: dict[type[Record], dict[str, Entry[Any]]] = {}
    for name, (card, _, seal) in files.items():
        if isinstance(card, Record):
            kind = type(card)
            entry = Entry(id_of(name, kind).partition(":")[2], f"content/{name}", card, seal)
            found.setdefault(kind, {})[entry.id] = entry
    claims: Iterable[Entry[Claim]] = found.get(Claim, {}).values()
    own = {entry.file.removeprefix("content/"): entry.seal for entry in claims}
    others = (held.seal for name, held in files.items() if name not in own)
    return _Part(
        cards=found,
        singles={name: card for name, card in values.items() if isinstance(card, Record) and "/" not in name},
        articles={card.id: card for card in values.values() if isinstance(card, Article)},
        texts={name.split("/")[1]: card for name, card in values.items() if isinstance(card, str)},
        known=frozenset(id_of(name, model_of(name)) for name in files),
        former={old: entry.id for entry in claims for old in entry.card.formerly},
        said={name.split("/")[1]: key_of(*own.values()) for name in [*own][:1]},
        others=key_of("\n".join(files).encode("utf-8", "surrogateescape"), *others),
        digest=stamps.digest_of({name: held.seal for name, held in files.items()}),
        faults=[fault for held in files.values() for fault in held.faults],
    )


def _library(parts: Sequence[_Part]) -> Library | None:
    """Return what the folders of the content hold; None where the site itself could not be read."""
    singles = _merged(part.singles for part in parts)
    site, scale, topics = (singles.get(name) for name in SINGLES)
    ratings = singles.get("ratings.yaml")
    if not (isinstance(site, Site) and isinstance(scale, Scale) and isinstance(topics, Topics)):
        return None

    def entries(kind: type[R]) -> dict[str, Entry[R]]:
        return _merged(part.cards.get(kind, {}) for part in parts)

    return Library(
        site=site,
        scale=scale,
        subjects=topics,
        verdicts={verdict.id: verdict for verdict in scale.verdicts},
        topics={topic.id: topic for topic in topics.topics},
        speakers=entries(Speaker),
        documents=entries(Document),
        claims=entries(Claim),
        proofs=entries(Proof),
        timelines=entries(Timeline),
        articles=_merged(part.articles for part in parts),
        translations=entries(Translation),
        scales=entries(ScaleWords),
        ratings=ratings if isinstance(ratings, Ratings) else None,
        texts=_merged(part.texts for part in parts),
        known=frozenset().union(*(part.known for part in parts)),
        former=_merged(part.former for part in parts),
        said=_merged(part.said for part in parts),
        others=key_of(*(part.others for part in parts)),
        digest=stamps.of_all(part.digest for part in parts),
    )


def _merged(parts: Iterable[Mapping[str, T]]) -> dict[str, T]:
    return dict(chain.from_iterable(part.items() for part in parts))


def _one(entries: Mapping[str, T], name: str) -> dict[str, T]:
    return {name: entries[name]} if name in entries else {}
