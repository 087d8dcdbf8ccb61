"""Rolls: the record of each page that lists things."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from . import addresses
from .fields import Record
from .leaves import Leaf, leaves
from .naming import Names
from .page import Page
from .records import ListRecord, Named

Values = Mapping[str, Any]


def _list(names: Names, page: Page, leaf: Leaf[Any], items: Iterable[Mapping[str, Any]]) -> ListRecord:
    return ListRecord(**names.leafed(page, "list", leaf), items=tuple(map(dict, items)))


def _of(thing: Record, **more: object) -> dict[str, Any]:
    """Return a thing as an entry of a list, with what else the list tells of it."""
    return thing.model_dump(mode="json") | {name: value for name, value in more.items() if value is not None}


def _whole(page: Page, items: list[Any]) -> Leaf[Any]:
    """Return a list that stands on one page."""
    return leaves(page.address, items, max(1, len(items)))[0]


def _documents(names: Names, page: Page, values: Values) -> ListRecord:
    leaf, catalogue = values["leaf"], names.catalogue
    return _list(names, page, leaf, (
        _of(names.named(e.id, e.card.title, addresses.document(e.id)), publisher=e.card.publisher,
            date=e.card.date.first, claims=len(catalogue.by_document[e.id]))
        for e in leaf.items
    ))  # fmt: skip


def _speakers(names: Names, page: Page, values: Values) -> ListRecord:
    leaf, said, quoted = values["leaf"], values["said"], values["quoted"]
    return _list(names, page, leaf, (
        _of(names.named(e.id, e.card.name, addresses.speaker(e.id)), role=e.card.role,
            same_as=e.card.same_as, claims=len(said[e.id]), quoted=len(quoted[e.id]))
        for e in leaf.items
    ))  # fmt: skip


def _topics(names: Names, page: Page, values: Values) -> ListRecord:
    leaf, found = values["leaf"], values["found"]
    return _list(names, page, leaf, (
        _of(names.named(t.id, t.label, addresses.topic(t.id)), line=t.line, claims=len(found[t.id]))
        for t in leaf.items
    ))  # fmt: skip


def _timelines(names: Names, page: Page, values: Values) -> ListRecord:
    leaf = values["leaf"]
    return _list(names, page, leaf, (
        _of(names.named(e.id, e.card.title, addresses.timeline(e.id)), events=len(e.card.events))
        for e in leaf.items
    ))  # fmt: skip


def _sources(names: Names, page: Page, values: Values) -> ListRecord:
    leaf = values["leaf"]
    return _list(names, page, leaf, (
        _of(names.named(addresses.slug(one.name), one.name, addresses.publisher(one.name)),
            sources=one.sources)
        for one in leaf.items
    ))  # fmt: skip


def _contradictions(names: Names, page: Page, values: Values) -> ListRecord:
    leaf = values["leaf"]
    return _list(names, page, leaf, (
        {"claims": [_of(claim) for claim in names.claims(pair)], "why": why} for pair, why in leaf.items
    ))  # fmt: skip


def _predictions(names: Names, page: Page, values: Values) -> ListRecord:
    leaf = values["leaf"]
    return _list(names, page, leaf, (
        _of(names.rated(claim), state=state, due=claim.card.prediction.due,
            resolved=claim.card.prediction.resolved, criterion=claim.card.prediction.criterion)
        for state, claim in leaf.items
    ))  # fmt: skip


def _corrections(names: Names, page: Page, values: Values) -> ListRecord:
    leaf = values["leaf"]
    return _list(names, page, leaf, (
        _of(names.rated(claim), date=entry.date, text=entry.text.striptags())
        for entry, claim in leaf.items
    ))  # fmt: skip


def _claims(names: Names, page: Page, values: Values) -> ListRecord:
    leaf = values["leaf"]
    return _list(names, page, leaf, map(_of, names.claims(leaf.items)))


def _scale(names: Names, page: Page, _values: Values) -> ListRecord:
    verdicts = list(names.catalogue.library.verdicts.values())
    entries = (
        (verdict, names.named(verdict.id, verdict.label, addresses.verdict(verdict.id)))
        for verdict in verdicts
    )
    return _list(names, page, _whole(page, verdicts), (
        _of(named, of=verdict.of, value=verdict.value, says=verdict.says, meaning=verdict.meaning)
        for verdict, named in entries
    ))  # fmt: skip


def _feeds(names: Names, page: Page, values: Values) -> ListRecord:
    leaf = values["leaf"]
    items = (
        Named(id=feed.page, name=feed.name, url=names.absolute(feed.page)).model_dump()
        | {"atom": names.absolute(feed.atom), "json": names.absolute(feed.json)}
        for _, feed in leaf.items
    )
    return _list(names, page, leaf, items)


def _figures(names: Names, page: Page, values: Values) -> ListRecord:
    figures = [figure for figure in values["figures"] if figure.table]
    items = (
        {
            "id": figure.id,
            "name": figure.title,
            "finding": figure.finding,
            "columns": [head.label for head in figure.table.heads],
            "rows": [
                {"group": group, "label": line.label, "numbers": list(line.numbers)}
                for group, lines in figure.table.bodies
                for line in lines
            ],
        }
        for figure in figures
    )
    return _list(names, page, _whole(page, figures), items)


MAKERS: Mapping[str, Callable[[Names, Page, Values], ListRecord]] = {
    "documents.html": _documents, "speakers.html": _speakers, "topics.html": _topics,
    "timelines.html": _timelines, "sources.html": _sources, "contradictions.html": _contradictions,
    "predictions.html": _predictions, "corrections.html": _corrections, "claims.html": _claims,
    "scale.html": _scale, "feeds.html": _feeds, "figures.html": _figures,
}  # fmt: skip
