"""What holds for any date, quote, address and text, not only for those we thought of."""

import datetime as dt
import json
import re
from posixpath import normpath

import yaml
from harmless import harms
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from factcheck import addresses, cards, dump, markup, quotes
from factcheck.dates import PartialDate
from factcheck.problems import Problem
from factcheck.words import ENGLISH

days = st.dates(dt.date(1000, 1, 1), dt.date(9998, 12, 31))
precise = st.tuples(days, st.sampled_from([4, 7, 10])).map(lambda pair: pair[0].isoformat()[: pair[1]])
words = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=40)
names = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True)
paths = st.lists(names, max_size=4).map(lambda parts: "".join(f"{part}/" for part in parts))


@given(precise)
def test_a_date_keeps_the_precision_that_was_written(text: str):
    date = PartialDate.parse(text)
    assert date == text
    assert date.first <= date.last
    assert date.first.isoformat().startswith(text)
    assert date.last.isoformat().startswith(text)


@given(st.text(max_size=12))
def test_what_is_no_date_is_refused(text: str):
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return
    assert re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", date)


@given(days, days)
def test_a_span_is_the_same_both_ways(one: dt.date, other: dt.date):
    assert ENGLISH.span(one, other) == ENGLISH.span(other, one)


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing(text: str):
    once = quotes.normalise(text)
    assert quotes.normalise(once) == once


@given(words, words, words)
def test_a_quote_is_found_where_it_stands(before: str, quote: str, after: str):
    text = quotes.normalise(f"{before} {quote} {after}")
    for place in quotes.find(text, quote.strip()):
        assert text[place.start : place.end] == quotes.unify(quote.strip())


@given(st.lists(words.map(str.strip).filter(bool), min_size=3, max_size=3, unique=True))
def test_context_narrows_and_never_widens(parts: list[str]):
    before, quote, after = parts
    text = quotes.normalise(f"{before} {quote} {after}\n{quote}")
    alone = {(place.start, place.end) for place in quotes.find(text, quote)}
    within = {(place.start, place.end) for place in quotes.find(text, quote, before, after)}
    assert within <= alone


@given(paths, paths)
def test_a_relative_link_leads_there(here: str, there: str):
    link = addresses.relative(here, there)
    assert not link.startswith("/")
    assert normpath(f"/{here}{link}").rstrip("/") == f"/{there}".rstrip("/")


@given(st.text(max_size=30), st.text(max_size=30))
def test_slugs_are_plain(one: str, other: str):
    for name in (one, other):
        assert re.fullmatch(r"[a-z0-9-]*", addresses.slug(name))


@given(st.dictionaries(names, words, min_size=1, max_size=5))
def test_a_card_keeps_what_was_written(card: dict[str, str]):
    raw = yaml.safe_dump(card, allow_unicode=True, default_style='"', width=10_000).encode()
    assert cards.load("card.yaml", raw) == (card, [])


@given(st.sampled_from(["no", "on", "yes", "12:30", "012", "0x1f", "1e3", "2022-01-27", ".5", "1_000", "~x"]))
def test_plain_words_stay_words(word: str):
    assert cards.load("card.yaml", f"field: {word}\n".encode()) == ({"field": word}, [])


@given(st.binary(max_size=300))
def test_any_bytes_give_values_or_one_problem(raw: bytes):
    data, problems = cards.load("card.yaml", raw)
    assert data is None or not problems
    assert all(isinstance(problem, Problem) and str(problem) for problem in problems)


@given(st.text(max_size=300))
def test_markdown_makes_nothing_but_its_own_elements(text: str):
    assert harms(str(markup.block(text))) == []


_KEYS = ("first", "other")
_WORDS = st.sampled_from([
    "word", "a “quote”", 'it\'s "so"', "3.", "3. x", "- x", "+", "1) y", "  ", " ", "\n", "\n\n", "\n \n",
    "[^first]", "[^other]", " [^first]", "[^none]", "[^first]: x", "=", "---", ":", "~", "\u2028", "\r\n",
    "\t", "\x02", "\xa0", "é",
])  # fmt: skip


@settings(max_examples=400)
@given(st.lists(_WORDS | st.text(max_size=3), max_size=12).map("".join))
def test_a_calm_text_comes_out_as_from_markdown_and_its_sanitiser(text: str):
    text = markup._closed_up(text)
    if markup._is_calm(text, markup.Citations(_KEYS)):
        converted = markup._converted(text, markup.Citations(_KEYS))
        assert markup._paragraphs(text, markup.Citations(_KEYS)) == converted


_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXT | _TEXT.map(Markup),
    lambda some: st.lists(some) | st.lists(some).map(tuple) | st.dictionaries(_TEXT, some),
)


@given(_JSON, st.sampled_from([None, 1, 2]))
def test_json_is_written_as_python_writes_it(value: object, indent: int | None):
    separators = (",", ":")
    assert dump.as_json(value, indent) == json.dumps(
        value, ensure_ascii=False, indent=indent, separators=separators
    )
