"""Search as readers use it, in a real browser: words, facets, keys, the address, and no script."""

import re
import shutil
from functools import cache
from urllib.parse import parse_qs

import pytest
from browsing import SUBPATH, TODAY, Publish, findings, opened, shown, sideways, site
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from build import assemble
from factcheck import search
from factcheck.index import Index
from factcheck.shown import Shown
from factcheck.terms import split


@cache
def numbered() -> list[Shown]:
    return search.numbered(shown())


@cache
def words(claim: Shown) -> tuple[frozenset[str], ...]:
    """Return the terms of a claim by weight class."""
    return tuple(frozenset(split(text)) for text in search.texts(shown(), claim))


def due(query: str, **facets: str) -> list[str]:
    """Return the ids of the claims that a query must find, whatever their order."""
    terms = list(split(query))
    ways = {
        "v": lambda c: c.verdict.id, "s": lambda c: c.speaker.id, "d": lambda c: c.document.id,
        "k": lambda c: c.card.kind,
    }  # fmt: skip

    def holds(claim: Shown, at: int, term: str) -> bool:
        beginning = at == len(terms) - 1 or len(term) > 3
        every = frozenset().union(*words(claim))
        return any(word == term or (beginning and word.startswith(term)) for word in every)

    return [
        claim.id for claim in numbered()
        if all(holds(claim, at, term) for at, term in enumerate(terms))
        and all(ways[name](claim) == value for name, value in facets.items())
    ]  # fmt: skip


def asked(tab: Tab) -> dict[str, list[str]]:
    """Return what the address asks for."""
    return parse_qs(tab.evaluate("location.search.slice(1)"))


class Search:
    """The search page in a tab."""

    def __init__(self, tab: Tab, address: str, query: str = "") -> None:
        self.tab, self.address = tab, address
        self.field = tab.get_by_role("searchbox")
        self.rows = tab.locator("#found li")
        self.links = tab.locator("#found h3 a")
        self.start = tab.locator("#start")
        tab.goto(f"{address}search/{query}")

    def found(self) -> list[str]:
        """Return the ids of the claims that are listed."""
        links = self.links.evaluate_all("all => all.map(a => a.href)")
        return [re.sub(r".*/documents/(.*)/$", r"\1", link) for link in links]

    def counted(self, number: int) -> None:
        """Wait until so many claims are said to be found."""
        expect(self.tab.get_by_role("status")).to_have_text(f"{number} of {len(numbered())} claims")

    def choose(self, label: str, value: str) -> None:
        self.tab.get_by_label(label, exact=True).select_option(value)


@pytest.fixture
def address(publish: Publish) -> str:
    return publish(site().files)


def only_in_the_grounds() -> tuple[str, Shown]:
    """Return a word that stands in the reasoning of one claim and in nothing that a list shows."""
    everywhere = [term for claim in numbered() for place in words(claim) for term in place]
    for claim in numbered():
        says, short, grounds, sources = words(claim)
        for term in sorted(grounds - says - short - sources, key=len, reverse=True):
            if sum(other.startswith(term) for other in everywhere) == 1 and term.isalpha():
                return term, claim
    raise AssertionError("no such word")


# ---------- words ----------


def test_a_word_of_the_reasoning_finds_its_claim_and_shows_where(browser: Browser, address: str):
    word, claim = only_in_the_grounds()
    with opened(browser) as (tab, heard):
        page = Search(tab, address)
        page.field.fill(word.upper())
        page.counted(1)
        assert page.found() == [claim.id]
        passage = page.rows.locator(".hit")
        expect(passage.locator("mark")).to_have_text(re.compile(word, re.IGNORECASE))
        expect(passage.locator("b")).not_to_be_empty()
        assert [url for url in heard.asked if not url.startswith(address)] == []
        assert heard.said == []


def test_each_letter_narrows(browser: Browser, address: str):
    query = "russia sanctions verd"
    with opened(browser) as (tab, _):
        page = Search(tab, address)
        for end in range(1, len(query) + 1):
            page.field.fill(query[:end])
            page.counted(len(due(query[:end])))
        page.field.fill("missile treaty")
        page.counted(len(due("missile treaty")))
        assert sorted(page.found()) == sorted(due("missile treaty"))
        for mark in page.rows.locator("h3 mark, .why mark").all_inner_texts():
            assert mark.lower().startswith(("missile", "treaty"))
        page.field.fill("treaty zzqq")
        expect(tab.locator("#none")).to_be_visible()
        page.counted(0)
        page.field.fill("")
        expect(page.start).to_be_visible()
        expect(tab.get_by_role("status")).to_be_empty()


def test_what_a_claim_says_comes_before_its_reasons_and_its_sources(browser: Browser, address: str):
    term = "missiles"
    with opened(browser) as (tab, _):
        page = Search(tab, address, f"?q={term}")
        page.counted(len(due(term)))
        places = {claim.id: next(at for at, place in enumerate(words(claim)) if term in place)
                  for claim in numbered() if any(term in place for place in words(claim))}  # fmt: skip
        order = [places[name] for name in page.found()]
        assert order == sorted(order)
        assert len(set(order)) > 1


def test_more_are_shown_when_asked_for(browser: Browser, address: str):
    with opened(browser) as (tab, _):
        page = Search(tab, address, "?q=the")
        page.counted(len(due("the")))
        expect(page.rows).to_have_count(10)
        more = tab.get_by_role("button", name="Show more")
        more.click()
        expect(page.rows).to_have_count(20)
        expect(page.links.nth(10)).to_be_focused()
        while more.is_visible():
            shown_so_far = page.rows.count()
            more.click()
            expect(page.rows).not_to_have_count(shown_so_far)
        assert sorted(page.found()) == sorted(due("the"))


SCRIPTS = {
    "Ærøskøbing and Łódź": ["aeroskobing", "ÆRØ", "lodz", "ŁÓDŹ"],
    "Straße in İstanbul": ["strasse", "istanbul", "STRASSE"],
    "東京都の医院": ["東京", "京都", "医院", "院", "東"],
    "กรุงเทพมหานคร": ["กรุง", "เทพ", "มหานคร"],
    "किताब और कलम": ["किताब", "कलम", "कि"],
    "הַסֵּפֶר وَالكِتَاب": ["הספר", "والكتاب"],
    "ΟΔΟΣ и ёлка": ["οδος", "ΟΔΟΣ", "елка", "ёлк"],
    "ﬁnal ½ cafe\u0301": ["final", "café", "cafe", "1⁄2"],
}


def test_any_script_is_found_as_it_is_typed(browser: Browser, publish: Publish, small, subtests):
    """What the script makes of a word is what the build made of it."""
    card = small / "content/documents/council-reply/length-121.yaml"
    text = card.read_text("utf-8")
    summary = " ".join(SCRIPTS)
    card.write_text(re.sub(r"\nsummary:.*?(?=\n\w)", f"\nsummary: {summary}", text, flags=re.DOTALL), "utf-8")
    shutil.rmtree(small / "templates")
    files = assemble(small, TODAY, address=SUBPATH).files
    address = publish(files)
    with opened(browser) as (tab, _):
        page = Search(tab, address)
        for queries in SCRIPTS.values():
            for query in queries:
                with subtests.test(query):
                    page.field.fill(query)
                    expect(page.links).to_have_count(1)
                    expect(page.rows.locator("mark").first).to_be_visible()
        page.field.fill("京東")
        expect(tab.locator("#none")).to_be_visible()


# ---------- facets ----------


def options(tab: Tab, label: str) -> dict[str, str]:
    """Return the choices of a facet by their value, as they are labelled."""
    found = (
        tab.get_by_label(label, exact=True)
        .locator("option")
        .evaluate_all("all => all.map(o => [o.value, o.textContent.trim()])")
    )
    return {value: text for value, text in found if value}


def test_facets_narrow_together(browser: Browser, address: str):
    with opened(browser) as (tab, heard):
        page = Search(tab, address, "?q=nato")
        page.counted(len(due("nato")))
        page.choose("Verdict", "correct")
        page.counted(len(due("nato", v="correct")))
        page.choose("Document", "vg-leader")
        page.counted(len(due("nato", v="correct", d="vg-leader")))
        page.choose("Kind", "statement")
        left = due("nato", v="correct", d="vg-leader", k="statement")
        page.counted(len(left))
        assert set(page.found()) <= set(left)
        assert asked(tab) == {"q": ["nato"], "v": ["correct"], "d": ["vg-leader"], "k": ["statement"]}
        # Each choice says how many claims it would leave, the other choices kept.
        left_by = {
            verdict: len(due("nato", v=verdict.id, d="vg-leader", k="statement"))
            for verdict in shown().library.verdicts.values()
        }
        assert options(tab, "Verdict") == {v.id: f"{v.label} ({n})" for v, n in left_by.items() if n}
        tab.get_by_role("button", name="Clear everything").click()
        expect(page.start).to_be_visible()
        assert asked(tab) == {}
        expect(page.field).to_be_focused()
        assert heard.said == []


def test_a_facet_alone_lists_the_newest_first(browser: Browser, address: str):
    with opened(browser) as (tab, _):
        page = Search(tab, address)
        page.choose("Speaker", "vg")
        mine = [claim.id for claim in reversed(numbered()) if claim.speaker.id == "vg"]
        expect(page.rows).to_have_count(10)
        assert page.found() == mine[:10]


def test_time_is_a_year_or_a_month(browser: Browser, address: str):
    with opened(browser) as (tab, _):
        page = Search(tab, address)
        page.field.focus()
        counted = ["Any time", "2022 (56)", "January 2022 (56)"]
        expect(tab.locator("select[name=y] option")).to_have_text(counted)
        assert [*options(tab, "Said in")] == ["2022", "2022-01"]
        page.choose("Said in", "2022-01")
        page.counted(56)


# ---------- the address ----------


def test_the_address_keeps_the_search(browser: Browser, address: str):
    with opened(browser) as (tab, heard):
        page = Search(tab, address)
        page.field.fill("treaty")
        page.counted(len(due("treaty")))
        page.field.press("Enter")
        page.field.fill("troops border")
        page.counted(len(due("troops border")))
        page.choose("Verdict", "correct")
        both = due("troops border", v="correct")
        page.counted(len(both))
        assert asked(tab) == {"q": ["troops border"], "v": ["correct"]}
        tab.go_back()
        page.counted(len(due("troops border")))
        expect(tab.get_by_label("Verdict", exact=True)).to_have_value("")
        tab.go_back()
        page.counted(len(due("treaty")))
        expect(page.field).to_have_value("treaty")
        tab.go_back()
        expect(page.start).to_be_visible()
        for _ in range(3):
            tab.go_forward()
        page.counted(len(both))
        page.links.first.click()
        expect(tab.get_by_role("heading", level=1)).to_be_visible()
        assert (
            tab.url == f"{address}documents/{both[0]}/" or tab.url.split("/documents/")[1].rstrip("/") in both
        )
        tab.go_back()
        page.counted(len(both))
        expect(page.field).to_have_value("troops border")
        assert heard.said == []


@pytest.mark.parametrize(
    "query", ["?q=%22%3E%3Cscript%3E&v=no-such&s=%27", "?d=&q=", "?q=%F0%9F%A4%B7&y=20x"]
)
def test_odd_addresses_do_no_harm(browser: Browser, address: str, query: str):
    with opened(browser) as (tab, heard):
        Search(tab, address, query)
        tab.wait_for_load_state("networkidle")
        expect(tab.locator("#broken")).to_be_hidden()
        assert heard.said == []
        assert tab.locator("main script").count() == 0


# ---------- keys ----------


def test_keys_lead_to_the_results_and_back(browser: Browser, address: str):
    with opened(browser) as (tab, _):
        page = Search(tab, address, "?q=sanctions")
        page.counted(len(due("sanctions")))
        page.field.focus()
        tab.keyboard.press("ArrowDown")
        expect(page.links.first).to_be_focused()
        tab.keyboard.press("ArrowDown")
        expect(page.links.nth(1)).to_be_focused()
        tab.keyboard.press("ArrowUp")
        tab.keyboard.press("ArrowUp")
        expect(page.field).to_be_focused()
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("Escape")
        expect(page.field).to_be_focused()
        tab.keyboard.press("ArrowDown")
        first = page.found()[0]
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"**/documents/{first}/")
        tab.go_back()
        page.counted(len(due("sanctions")))
        page.field.focus()
        tab.keyboard.press("Escape")
        expect(page.field).to_have_value("")
        expect(page.start).to_be_visible()


def test_tabbing_reaches_field_choices_and_results(browser: Browser, address: str):
    with opened(browser) as (tab, _):
        page = Search(tab, address, "?q=sanctions")
        page.counted(len(due("sanctions")))
        page.field.focus()
        names = []
        for _ in range(8):
            tab.keyboard.press("Tab")
            names.append(tab.evaluate("document.activeElement.name || document.activeElement.type || ''"))
        assert names == ["v", "s", "d", "t", "k", "y", "reset", ""]
        expect(page.links.first).to_be_focused()


# ---------- without a script, without an index ----------


def test_without_a_script_the_page_leads_to_every_claim(browser: Browser, address: str):
    with opened(browser, 320, java_script_enabled=False) as (tab, _):
        tab.goto(f"{address}search/")
        expect(tab.locator("#find, #found, #none, #broken").locator("visible=true")).to_have_count(0)
        expect(tab.locator("noscript p")).to_be_visible()
        assert tab.locator(".rows .row:visible").count() == search.NEWEST
        links = set(tab.locator("#start a").evaluate_all("all => all.map(a => new URL(a.href).pathname)"))
        base = address.split("/", 3)[3]
        for kind in ("verdicts", "speakers", "topics", "documents"):
            assert any(re.fullmatch(rf"/{base}{kind}/[^/]+/", link) for link in links), kind
        assert f"/{base}claims/" in links
        tab.goto(f"{address}claims/")
        expect(tab.locator(".rows .row")).to_have_count(len(numbered()))
        assert sideways(tab) == 0


def test_an_index_that_cannot_be_read_is_said(browser: Browser, publish: Publish):
    files = {name: raw for name, raw in site().files.items() if not name.startswith("search/terms/")}
    with opened(browser) as (tab, _):
        page = Search(tab, publish(files))
        page.field.fill("treaty")
        expect(tab.locator("#broken")).to_be_visible()
        expect(tab.locator("#found")).to_be_hidden()
        expect(tab.get_by_role("status")).to_be_empty()


def test_an_unfinished_word_of_a_large_index_waits(browser: Browser, publish: Publish, monkeypatch):
    """The beginning of very many words takes nothing away until it is a word or few begin with it."""
    monkeypatch.setattr(Index.shards, "__defaults__", (80,))
    files = {**site().files, **{name: content for name, (content, _) in search.fetched(shown()).items()}}
    with opened(browser) as (tab, heard):
        page = Search(tab, publish(files), "?q=sanctions")
        page.counted(len(due("sanctions")))
        heard.clear()
        every = [term for claim in numbered() for place in words(claim) for term in place]
        assert "pr" not in every
        page.field.fill("sanctions pr")
        page.counted(len(due("sanctions")))
        page.field.fill("sanctions preside")
        page.counted(len(due("sanctions preside")))
        assert 0 < len(due("sanctions preside")) < len(due("sanctions"))
        assert len(heard.asked) < 60


# ---------- every state ----------

STATES = {
    "results": "?q=nato+enlarge",
    "one facet": "?v=mixed",
    "nothing": "?q=zzzz",
    "passages": "?q=woolf",
}


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing_in_any_state(browser: Browser, address: str, subtests, width, scheme):
    with opened(browser, width, color_scheme=scheme) as (tab, heard):
        for name, query in STATES.items():
            with subtests.test(name):
                Search(tab, address, query)
                expect(tab.get_by_role("status")).not_to_be_empty()
                tab.wait_for_load_state("networkidle")
                assert findings(tab) == []
                assert sideways(tab) == 0
                assert heard.said == []


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_where_the_index_is_missing(browser: Browser, publish: Publish, width):
    files = {name: raw for name, raw in site().files.items() if name != "search/index.json"}
    with opened(browser, width) as (tab, _):
        Search(tab, publish(files), "?q=nato")
        expect(tab.locator("#broken")).to_be_visible()
        assert findings(tab) == []
        assert sideways(tab) == 0


def test_only_the_search_page_has_the_script_of_the_search():
    scripts = {
        name: re.findall(r'<script src="[^"]*assets/(\w+)\.', raw.decode())
        for name, raw in site().files.items() if name.endswith(".html")
    }  # fmt: skip
    assert scripts["search/index.html"] == ["search"]
    assert [name for name, found in scripts.items() if "search" in found] == ["search/index.html"]
