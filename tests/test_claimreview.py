"""Every ClaimReview held to schema.org's vocabulary, to Google's page, and to what consumers take."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from reviewed import SITES, Built, Case, built, cases

from factcheck.assets import read_assets
from factcheck.claimreview import claim_review
from factcheck.dates import PartialDate
from factcheck.dossier import claims
from factcheck.folder import read_folder
from factcheck.page import Page, showing
from factcheck.renderer import Renderer, read_templates

VOCABULARY = json.loads((ROOT / "tests/vocabulary.json").read_text())
TYPES, PROPERTIES = VOCABULARY["types"], VOCABULARY["properties"]
DAY = r"\d{4}-\d\d-\d\d"
NUMBERS = ("ratingValue", "bestRating", "worstRating")
FORMS = {
    "Text": lambda value: isinstance(value, str) and value.strip() != "",
    "URL": lambda value: isinstance(value, str) and re.fullmatch(r"https?://[^\s/]+/\S*", value),
    "Date": lambda value: isinstance(value, str) and re.fullmatch(DAY, value),
    "DateTime": lambda value: isinstance(value, str) and re.fullmatch(DAY + r"T\d\d:\d\d:\d\dZ", value),
    "Number": lambda value: type(value) is int,
    "Boolean": lambda value: type(value) is bool,
}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object within a value that has a type."""
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(part)
    if isinstance(value, dict) and "@type" in value:
        yield value


def kinds(name: str) -> set[str]:
    """Return a type with all that it is a kind of."""
    return {name}.union(*map(kinds, TYPES[name]))


def fits(value: Any, allowed: list[str]) -> bool:
    """Whether schema.org allows a value where these types may stand; a reference has a type elsewhere."""
    if isinstance(value, dict):
        return set(value) == {"@id"} or bool(kinds(value["@type"]).intersection(allowed))
    return any(FORMS[name](value) for name in allowed if name in FORMS)


def keeps_to_schema_org(value: Any) -> None:
    for node in nodes(value):
        for name, given_ in node.items():
            if name.startswith("@"):
                continue
            assert kinds(node["@type"]).intersection(PROPERTIES[name]["domain"]), (node["@type"], name)
            for part in given_ if isinstance(given_, list) else [given_]:
                assert fits(part, PROPERTIES[name]["range"]), (name, part)


# ---------- the vocabulary ----------


def test_every_type_and_property_is_schema_orgs_and_stands_where_it_may():
    for case in cases():
        keeps_to_schema_org(case.review)


@pytest.mark.parametrize("which", SITES)
def test_so_it_is_in_the_feed(which: str):
    keeps_to_schema_org(built(which).data("api/claimreview-feed.json"))


def test_a_reference_names_what_is_there():
    for case in cases():
        names = {node["@id"] for node in nodes(case.review) if "@id" in node}
        text = json.dumps(case.review)
        assert set(re.findall(r'"@id": "([^"]+)"', text)) == names


def test_all_that_google_asks_for_is_there_and_what_it_recommends():
    for case in cases():
        for node in nodes(case.review):
            for strength in ("required", "recommended"):
                asked = set(VOCABULARY["google"][strength].get(node["@type"], ()))
                left = {*NUMBERS} if case.claim.predicts or not case.claim.verdict.value else set()
                assert asked - left <= set(node), (case.claim.id, node["@type"])
        assert {"appearance", "firstAppearance"} & set(case.review["itemReviewed"]) or not (
            case.claim.document.card.url or case.claim.document.card.translation_of
        )


def test_the_whole_object_is_there():
    corrected = next(case for case in cases() if case.claim.id == "open-letter/length")
    assert corrected.review["version"] == "3"
    assert corrected.review["correction"][-1] == {
        "@type": "CorrectionComment", "text": "We had read feet as metres.", "datePublished": "2026-11-12",
    }  # fmt: skip
    assert corrected.review["dateModified"] == "2026-11-12"
    cited = next(part for case in cases() for part in case.review["citation"] if "archivedAt" in part)
    assert list(cited) == ["@type", "url", "name", "archivedAt", "datePublished"]
    expires = {case.claim.id: case.review["expires"] for case in cases() if "expires" in case.review}
    assert expires == {"open-letter/new-bridge": "2031-01-31", "council-reply/repair-cost": "2027-05-01"}
    for case in cases():
        assert case.review["sdLicense"].startswith("https://creativecommons.org/")
        assert case.review["isAccessibleForFree"] is True
        assert [part["url"] for part in case.review["citation"]] == [s.url for s in case.claim.card.sources]


def test_the_documents_words_stand_beside_ours():
    case = next(case for case in cases() if case.claim.id == "open-letter/only-bridge")
    claim = case.review["itemReviewed"]
    assert claim["firstAppearance"]["hasPart"] == {
        "@type": "Quotation",
        "text": "It is the only bridge in town.",
        "interpretedAsClaim": {"@id": claim["@id"]},
    }
    assert claim["claimInterpreter"] == {"@id": case.review["author"]["@id"]}


def test_what_a_document_says_itself_appeared_there_first_in_its_own_language():
    by_id = {case.claim.id: case.review["itemReviewed"] for case in cases()}
    own = by_id["vg-leader/inf-scope"]
    assert own["firstAppearance"]["url"].startswith("https://www.vg.no/")
    assert [work["url"] for work in own["appearance"]] == ["https://world-today-news.com/?p=2412807"]
    for case in cases():
        relayed = case.claim.speaker.id != case.claim.document.card.author
        assert not (relayed and "firstAppearance" in case.review["itemReviewed"]), case.claim.id


# ---------- the eleven rules of standards.md, section 5.1 ----------


def test_rule_1_names_are_not_empty_and_the_address_is_that_of_the_page():
    for case in cases():
        url = case.review["url"]
        assert case.review["claimReviewed"].strip() and case.review["reviewRating"]["alternateName"].strip()
        assert len(case.review["claimReviewed"]) <= 75
        assert url.startswith("https://") and url == case.site.address + case.claim.address
        assert f'<link rel="canonical" href="{url}">' in case.page


@pytest.mark.parametrize("which", SITES)
def test_rule_2_one_on_a_page_and_each_on_its_own_only(which: str):
    where = built(which)
    own = {f"{claim.address}index.html" for claim in where.catalogue.claims if claim.rated}
    for name, raw in where.files.items():
        if name.endswith(".html"):
            assert raw.count(b'"ClaimReview"') == (name in own), name


def test_rule_3_numbers_are_whole_and_in_order_and_off_the_axis_there_is_none():
    for case in cases():
        found = [case.review["reviewRating"].get(name) for name in NUMBERS]
        if case.claim.verdict.value and not case.claim.predicts:
            value, best, worst = found
            assert all(type(number) is int for number in found)
            assert 1 <= worst < best and worst <= value <= best
        else:
            assert found == [None, None, None]


@pytest.mark.parametrize("which", SITES)
def test_rule_4_a_number_has_one_text_and_a_text_one_number(which: str):
    texts, numbers = defaultdict(set), defaultdict(set)
    for case in cases():
        rating = case.review["reviewRating"]
        if case.site is built(which):
            texts[rating.get("ratingValue")].add(rating["alternateName"])
            numbers[rating["alternateName"]].add(rating.get("ratingValue"))
    assert all(len(found) == 1 for number, found in texts.items() if number)
    assert all(len(found) == 1 for found in numbers.values())
    assert "scale/index.html" in built(which).files


def test_rule_5_an_author_has_a_name_and_is_never_the_desk_nor_the_appearance_ours():
    for case in cases():
        author = case.review["itemReviewed"].get("author", {"name": "nobody known"})
        assert author["name"].strip()
        assert author["name"] != case.review["author"]["name"]
        assert re.fullmatch(r"https://www\.wikidata\.org/wiki/Q\d+|", author.get("sameAs", ""))
        for work in works(case):
            assert urlsplit(work["url"]).hostname != urlsplit(case.review["url"]).hostname


def works(case: Case) -> list[dict[str, Any]]:
    claim = case.review["itemReviewed"]
    return [*([claim["firstAppearance"]] if "firstAppearance" in claim else []), *claim.get("appearance", [])]


def test_rule_6_appearances_are_where_it_was_said_and_evidence_is_cited():
    for case in cases():
        document = case.claim.document.card
        said = {document.url, document.translation_of.url if document.translation_of else None}
        assert {work["url"] for work in works(case)} <= said
        assert isinstance(case.review["itemReviewed"].get("appearance", []), list)
        assert isinstance(case.review["citation"], list)
        assert all(isinstance(source, dict) and source["url"] for source in case.review["citation"])


def test_rule_7_the_claim_is_text_and_has_no_name():
    for case in cases():
        claim = case.review["itemReviewed"]
        assert claim["text"] == case.claim.card.claim
        assert "name" not in claim


def test_rule_8_dates_are_days_and_none_is_before_what_it_follows():
    for case in cases():
        dates = [v for node in nodes(case.review) for name, v in node.items() if "date" in name]
        assert all(re.fullmatch(DAY, date) for date in dates)
        said = case.review["itemReviewed"].get("datePublished", "")
        assert said <= case.review["datePublished"] <= case.review["dateModified"]


def test_rule_8_a_date_that_names_no_day_is_left_out_or_is_its_first():
    where = built("small")
    claim = where.catalogue.by_id["open-letter/length"]
    loose = claim.card.model_copy(update={"published": PartialDate("2026-11"), "corrections": ()})
    said = claim.said._replace(first=PartialDate("2024-05"))
    review = claim_review(where.catalogue, replace(claim, card=loose, said=said))
    assert review
    assert review["datePublished"] == "2026-11-01"
    assert "datePublished" not in review["itemReviewed"]


def test_rule_9_the_page_says_the_same_verdict_and_the_same_claim():
    for case in cases():
        big = re.search(r'<p class="big">(.*?)</p>', case.page)
        assert big
        verdict = re.sub(r"<span.*?</span>|<[^>]*>", "", big[1]).strip()
        assert unescape(verdict) == case.review["reviewRating"]["alternateName"], case.claim.id
        judged = re.findall(r'<p class="judged">(.*?)</p>', case.page)
        assert case.review["itemReviewed"]["text"] in map(unescape, judged)
        title = re.search(r'<meta property="og:title" content="([^"]*)">', case.page)
        assert title and unescape(title[1]) == case.review["name"]


class Scripts(HTMLParser):
    """The scripts of a page as a browser parts them from the rest."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = dict(attrs).get("type") or "" if tag == "script" else ""

    def handle_data(self, data: str) -> None:
        self.found[self.inside] = self.found.get(self.inside, "") + data

    def handle_endtag(self, _tag: str) -> None:
        self.inside = ""


@pytest.fixture(scope="module")
def printer() -> tuple[Built, Renderer]:
    where, looks = built("small"), read_folder(ROOT / "templates")[0]
    return where, Renderer(read_templates(looks), read_assets(looks), where.catalogue)


MEAN = st.sampled_from(["</script>", '"', "'", "\\", "<!--", "<script>", "]]>", "&amp;", "\u2028", "”", "{}"])
TEXTS = st.lists(MEAN | st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=8), min_size=1,
                 max_size=8).map("".join).filter(str.strip)  # fmt: skip


@given(text=TEXTS)
def test_rule_10_no_words_break_the_page(printer: tuple[Built, Renderer], text: str):
    where, renderer = printer
    claim = where.catalogue.by_id["open-letter/length"]
    card = claim.card.model_copy(update={"claim": text, "short": None, "quote": text, "reason": text})
    told = replace(claim, card=card)
    (page,) = claims(where.catalogue, [claim])
    review = claim_review(where.catalogue, told)
    values = showing(**{**page.values(), "review": review})
    made = renderer.render(Page(page.address, page.template, page.title, "", values)).decode()
    script = Scripts(made).found["application/ld+json"]
    assert not set("<>&") & set(script)
    assert json.loads(script) == review


def test_rule_11_the_desk_is_an_organisation_with_an_address():
    for case in cases():
        author = case.review["author"]
        assert author["@type"] == "Organization"
        assert author["url"].startswith("https://")
        for name in ("publishingPrinciples", "correctionsPolicy"):
            assert f"{author[name].removeprefix(case.site.address)}index.html" in case.site.files
