"""The search index: every word of every claim finds it, and nothing else does."""

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from conftest import ROOT
from crowd import crowd
from hypothesis import given, settings
from hypothesis import strategies as st

from build import assemble
from factcheck import search
from factcheck.catalogue import Catalogue, catalogue
from factcheck.dates import PartialDate, Period
from factcheck.facets import facets, spells
from factcheck.fields import Record
from factcheck.index import BOUND, Index, entry
from factcheck.library import Library, read_library
from factcheck.terms import Terms, fold, split

# Latin with and without accents, what surrounds words, and scripts of every kind that search knows.
LETTERS = "aeioxyzAEIOZ019 .,-'’“”\n_éøÆßİıŁñαΣςЖйё東京都ガがー々한국어กรุงเทพकिताबعَربשָׁ½ﬁ𠮷"
patiently = settings(deadline=None)
WORDS = st.text(st.sampled_from(LETTERS), max_size=30) | st.text(max_size=10)


@cache
def library() -> Library:
    found, _ = read_library(ROOT)
    assert found
    return found


def held(index: Index, bound: int = BOUND) -> dict[str, dict[int, int]]:
    """Return for each term the entries that hold it and their weight class, as the script finds them."""
    found: dict[str, dict[int, int]] = {}
    shards = index.shards(bound)
    firsts = [shard.first.encode("utf-16-be") for shard in shards]
    assert firsts == sorted(firsts)
    for at, shard in enumerate(shards):
        terms = json.loads(shard.content)
        assert next(iter(terms)) == shard.first
        assert len(shard.content) <= bound or len(terms) == 1
        for term, steps in terms.items():
            assert term not in found
            assert firsts[at] <= term.encode("utf-16-be")
            assert firsts[at + 1 :] == [] or term.encode("utf-16-be") < firsts[at + 1]
            posting, entries = 0, {}
            for step in steps:
                posting += step
                assert posting >> 2 not in entries
                entries[posting >> 2] = posting & 3
            found[term] = entries
    return found


def due(entries: Sequence[Sequence[str]]) -> dict[str, dict[int, int]]:
    """Return what an index of entries must hold: for each term its best place in each entry."""
    found: dict[str, dict[int, int]] = {}
    for number, texts in enumerate(entries):
        for weight in (3, 2, 1, 0):
            for term in split(texts[weight]):
                found.setdefault(term, {})[number] = weight
    return found


@patiently
@given(WORDS)
def test_a_text_is_split_the_same_in_pieces_and_as_a_whole(text):
    assert set(Terms().of(text)) == set(split(text))


def test_an_entry_is_the_same_in_every_process():
    """So that of the stretches in which it stands those without a change stay as they are."""
    texts = ("beta alpha beta", "gamma alpha Åse delta", "", "alpha zeta eta theta")
    assert entry(texts) == "beta alpha\ngamma ase delta\n\nzeta eta theta"


@patiently
@given(WORDS)
def test_neither_capitals_nor_accents_nor_composition_matter(text):
    terms = list(split(text))
    assert list(split(unicodedata.normalize("NFD", text))) == terms
    assert list(split(fold(text))) == terms


def test_what_readers_leave_out_is_left_out():
    for text, term in {
        "Ærø": "aero", "Łódź": "lodz", "Straße": "strasse", "İstanbul": "istanbul", "ΟΔΟΣ": "οδοσ",
        "ﬁnal": "final", "ё": "е", "עִבְרִית": "עברית", "مُحَمَّد": "محمد", "किताब": "किताब",
    }.items():  # fmt: skip
        assert list(split(text)) == [term], text
    assert list(split("NATO’s “no-fly” zone")) == ["nato", "s", "no", "fly", "zone"]
    assert list(split("東京都, NATO加盟")) == ["東京", "京都", "都", "nato", "加盟", "盟"]


@patiently
@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), max_size=12), st.integers(40, 400), st.integers(1, 12))
def test_every_word_of_an_entry_finds_it_and_nothing_else_does(entries, bound, together):
    index = Index(together=together)
    for texts in entries:
        index.add(entry(texts))
    assert held(index, bound) == due(entries)


# Fields that hold no words for readers: names, addresses, days and choices.
SILENT = frozenset(
    re.findall(
        r"\w+",
        """key url archived date language kind stance verdict checked by from_ reviewed_by review_by accessed
        read settled_by overtaken published status speaker quoted judgement due resolved to class_
        contradicts repeats narrows depends_on supports""",
    )
)


def everything_said(card: Record) -> list[str]:
    """Return all that a card says to readers."""
    found: list[str] = []
    for name in type(card).model_fields:
        value = getattr(card, name)
        if isinstance(value, str) and name not in SILENT:
            found.append(value)
        for part in value if isinstance(value, tuple) and not isinstance(value, Period) else [value]:
            if isinstance(part, Record):
                found += everything_said(part)
    return found


def fetched(shown: Catalogue) -> tuple[dict[str, object], Mapping[str, bytes]]:
    files = {name: content for name, (content, _) in search.fetched(shown).items()}
    return json.loads(files["search/index.json"]), files


def test_all_that_a_claim_says_finds_it(small):
    for root in (ROOT, small):
        found, _ = read_library(root)
        shown = catalogue(found)
        index = Index()
        claims = search.numbered(shown)
        for claim in claims:
            index.add(entry(search.texts(shown, claim)))
        terms = held(index)
        for number, claim in enumerate(claims):
            topics = (shown.library.topics[name].label for name in claim.card.topics)
            names = (claim.speaker.card.name, claim.document.card.short, claim.document.card.title)
            said = [*everything_said(claim.card), *topics, *names, claim.verdict.label, claim.kind]
            missing = {term for text in said for term in split(text) if number not in terms.get(term, ())}
            assert missing == set(), claim.id
        assert held(index) == due([search.texts(shown, claim) for claim in claims])


def test_the_directory_names_every_file_and_no_other():
    directory, files = fetched(catalogue(crowd(library(), 150)))
    named = {
        *directory["claims"],
        *(name for _, name in directory["terms"]),
        directory["facets"],
        "index.json",
    }
    assert {f"search/{name}" for name in named} == set(files)
    assert directory["entries"] == 150
    assert all(
        re.fullmatch(r"search/(terms|claims|facets)/[0-9a-f]{8}\.json|search/index\.json", f) for f in files
    )


def values_of(facet, number: int) -> set[str]:
    places = facet["of"][number]
    return {facet["values"][at][0] for at in (places if isinstance(places, list) else [places])}


def test_every_claim_has_its_row_and_its_facets():
    shown = catalogue(library())
    directory, files = fetched(shown)
    rows = [row for name in directory["claims"] for row in json.loads(files[f"search/{name}"])]
    assert [row["id"] for row in rows] == [claim.id for claim in search.numbered(shown)]
    narrow = {facet["id"]: facet for facet in json.loads(files[f"search/{directory['facets']}"])}
    assert list(narrow) == ["v", "s", "d", "t", "k", "y"]
    for number, claim in enumerate(search.numbered(shown)):
        values = {name: values_of(facet, number) for name, facet in narrow.items()}
        assert values["v"] == {claim.verdict.id}
        assert values["s"] == {e.id for e in (claim.speaker, claim.quoted) if e}
        assert (values["d"], values["k"]) == ({claim.document.id}, {claim.card.kind})
        assert values["t"] == set(claim.card.topics)
        assert values["y"] == set(spells(claim.said))


def test_years_and_months_are_those_that_a_period_touches():
    def of(first: str, last: str) -> list[str]:
        return spells(Period(PartialDate(first), PartialDate(last)))

    assert of("2022-01-27", "2022-01-28") == ["2022", "2022-01"]
    assert of("2021-12-30", "2022-02-01") == ["2021", "2022", "2021-12", "2022-01", "2022-02"]
    assert of("2022-01", "2022-01") == ["2022", "2022-01"]
    assert of("2022", "2022") == ["2022"]
    assert of("2010-01-01", "2013-01-01") == ["2010", "2011", "2012", "2013"]


def test_the_order_of_the_cards_changes_no_byte():
    found = crowd(library(), 60)
    turned = replace(found, claims=dict(reversed(found.claims.items())),
                     documents=dict(reversed(found.documents.items())),
                     speakers=dict(reversed(found.speakers.items())))  # fmt: skip
    assert fetched(catalogue(found)) == fetched(catalogue(turned))


def test_a_new_claim_leaves_the_rows_of_the_others_as_they_are():
    """What is published last stands last, so that readers keep what they have fetched."""
    found = crowd(library(), 60)
    fewer = replace(found, claims=dict(list(found.claims.items())[:-1]))
    was, now = (fetched(catalogue(some))[0]["claims"] for some in (fewer, found))
    assert now[:-1] == was[: len(now) - 1]


def test_counts_of_a_facet_are_of_the_claims():
    shown = catalogue(library())
    for facet in facets(shown, shown.claims):
        assert [value.claims for value in facet.values] == [
            sum(place in places for places in facet.of) for place in range(len(facet.values))
        ]


def test_a_preview_makes_the_index_only_when_it_is_asked_for(monkeypatch):
    made = []
    monkeypatch.setattr(search, "fetched", lambda *_: made.append(1) or {"search/index.json": (b"{}", [])})
    files = assemble(ROOT / "tests/small", dt.date(2026, 11, 22), preview=True).files
    assert files
    assert b"Search" in files["search/index.html"]
    assert files.get("favicon.ico") is None
    assert made == []
    assert files["search/index.json"] == b"{}"
    assert made == [1]
