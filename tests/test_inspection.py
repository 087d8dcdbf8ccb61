"""Rules are asked only where something changed, and find what they would find anew."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from conftest import ROOT
from growing import TODAY, Files, tried
from hypothesis import given
from spoiling import spoilt

from factcheck import doubts, letters, proof, rules
from factcheck.folder import read_folder
from factcheck.library import Library, parse_library
from factcheck.problems import Finding

Rule = Callable[[Library], Iterable[Finding]]
Doubt = Callable[[Library, dt.date], Iterable[Finding]]

SMALL = read_folder(ROOT / "tests/small/content")[0]
KNOWN = letters.held(read_folder(ROOT / "templates")[0])


def today(doubt: Doubt) -> Rule:
    return lambda library: doubt(library, TODAY)


TOGETHER = [*rules.OF_ALL, *map(today, doubts.OF_ALL)]
APART = [*rules.OF_DOCUMENTS, *map(today, doubts.OF_DOCUMENTS)]
CARD = "documents/council-reply/nobody-complained.yaml"


def parsed(files: Files) -> Library:
    library, problems = parse_library(files)
    assert library, problems
    return library


def told(library: Library, memory: dict[bytes, bytes] | None) -> list[Finding]:
    found = rules.findings(library, TODAY, memory)
    return [*found, *letters.lacking(library, KNOWN, memory)]


@tried(few=20, a_second=8)
@given(spoilt())
def test_rules_of_a_document_find_in_each_what_they_find_in_all(files: Files):
    library, _ = parse_library(files)
    for rule in APART if library else ():
        apart = Counter(finding for name in library.folders for finding in rule(library.only(name)))
        assert apart == Counter(rule(library)), rule


@tried(few=20, a_second=8)
@given(spoilt(), spoilt())
def test_what_was_found_before_changes_nothing(one: Files, other: Files):
    memory: dict[bytes, bytes] = {}
    for files in (one, other, one):
        library, _ = parse_library(files)
        if library:
            assert told(library, memory) == told(library, None)


@tried(few=20, a_second=8)
@given(spoilt())
def test_rules_that_compare_look_at_no_field_that_is_not_named(files: Files):
    library, _ = parse_library(files)
    if not library:
        return
    bare = {
        name: SimpleNamespace(id=entry.id, file=entry.file, card=SimpleNamespace(**{
            field: getattr(entry.card, field) for field in rules.COMPARED
        }))
        for name, entry in library.claims.items()
    }  # fmt: skip
    for rule in TOGETHER:
        assert [*rule(replace(library, claims=cast(Any, bare)))] == [*rule(library)]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents of which a rule was asked, and "all" where it was one of all of them."""
    names: list[str] = []

    def noting(told: Callable[[Library], str]) -> Callable[[Library], list[Finding]]:
        return lambda library: names.append(told(library)) or []

    monkeypatch.setattr(rules, "OF_DOCUMENTS", [noting(lambda library: next(iter(library.documents)))])
    monkeypatch.setattr(rules, "OF_ALL", [noting(lambda _: "all")])
    return names


def changed(field: str) -> Library:
    """Return the small site with another text in a field of one card."""
    before = SMALL[CARD].decode()
    after = before.replace(f"{field}: ", f"{field}: Now ", 1)
    assert after != before
    return parsed({**SMALL, CARD: after.encode()})


def test_a_rule_is_asked_where_something_changed(asked: list[str]):
    memory: dict[bytes, bytes] = {}
    expected = {
        "": ["council-reply", "open-letter", "all"],
        "would_change": ["council-reply"],
        "claim": ["council-reply", "all"],
    }
    for field, names in expected.items():
        for again in (names, []):
            asked.clear()
            rules.findings(changed(field) if field else parsed(SMALL), TODAY, memory)
            assert sorted(asked) == sorted(again)
    asked.clear()
    library = parsed(SMALL | {"topics.yaml": SMALL["topics.yaml"] + b"\n"})
    rules.findings(library, TODAY, memory)
    assert sorted(asked) == sorted(expected[""])
    asked.clear()
    elsewhere = library.site.model_copy(update={"address": "https://example.net/"})
    rules.findings(dataclasses.replace(library, site=elsewhere), TODAY, memory)
    assert sorted(asked) == sorted(expected[""])


def test_quotes_are_looked_for_again_where_a_claim_or_the_text_is_another(monkeypatch: pytest.MonkeyPatch):
    memory: dict[bytes, bytes] = {}
    text, own = "documents/open-letter/text.txt", "open-letter/"
    library = parsed(SMALL)
    longer = parsed({**SMALL, text: b"As follows.\n\n" + SMALL[text]})
    fewer = replace(library, claims={name: one for name, one in library.claims.items() if own not in name})
    told = []
    for one in (library, longer, fewer, library):
        told.append(proof.with_texts(one).proofs["open-letter"].card)
        assert proof.with_texts(one, memory).proofs["open-letter"].card == told[-1]
        with monkeypatch.context() as patch:
            patch.setattr(proof, "prove", None)  # what is known is not looked for
            assert proof.with_texts(one, memory).proofs["open-letter"].card == told[-1]
    assert told[0] == told[3]
    assert told[0] not in (told[1], told[2])
