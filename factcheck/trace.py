"""Traces: what a page was made of, so that one whose parts are as they were is not made again.

A page depends on its own values, on what all pages share (templates, assets, code), and on what its
making asks of the catalogue. The first two have a digest beforehand. The last is noted as it is asked:
pages are handed a catalogue that notes every question. What a page asks cannot depend on more
than the answers, so if they all are as they were, so is the page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from hashlib import blake2b
from typing import Any, TypeVar, cast

from .catalogue import Catalogue
from .identity import Identity, Way, text
from .lazy import Anew
from .library import Entry, Library
from .naming import Names
from .shown import Shown

_BETWEEN, _ALL = "\t", "*"
_MISSING = object()
GATHERED = "each"  # what is asked for the lines of all claims, which come in portions

Line = Callable[[Catalogue, Shown], str]
Portion = Callable[[Line, Sequence[Shown]], Sequence[bytes]]
Derive = Callable[[str], str]
V = TypeVar("V")


class Watch:
    """Hands out a catalogue that notes what is asked of it, while it is told to.

    `portion` gives the lines of the claims of a document by what makes one, or recalls them; `derived`
    gives or recalls what is made of a text.
    """

    def __init__(self, catalogue: Catalogue, portion: Portion, derived: Callable[[Derive, str], str]) -> None:
        self.catalogue = cast(Catalogue, _Watched(catalogue, "", self))
        self._true, self._portion, self.derived = catalogue, portion, derived
        self._noted: dict[str, None] | None = None
        self._made: dict[object, tuple[object, list[str]]] = {}
        self._answers: dict[str, bytes] = {}
        self.latest: dict[str, list[Shown]] = {}  # by its document, the last of the catalogue first
        for claim in reversed(catalogue.claims):
            self.latest.setdefault(claim.document.id, []).append(claim)
        library = catalogue.library
        sealed: list[Entry[Any]] = [*library.claims.values(), *library.proofs.values()]
        self.digest = Identity(sealed, _WAYS).digest

    def noting(self, make: Callable[[], V]) -> tuple[V, list[str]]:
        """Return what `make` gives, and the questions that it asked."""
        noted: dict[str, None] = {}
        before, self._noted = self._noted, noted
        try:
            return make(), list(noted)
        finally:
            self._noted = before

    def each(self, make: Line) -> Iterator[bytes]:
        """Yield what `make` gives for each claim, as the catalogue does, by the portions of documents."""
        self.note(GATHERED)
        waiting: dict[str, list[bytes]] = {}
        for claim in self._true.claims:
            document = claim.document.id
            lines = waiting.get(document)
            if not lines:
                lines = waiting[document] = [*self._portion(make, self.latest[document])]
            yield lines.pop()

    def once(self, catalogue: Catalogue, make: Callable[[Catalogue], V]) -> V:
        """Return what `make` makes of a watched catalogue, made once; what that asked is noted each time."""
        key = self.digest(catalogue), make
        if key not in self._made:
            self._made[key] = self.noting(lambda: make(catalogue))
        value, asked = self._made[key]
        if self._noted is not None:
            self._noted.update(dict.fromkeys(asked))
        return cast(V, value)

    def note(self, question: str) -> None:
        """Note a question, where somebody wants to know."""
        if self._noted is not None:
            self._noted[question] = None

    def answers(self, questions: Sequence[str]) -> bytes:
        """Return a digest of the answers to some questions as they are now."""
        digest = blake2b(digest_size=16)
        for question in questions:
            if question not in self._answers:
                self._answers[question] = self.digest(_answer(self._true, question.split(_BETWEEN)))
            digest.update(self._answers[question])
        return digest.digest()


def _answer(thing: Any, question: Sequence[str]) -> object:
    """Return the answer to a question: attributes and keys one after the other, or what a method says."""
    steps = iter(question)
    for step in steps:
        if not _is_mapping(type(thing)):
            thing = getattr(thing, step, _MISSING)
        elif _is_anew(type(thing)) and thing.parts and step in thing:
            return thing.parts(step)
        else:
            thing = dict(thing) if step == _ALL else thing.get(step, _MISSING)
        if thing is _MISSING:
            return None
        if callable(thing):
            return thing(*steps)
    parted = _is_mapping(type(thing)) and thing and _stand_in(next(iter(thing.values())))
    return [*thing] if parted else thing


# To ask it of a type each time takes long.
_is_mapping: Callable[[type], bool] = cache(lambda kind: issubclass(kind, Mapping))
_is_anew: Callable[[type], bool] = cache(lambda kind: issubclass(kind, Anew))


def _stand_in(value: object) -> "type[_Watched] | None":
    """Return what stands for a value that is asked part by part; None where it is asked whole."""
    if isinstance(value, Mapping):
        return _WatchedMapping
    return _Watched if isinstance(value, Catalogue | Library) else None


class _Watched:
    """Stands for something and answers as it does; what is asked is noted."""

    def __init__(self, thing: Any, path: str, watch: Watch) -> None:
        self._thing, self._path, self._watch = thing, path, watch
        self._before = f"{path}{_BETWEEN}" if path else ""
        self._whole: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name in self._whole:
            self._watch.note(self._before + name)
            return self._whole[name]
        value = getattr(self._thing, name)
        given = self._given(self._before + name, value)
        (self._whole if given is value else self.__dict__)[name] = given  # others note what is asked of them
        return given

    def each(self, make: Line) -> Iterator[bytes]:
        """Yield what `make` gives for each claim, in UTF-8."""
        return self._watch.each(make)

    def derived(self, make: Derive, text: str) -> str:
        """Return what `make` makes of a text and of nothing else."""
        return self._watch.derived(make, text)

    def once(self, make: Callable[[Catalogue], V]) -> V:
        """Return what `make` makes of the catalogue, made once."""
        return self._watch.once(cast(Catalogue, self), make)

    def _given(self, question: str, value: Any) -> Any:
        """Return a value, which is noted; or what stands for it, and notes later what is asked of it."""
        if stand_in := _stand_in(value):
            return stand_in(value, question, self._watch)
        if callable(value):
            return partial(self._called, question, value)
        self._watch.note(question)
        return value

    def _called(self, question: str, method: Callable[..., Any], *asked: object) -> Any:
        whole = not all(isinstance(one, str) for one in asked)
        self._watch.note(f"{self._before}claims" if whole else _BETWEEN.join((question, *map(str, asked))))
        return method(*asked)


class _WatchedMapping(_Watched, Mapping[str, Any]):
    """The same of a mapping: what is asked is one of its keys, or all of it."""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)

    def __getitem__(self, key: str) -> Any:
        if key not in self._thing:
            self._watch.note(self._before + key)
            raise KeyError(key)
        return self._given(self._before + key, self._thing[key])

    def __contains__(self, key: object) -> bool:
        self._watch.note(f"{self._before}{key}")
        return key in self._thing

    def __iter__(self) -> Iterator[str]:
        self._watch.note(self._before + _ALL)
        return iter(self._thing)

    def __len__(self) -> int:
        self._watch.note(self._before + _ALL)
        return len(self._thing)

    def values(self) -> Any:
        """Return all values, which is one question."""
        return [value for _, value in self.items()]

    def items(self) -> Any:
        """Return all pairs, which is one question."""
        self._watch.note(self._before + _ALL)
        found = self._thing.items()
        if found and _stand_in(next(iter(found))[1]):
            return [(key, self._given(self._before + key, value)) for key, value in found]
        return found


_WAYS: Mapping[type, Way] = {
    _Watched: lambda value: b"w" + text(value._path),  # what is asked of it is noted then
    Names: lambda _: b"names;",  # they ask the catalogue, which notes it
}
