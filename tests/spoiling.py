"""Faults sown into a tree of content: in its values, in its bytes, and in which files there are."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from growing import FILES, Files, Tree, ids, is_claim, sound, styles, words, written
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

Path = tuple[str | int, ...]
Place = tuple[str, Path]  # a card and the way to a value in it

odd = st.sampled_from([
    "", " ", "no", "0", "-1", "1e400", "2022-02-30", "2022-13", "0000", "9999-12-31", "yesterday", "../../x",
    "a/b", "a/b/c", "[^ledger]", "[^nowhere]", "[x](nowhere/)", "[x](../scale/#nowhere)", "<b>x</b>",
    "x" * 20_001, "[" * 501, "\u202e", "\0", "\x1b[31m", "\u2028", "\x85", "\r", "\n\n\n", "\ufeff", "\ud800",
    "https://", "//x", "mailto:x", "{{ x }}", "opinion", "correct", "open-letter/built-1871", "vg-leader",
    "true", "Å" * 90,
])  # fmt: skip
anything = st.recursive(
    st.none() | odd | words | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | odd, inner, max_size=3),
    max_leaves=6,
)
# Where nothing belongs, and where a card might.
_KNOWN = [
    "ratings.yaml", "site.yml", "documents/x.yaml", "documents/open-letter/x/y.yaml", "x",
    "translations/nb/verdicts.yaml", "translations/nb/open-letter/built-1871.yaml", "pages/index.md",
    "translations/xx/a/b.yaml", "pages/search.md", "documents/ghost/claim.yaml", "timelines/2.yaml",
    "documents/open-letter/proof.yaml", "documents/open-letter/text.txt", "documents/open-letter/\udcff.yaml",
]  # fmt: skip
_any_name = st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=12)
paths = st.one_of(
    st.sampled_from(_KNOWN),
    ids.map(lambda name: f"documents/open-letter/{name}.yaml"),
    _any_name.filter(lambda name: name not in (".", "..")).map(lambda name: f"documents/{name}.yaml"),
)


def places(tree: Tree) -> list[Place]:
    """Return every value of every card."""
    return [(name, path) for name, value in sorted(tree.items()) for path in _paths(value)]


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    parts: Any = ()
    if isinstance(value, dict | list):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in parts:
        yield (*path, name)
        yield from _paths(inner, (*path, name))


def _within(tree: Tree, place: Place) -> Any:
    """Return what holds the value at a place."""
    name, path = place
    value = tree[name]
    for part in path[:-1]:
        value = value[part]
    return value


def another_value(draw: DrawFn, tree: Tree, place: Place) -> None:
    _within(tree, place)[place[1][-1]] = draw(anything)


def another_text(draw: DrawFn, tree: Tree, place: Place) -> None:
    holder, part = _within(tree, place), place[1][-1]
    if isinstance(holder[part], str):
        holder[part] = draw(st.sampled_from(["{}{}", "{1}{0}", "{} {}"])).format(holder[part], draw(odd))


def left_out(_draw: DrawFn, tree: Tree, place: Place) -> None:
    del _within(tree, place)[place[1][-1]]


def misplaced(draw: DrawFn, tree: Tree, place: Place) -> None:
    value = deepcopy(_within(tree, place)[place[1][-1]])
    left_out(draw, tree, place)
    there = draw(st.sampled_from(places(tree)))
    _within(tree, there)[place[1][-1] if isinstance(_within(tree, there), dict) else there[1][-1]] = value


def misnamed(draw: DrawFn, tree: Tree, place: Place) -> None:
    holder, part = _within(tree, place), place[1][-1]
    if isinstance(holder, dict):
        holder[draw(odd | words | st.just(f"{part}s"))] = holder.pop(part)


def given_twice(_draw: DrawFn, tree: Tree, place: Place) -> None:
    holder, part = _within(tree, place), place[1][-1]
    if isinstance(holder, list):
        holder.append(deepcopy(holder[int(part)]))


def in_another_order(_draw: DrawFn, tree: Tree, place: Place) -> None:
    value = _within(tree, place)[place[1][-1]]
    if isinstance(value, list):
        value.reverse()


def as_another(draw: DrawFn, tree: Tree, place: Place) -> None:
    """Say here what another place says, as happens where cards are copied."""
    there = draw(st.sampled_from(places(tree)))
    _within(tree, place)[place[1][-1]] = deepcopy(_within(tree, there)[there[1][-1]])


def moved(draw: DrawFn, tree: Tree, place: Place) -> None:
    tree[draw(paths)] = tree.pop(place[0])


def gone(_draw: DrawFn, tree: Tree, place: Place) -> None:
    del tree[place[0]]


def copied(draw: DrawFn, tree: Tree, place: Place) -> None:
    tree[draw(paths)] = deepcopy(tree[place[0]])


def stray(draw: DrawFn, tree: Tree, _place: Place) -> None:
    tree[draw(paths)] = draw(anything)


OF_VALUES: tuple[Callable[[DrawFn, Tree, Place], None], ...] = (
    another_value, another_text, left_out, misplaced, misnamed, given_twice, in_another_order, as_another,
    moved, gone, copied, stray,
)  # fmt: skip

_PIECES = st.one_of(
    st.sampled_from([
        b"\t", b"\r", b"\0", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\x85", b"\xc2\xa0",
        b"\n---\n", b"...\n", b"&a ", b"*a", b"!!x ", b"#", b" #x", b": ", b"- ", b"? ", b"'", b'"', b"[",
        b"}", b"|\n", b">2\n", b"\\", b"%YAML 1.1\n", b"<<: ", b"@", b"`", b"\n\n", b"  ",
    ]),
    st.binary(max_size=4),
    st.text(max_size=3).map(lambda text: text.encode("utf-8", "surrogatepass")),
)  # fmt: skip


def _bytes(draw: DrawFn, files: Files) -> None:
    """Spoil the bytes of a file at one place."""
    name = draw(st.sampled_from(sorted(files)))
    raw = files[name]
    start = draw(st.integers(0, len(raw)))
    end = draw(st.sampled_from([start, start, start + 1, start + 9, len(raw)]))
    files[name] = raw[:start] + draw(_PIECES) + raw[end:]


@st.composite
def cards(draw: DrawFn) -> bytes:
    """Return a claim's card as it may be written, mostly right."""
    files: Files = {"x": FILES[draw(st.sampled_from(sorted(filter(is_claim, FILES))))]}
    if draw(st.booleans()):
        tree = draw(sound())
        name = draw(st.sampled_from(sorted(filter(is_claim, tree)) or ["site.yaml"]))
        spoil_values(draw, tree := {name: tree[name]}, (another_value, another_text, left_out, misnamed))
        files = {"x": written(tree, draw(styles))[name]}
    for _ in range(draw(st.integers(0, 3))):
        _bytes(draw, files)
    return files["x"]


def spoil_values(draw: DrawFn, tree: Tree, faults: tuple[Callable[[DrawFn, Tree, Place], None], ...]) -> None:
    """Sow up to four of these faults."""
    for _ in range(draw(st.integers(0, 4))):
        if known := places(tree):
            draw(st.sampled_from(faults))(draw, tree, draw(st.sampled_from(known)))


@st.composite
def spoilt(draw: DrawFn) -> Files:
    """Return the files of a small site with some faults in it, or none."""
    tree = draw(sound())
    spoil_values(draw, tree, OF_VALUES)
    files = written(tree, draw(styles))
    for _ in range(draw(st.sampled_from([0, 0, 1, 2])) if files else 0):
        _bytes(draw, files)
    return files
