"""Errors are reported from where they stand: from a part of a page, and from words that a reader chose."""

import datetime as dt
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import SUBPATH, Publish, findings, opened, sideways
from conftest import ROOT
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab

from build import assemble

TODAY = dt.date(2026, 11, 22)
HOME = "https://check.example.org/wexmere/"
KEPT = "https://example.com/wexmere/check"
CLAIM = "documents/open-letter/length/"
QUESTION = "What is wrong, and the source that shows it:\n"


def page(root: Path, *less: str) -> str:
    """Return the page of a claim where the site has fewer ways to reach its desk."""
    path = root / "content/site.yaml"
    for line in less:
        assert line in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(f"{line}\n", ""), "utf-8")
    return assemble(root, TODAY).files[f"{CLAIM}index.html"].decode()


def links(text: str, before: str) -> list[str]:
    """Return the links that follow some markup."""
    return [part.split('"')[0].replace("&amp;", "&") for part in text.split(f'{before}href="')[1:]]


# ---------- without a script ----------


def test_each_part_of_a_page_is_reported_by_its_name_and_place(small):
    text = page(small)
    asked = links(text, '<a class="wrong" ')
    assert all(url.startswith(f"{KEPT}/issues/new?title=Error") for url in asked)
    parts = {"short": "In short", "context": "In context", "then": "Then and since",
             "why": "Why this verdict", "src": "Sources"}  # fmt: skip
    assert [parse_qs(urlsplit(url).query)["body"] for url in asked] == [
        [f"Page: {HOME}{CLAIM}#{name}\n{heading}\n\n{QUESTION}"] for name, heading in parts.items()
    ]
    assert all(f'id="{name}"' in text for name in parts)


def test_letters_to_the_desk_have_spaces_and_no_plus_signs(small):
    letters = links(page(small, f"repository: {KEPT}"), "")
    letters = [link for link in letters if link.startswith("mailto:")]
    assert len(letters) == 8  # five parts, two for the page, one to a friend
    assert not [letter for letter in letters if "+" in letter]


def test_without_an_address_for_errors_no_part_offers_to_report_one(small):
    text = page(small, f"repository: {KEPT}", "contact: desk@example.org")
    assert 'class="wrong"' not in text
    assert "data-chosen" not in text


# ---------- with the script ----------


@pytest.fixture
def wexmere(publish: Publish) -> str:
    """The address of the small site."""
    return publish(assemble(ROOT / "tests/small", TODAY, address=SUBPATH).files)


CHOOSE = """(block, words) => {
  const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode, at = text.data.indexOf(words);
    if (at >= 0) return getSelection().setBaseAndExtent(text, at, text, at + words.length);
  }
}"""


def choose(tab: Tab, words: str) -> Locator:
    """Select words of the page; return the offer to report them."""
    tab.locator("article").evaluate(CHOOSE, words)
    return tab.get_by_role("link", name="Report an error in these words")


def asked(offer: Locator) -> str:
    """Return what a report would say."""
    return parse_qs(urlsplit(offer.get_attribute("href") or "").query)["body"][0]


@pytest.mark.parametrize("width", [360, 1280])
def test_chosen_words_are_reported_with_the_place_where_they_stand(browser: Browser, wexmere, width):
    words, start = "The survey gives 121 metres.", "#:~:text=The%20survey%20gives%20121%20metres."
    with opened(browser, width) as (tab, heard):
        tab.goto(wexmere + CLAIM)
        offer = choose(tab, words)
        expect(offer).to_be_in_viewport(ratio=1)
        assert asked(offer) == f"Page: {SUBPATH}{CLAIM}{start}\n\n> {words}\n\n{QUESTION}"
        assert findings(tab) == []
        assert sideways(tab) == 0
        choose(tab, "121 metres")
        expect(offer).to_have_attribute("href", re.compile("%3D121%2520metres%0A%0A%3E%20121%20metres%0A%0A"))
        tab.evaluate("getSelection().removeAllRanges()")
        expect(offer).to_have_count(0)
        tab.goto("about:blank")
        tab.goto(f"{wexmere}{CLAIM}{start}")
        expect(tab.get_by_text(words)).to_be_in_viewport()
        assert heard.said == []
        tab.route(f"{KEPT}/**", lambda route: route.fulfill(body="Thank you."))
        choose(tab, words).click()
        expect(tab).to_have_url(re.compile(re.escape(f"{KEPT}/issues/new?title=Error")))


def test_the_offer_is_next_for_the_keyboard_and_stays_while_it_has_the_focus(browser: Browser, wexmere):
    with opened(browser) as (tab, _):
        tab.clock.install()
        tab.goto(wexmere + CLAIM)
        tab.get_by_text("The survey gives 121 metres.").dblclick(position={"x": 10, "y": 10})
        tab.clock.run_for(1_000)
        offer = tab.get_by_role("link", name="Report an error in these words")
        assert "> The\n" in asked(offer)
        for _ in range(3):  # two citations stand before it in the same paragraph
            tab.keyboard.press("Tab")
        expect(offer).to_be_focused()
        expect(offer).to_have_css("outline-style", "solid")
        tab.evaluate("getSelection().removeAllRanges()")
        tab.clock.run_for(1_000)
        expect(offer).to_be_focused()
        tab.keyboard.press("Shift+Tab")
        tab.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
        tab.evaluate("getSelection().removeAllRanges()")
        tab.clock.run_for(1_000)
        expect(offer).to_have_count(0)


def test_without_an_address_for_errors_chosen_words_offer_nothing(browser: Browser, publish):
    files = assemble(ROOT, TODAY, address=SUBPATH).files
    name = next(name for name in files if re.fullmatch(r"documents/.+/.+/index\.html", name))
    with opened(browser) as (tab, heard):
        tab.clock.install()
        tab.goto(publish(files) + name.removesuffix("index.html"))
        tab.evaluate("getSelection().selectAllChildren(document.querySelector('#short + p'))")
        tab.clock.run_for(1_000)
        expect(tab.get_by_text("Report an error in these words")).to_have_count(0)
        assert heard.said == []
