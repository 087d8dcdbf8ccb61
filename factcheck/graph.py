"""What a file holds, as JSON: where reviews stand in it, whichever of the usual forms it has.

The forms are those of schema.org (ClaimReview alone, in lists, in a feed, in a graph) and of the
Fact Check Tools API (claims:search).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]

_DEPTH = 12


def reviews_in(value: Any) -> Iterator[Node]:
    """Give every ClaimReview that stands in a value, with what it refers to by @id in its place."""
    known = _identified(value, 0)
    for node in _within(value, 0):
        yield _resolved(node, known, 0) if known else node


def flat(value: Node) -> Node:
    """Return a node without the level "properties", which some extractors put between."""
    inner = value.get("properties")
    return {**value, **inner} if isinstance(inner, Mapping) else value


def _within(value: Any, depth: int) -> Iterator[Node]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for part in value:
            yield from _within(part, depth + 1)
    elif isinstance(value, Mapping):
        if _is_review(value):
            yield flat(value)
        elif isinstance(value.get("claimReview"), list):
            yield from _searched(value)
        elif "item" in value:
            yield from _of_item(value, depth)
        else:
            for part in value.values():
                yield from _within(part, depth + 1)


def _of_item(value: Node, depth: int) -> Iterator[Node]:
    """Give the reviews of an item of a feed; one without an address has that of its item."""
    for node in _within(value["item"], depth + 1):
        yield node if node.get("url") else {**node, "url": value.get("url")}


def _is_review(value: Node) -> bool:
    kinds = value.get("@type", value.get("type"))
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(re.split(r"[/:#]", str(name))[-1] == "ClaimReview" for name in names)


def _searched(claim: Node) -> Iterator[Node]:
    """Give the reviews of a claim as claims:search answers it (Fact Check Tools API, v1alpha1)."""
    item = {"author": {"name": claim.get("claimant")}, "datePublished": claim.get("claimDate")}
    for review in claim["claimReview"]:
        if isinstance(review, Mapping):
            yield {
                "claimReviewed": claim.get("text"),
                "url": review.get("url"),
                "datePublished": review.get("reviewDate"),
                "inLanguage": review.get("languageCode"),
                "author": review.get("publisher"),
                "reviewRating": {"alternateName": review.get("textualRating")},
                "itemReviewed": item,
            }


def _identified(value: Any, depth: int) -> dict[str, Node]:
    """Return by @id the nodes that say more than their @id."""
    found: dict[str, Node] = {}
    if depth > _DEPTH:
        return found
    if isinstance(value, list):
        for part in value:
            found |= _identified(part, depth + 1)
    elif isinstance(value, Mapping):
        name = value.get("@id")
        if isinstance(name, str) and len(value) > 1:
            found[name] = value
        for part in value.values():
            if isinstance(part, (list, Mapping)):
                found |= _identified(part, depth + 1)
    return found


def _resolved(value: Any, known: Mapping[str, Node], depth: int) -> Any:
    if isinstance(value, list):
        return [_resolved(part, known, depth) for part in value]
    if not isinstance(value, Mapping) or depth > 3:
        return value
    node = known.get(str(value["@id"]), value) if set(value) == {"@id"} else value
    return {name: _resolved(part, known, depth + 1) for name, part in node.items()}
