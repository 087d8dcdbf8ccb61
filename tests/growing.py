"""Grown content: whole small sites that are right, of whatever words, names, dates and parts there may be.

A tree gives by path below `content/` what stands there: the values of a card, or a text.
"""

import datetime as dt
import hashlib
import os
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import yaml
from conftest import ROOT
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from factcheck import cards, quotes
from factcheck.places import model_of
from factcheck.problems import UNSEEN

Tree = dict[str, Any]
Files = dict[str, bytes]

FUZZ = int(os.environ.get("FUZZ", "0"))  # about how many seconds a property is tried; 0 in `make test`
TODAY = dt.date(2026, 11, 26)
_CONTENT = ROOT / "tests/small/content"
FILES = {
    path.relative_to(_CONTENT).as_posix(): path.read_bytes()
    for path in sorted(_CONTENT.rglob("*"))
    if path.is_file()
}
SMALL: Tree = {
    name: cards.load("", raw)[0] if name.endswith(".yaml") else raw.decode() for name, raw in FILES.items()
}
SCALE = SMALL["verdicts.yaml"]["verdicts"]


def tried(few: int, a_second: int) -> settings:
    """Return how often a property is tried: a few times and always alike; at random while fuzzing."""
    return settings(
        max_examples=FUZZ * a_second or few,
        derandomize=not FUZZ,
        database=None,
        deadline=None,
        print_blob=True,
        phases=set(Phase) - ({Phase.shrink} if not FUZZ else set()),
        suppress_health_check=list(HealthCheck),
    )


# What the site itself calls things by is no bad name for a card.
_TAKEN = ["embed", "index", "page", "feeds", "feed", "api", "assets", "search", "claims", "print", "new"]
ids = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True).filter(
    lambda name: name not in ("document", "proof")
) | st.sampled_from(_TAKEN)
# What means something to YAML, Markdown, HTML and templates, and what is hard to write. Brackets could
# make a link or a citation that leads nowhere, which is a fault.
_TELLING = st.sampled_from([
    "no", "~", "null", "12:30", "012", "2022-01-27", "a: b", "- x", "# x", "*x*", "**x", "&x", "!x", "%x",
    "'", '"', "{{ 7 * 7 }}", "{% x", "&amp;", "&#60;", "|", ">-", "1. x", "\\", "`x`", "x_y_", "💡", "👩‍🔬",
    "e\u0301", "ش\u200fا", "İstanbul", "ﬁn", "ß", "क्षि", "\u3000x", "x\ty", "…", "--", "---", "~~x~~",
])  # fmt: skip
_LETTERS = st.characters(categories=["L", "M", "N", "P", "S", "Zs"], exclude_characters="[]<>\xa0")
_word = st.just("plain") | _TELLING | st.text(_LETTERS, min_size=1, max_size=12)
words = (
    st.lists(_word, min_size=1, max_size=5)
    .map(lambda parts: UNSEEN.sub("", " ".join(parts)).strip())
    .filter(bool)
)
languages = st.sampled_from(["de", "nb", "ar", "zh-Hant", "he", "fr-CA"])


def between(first: int, last: int) -> SearchStrategy[str]:
    """Return dates of these years, as precise as an editor may know them."""
    days = st.dates(dt.date(first, 1, 1), dt.date(last, 12, 31))
    return st.tuples(days, st.sampled_from([4, 7, 10])).map(lambda pair: pair[0].isoformat()[: pair[1]])


def _some(draw: DrawFn, **fields: SearchStrategy[Any]) -> dict[str, Any]:
    """Return some of these fields with their values."""
    chosen = draw(st.sets(st.sampled_from(sorted(fields)))) if fields else ()
    return {name: draw(fields[name]) for name in sorted(chosen)}


def _names(draw: DrawFn, least: int, most: int) -> list[str]:
    return draw(st.lists(ids, min_size=least, max_size=most, unique=True))


class _Addresses:
    """Addresses of sources, each another: one address is one source."""

    def __init__(self) -> None:
        self.given = 0

    def next(self) -> str:
        self.given += 1
        return f"https://source-{self.given}.example/text?of=a&number={self.given}"


def _source(draw: DrawFn, at: _Addresses, key: str, stance: str) -> dict[str, Any]:
    address = at.next()
    some = _some(
        draw,
        archived=st.just(f"https://archive.example.net/{at.given}"),
        accessed=between(2025, 2025),
        read=st.sampled_from(["text", "part", "address"]),
        language=languages,
        quote=words,
        note=words,
    )
    kind = draw(st.sampled_from(["primary", "official", "reporting", "data", "analysis"]))
    return {"key": key, "title": draw(words), "publisher": f"{at.given} {draw(words)}", "url": address,
            "date": draw(between(2001, 2014)), "kind": kind, "stance": stance, **some}  # fmt: skip


@st.composite
def _claims(draw: DrawFn, quote: str, cast: Mapping[str, Any], others: list[str]) -> dict[str, Any]:
    topics, events = cast["topics"], cast["events"]
    kind = draw(st.sampled_from(["statement", "quotation", "prediction", "opinion"]))
    claim = draw(words)
    card = {
        "claim": claim, "short": claim[:60].strip(), "quote": quote, "kind": kind,
        "checked": "2025-06-01", "by": "A " + draw(words), "summary": draw(words), "reason": draw(words)[:99],
        "topics": draw(st.lists(st.sampled_from(topics), unique=True)) if topics else [],
        "published": "2025-06-01",
        **_some(draw, speaker=st.sampled_from(cast["speakers"]), said=between(2015, 2020),
                reviewed_by=st.just("B"), review_by=between(2026, 2028), overtaken=between(2021, 2024)),
    }  # fmt: skip
    if kind == "opinion":
        return {**card, "uncheckable": draw(words)}
    subject = "prediction" if kind == "prediction" else "statement"
    verdict = draw(st.sampled_from([one for one in SCALE if one["of"] == subject]))
    keys = _names(draw, 2, 4)
    stances = ["supports", "refutes", *["context"] * len(keys)]
    facts = st.builds(
        lambda date, text, key: {"date": date, "text": text, "sources": [key]},
        between(1100, 2014), words, st.sampled_from(keys),
    )  # fmt: skip
    card |= {
        "verdict": verdict["id"], "correct": draw(words), "would_change": draw(words),
        "reasoning": "\n\n".join(f"{draw(words)} [^{key}]" for key in keys),
        "sources": [_source(draw, cast["at"], *pair) for pair in zip(keys, stances, strict=False)],
        **_some(draw, reporting=st.builds(lambda note: {"verdict": "altered", "note": note}, words)),
    }  # fmt: skip
    if kind == "prediction":
        judged = draw(st.sampled_from(["well-founded", "arguable", "unfounded"]))
        card["then"] = {"judgement": judged, "facts": draw(st.lists(facts, min_size=1, max_size=2))}
        card["prediction"] = {"criterion": draw(words), **_some(draw, due=between(2021, 2029))}
    elif draw(st.booleans()):
        card["then"] = {"facts": draw(st.lists(facts, min_size=1, max_size=2))}
    if draw(st.booleans()):
        later = st.builds(lambda fact, date: fact | {"date": date}, facts, between(2021, 2024))
        card["since"] = draw(st.lists(later, min_size=1, max_size=3))
    if events and verdict.get("value") and draw(st.booleans()):
        card["settled_by"] = draw(st.sampled_from(events))
    if others and draw(st.booleans()):
        way = draw(st.sampled_from(["repeats", "narrows", "depends_on", "supports"]))
        card["related"] = [{way: draw(st.sampled_from(others)), "why": draw(words)}]
    return card


def _document(draw: DrawFn, tree: Tree, name: str, cast: Mapping[str, Any]) -> None:
    """Add a document, its text, and a card for some of its sentences."""
    named = _names(draw, 0, 3)
    said = [f"Sentence {at} of {name}: {draw(words)} (end of {at})" for at in range(len(named) + 1)]
    text = quotes.normalise("\n\n".join(said))
    head = {
        "title": draw(words), "short": draw(words), "form": draw(words), "publisher": draw(words),
        "author": draw(st.sampled_from(cast["speakers"])), "date": draw(between(2015, 2020)),
        "language": draw(languages | st.just("en")), "rights": draw(words), "summary": draw(words),
        "text": {"sha256": hashlib.sha256(text.encode()).hexdigest()},
        **_some(draw, date_note=words, notes=st.lists(words, max_size=2), url=st.just("https://a.example/b"),
                translation_of=st.fixed_dictionaries(
                    {"title": words, "language": languages, "publisher": words})),
    }  # fmt: skip
    tree |= {f"documents/{name}/document.yaml": head, f"documents/{name}/text.txt": text}
    for at, claim in enumerate(named):
        others = [path[10:-5] for path in tree if path.startswith("documents/") and is_claim(path)]
        card = _claims(quotes.normalise(said[at]).strip(), cast, others)
        tree[f"documents/{name}/{claim}.yaml"] = draw(card)


@st.composite
def sound(draw: DrawFn) -> Tree:
    """Return the small site, or one that has grown; nothing is wrong with either."""
    if draw(st.integers(0, 5)) == 5:
        return deepcopy(SMALL)
    at, topics, speakers, events = _Addresses(), _names(draw, 0, 3), _names(draw, 1, 3), _names(draw, 0, 4)
    documents = _names(draw, 0, 2)
    head = deepcopy(SMALL["site.yaml"]) | {"title": draw(words), "tagline": draw(words), "navigation": []}
    for field in draw(st.sets(st.sampled_from(["repository", "contact", "turning_point"]))):
        del head[field]
    tree: Tree = {
        "site.yaml": head, "verdicts.yaml": deepcopy(SMALL["verdicts.yaml"]),
        "topics.yaml": {"topics": [{"id": id_, "label": draw(words), "line": draw(words)} for id_ in topics]},
        **{name: text for name, text in SMALL.items() if name.startswith("pages/")},
    }  # fmt: skip
    for name in speakers:
        kind = draw(st.sampled_from(["person", "organisation"]))
        some = _some(draw, sort=words, note=words)
        tree[f"speakers/{name}.yaml"] = {"name": draw(words), "role": draw(words), "kind": kind, **some}
    cast = {"at": at, "topics": topics, "speakers": speakers, "events": events}
    for name in documents:
        _document(draw, tree, name, cast)
    if events:
        happened = [
            {"id": name, "date": draw(between(1100, 2024)), "title": draw(words),
             "sources": [_source(draw, at, "only", "context")], **_some(draw, text=words, label=words)}
            for name in events
        ]  # fmt: skip
        line = {"title": draw(words), "summary": draw(words), "documents": documents, "events": happened}
        tree[f"timelines/{draw(ids)}.yaml"] = line
    return tree


def is_claim(path: str) -> bool:
    """Return whether a path is that of a claim's card."""
    model = model_of(path)
    return model is not None and model.__name__ == "Claim"


class _Plain(yaml.SafeDumper):
    """Writes texts without quotation marks where our reader needs none, as editors do."""

    yaml_implicit_resolvers = cards._Loader.yaml_implicit_resolvers


styles = st.fixed_dictionaries({
    "default_style": st.sampled_from([None, None, '"', "'", "|", ">"]),
    "default_flow_style": st.sampled_from([False, False, None, True]),
    "indent": st.integers(2, 7),
    "width": st.integers(20, 400),
    "allow_unicode": st.booleans(),
    "line_break": st.sampled_from(["\n", "\r\n"]),
    "explicit_start": st.booleans(),
    "sort_keys": st.booleans(),
})  # fmt: skip
USUAL: Mapping[str, Any] = {"allow_unicode": True, "sort_keys": False}


def written(tree: Tree, style: Mapping[str, Any] = USUAL) -> Files:
    """Return the files of a tree, its cards in one style of writing YAML."""
    return {
        name: value.encode("utf-8", "surrogatepass")
        if isinstance(value, str)
        else yaml.dump(value, Dumper=_Plain, **style).encode("utf-8", "surrogatepass")
        for name, value in tree.items()
    }
