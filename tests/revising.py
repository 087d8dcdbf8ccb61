"""A right content and the same a revision later: what was done to it, and what must be told of that."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from growing import SCALE, Tree, is_claim, sound, words
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

Told = set[tuple[str, str]]  # the file and the code of each problem
Card = dict[str, Any]


def kept(_draw: DrawFn, _tree: Tree, _path: str) -> Told:
    return set()


def verdict_changed(draw: DrawFn, card: Card) -> tuple[str, str] | None:
    """Change the verdict of a card that has one; return it and the new one."""
    if not card.get("verdict"):
        return None
    was = card["verdict"]
    card["verdict"] = draw(st.sampled_from([one["id"] for one in SCALE if one["id"] != was]))
    return was, card["verdict"]


def corrected(card: Card, **entry: str) -> None:
    """Add a correction, as the newest."""
    entry = {"date": "2026-11-20", "note": "Read anew.", **entry}
    card["corrections"] = [*card.get("corrections", []), entry]


def silent_verdict(draw: DrawFn, tree: Tree, path: str) -> Told:
    return {(path, "silent-change")} if verdict_changed(draw, tree[path]) else set()


def recorded_verdict(draw: DrawFn, tree: Tree, path: str) -> Told:
    if ends := verdict_changed(draw, tree[path]):
        named = draw(st.sampled_from(["correction", "update", "retraction"]))
        corrected(tree[path], **{"class": named, "from": ends[0], "to": ends[1]})
    return set()


def verdict_recorded_as_something_else(draw: DrawFn, tree: Tree, path: str) -> Told:
    ends = verdict_changed(draw, tree[path])
    if ends is None:
        return set()
    other = draw(st.sampled_from([one["id"] for one in SCALE if one["id"] not in ends]))
    wrong = [
        {"class": "typo", "from": ends[0], "to": ends[1]},
        {"class": "clarification", "from": ends[0], "to": ends[1]},
        {"class": "correction", "from": other, "to": ends[1]},
        {"class": "update", "from": ends[0], "to": other},
        {"class": "correction"},
    ]
    corrected(tree[path], **draw(st.sampled_from(wrong)))
    return {(path, "silent-change")}


def silent_words(draw: DrawFn, tree: Tree, path: str) -> Told:
    field = draw(st.sampled_from(["claim", "quote", "published"]))
    tree[path][field] = "2025-05-31" if field == "published" else f"{tree[path][field]} again"
    return {(path, "silent-change")}


def recorded_words(draw: DrawFn, tree: Tree, path: str) -> Told:
    card, named = tree[path], draw(st.sampled_from(["correction", "clarification", "typo"]))
    corrected(card, was=card["claim"], **{"class": named})
    card |= {"claim": f"{card['claim']} again", "quote": f"{card['quote']} again"}
    return set()


def other_words(draw: DrawFn, tree: Tree, path: str) -> Told:
    """Change what may change without a word."""
    field = draw(st.sampled_from(["summary", "reason", "by", "reasoning", "would_change"]))
    tree[path][field] = draw(words)[:90]
    return set()


def removed(_draw: DrawFn, tree: Tree, path: str) -> Told:
    del tree[path]
    return {(path, "disappeared")}


def unpublished(_draw: DrawFn, tree: Tree, path: str) -> Told:
    tree[path]["status"] = "draft"
    return {(path, "disappeared")}


def withdrawn(_draw: DrawFn, tree: Tree, path: str) -> Told:
    tree[path].setdefault("withdrawn", {"date": "2026-11-20", "reason": "Not to be rated."})
    return set()


def moved(_draw: DrawFn, tree: Tree, path: str) -> Told:
    card = tree[_elsewhere(path)] = tree.pop(path)
    card["formerly"] = [path.removeprefix("documents/").removesuffix(".yaml"), *card.get("formerly", [])]
    return set()


def moved_and_rated_anew(draw: DrawFn, tree: Tree, path: str) -> Told:
    moved(draw, tree, path)
    return silent_verdict(draw, tree, _elsewhere(path))


def moved_in_silence(_draw: DrawFn, tree: Tree, path: str) -> Told:
    tree[_elsewhere(path)] = tree.pop(path)
    return {(path, "disappeared")}


def _elsewhere(path: str) -> str:
    return path.replace(".yaml", "-moved-on.yaml")


def correction_edited(draw: DrawFn, tree: Tree, path: str) -> Told:
    entries = tree[path].get("corrections", [])
    if not entries:
        return set()
    place = draw(st.integers(0, len(entries) - 1))
    if draw(st.booleans()):
        del entries[place]
    else:
        entries[place]["note"] += " And more."
    return {(path, "correction-edited")}


DEEDS: tuple[Callable[[DrawFn, Tree, str], Told], ...] = (
    kept, silent_verdict, recorded_verdict, verdict_recorded_as_something_else, silent_words, recorded_words,
    other_words, removed, unpublished, withdrawn, moved, moved_and_rated_anew, moved_in_silence,
    correction_edited,
)  # fmt: skip


def _published(tree: Tree) -> list[str]:
    return [path for path in sorted(filter(is_claim, tree)) if tree[path].get("status") != "draft"]


@st.composite
def revisions(draw: DrawFn) -> tuple[Tree, Tree, Told]:
    """Return a content, what became of it, and what is to be told: one deed for each claim."""
    before = draw(sound().filter(_published))
    after, told = deepcopy(before), set()
    for path in _published(before):
        told |= draw(st.sampled_from(DEEDS))(draw, after, path)
    if draw(st.booleans()):
        path = draw(st.sampled_from(_published(before)))
        after[f"{path.rpartition('/')[0]}/quite-new.yaml"] = deepcopy(before[path]) | {"formerly": []}
    return before, after, {(f"content/{path}", code) for path, code in told}
