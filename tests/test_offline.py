"""The file to keep: all of the record, by itself, with links, search and filters that work in it."""

import datetime as dt
import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from browsing import findings, opened, shown, sideways, site
from conftest import ROOT
from crowd import crowd
from playwright.sync_api import Browser, expect

from build import assemble
from factcheck import api
from factcheck.abroad import in_all
from factcheck.addresses import file_of
from factcheck.library import read_library
from factcheck.words import ENGLISH

FILE = "offline/before-24-february.html"
LINK = re.compile(r'<(?!use )[a-z][^<>]* href="([^"]*)"')
CLAIM = "#documents/vg-leader/inf-scope/"


def text() -> str:
    return site().files[FILE].decode()


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """The address of the file in a folder of its own, as a reader keeps it."""
    path = tmp_path / "kept.html"
    path.write_bytes(site().files[FILE])
    return path.as_uri()


def test_it_holds_every_claim_document_and_page():
    parts = re.findall(r'<section class="part" id="([^"]*)"', text())
    pages = {name.removesuffix("index.html") for name in site().files if name.endswith("index.html")}
    apart = ("embed/", "search/", "feeds/", "data/")
    held = {page for page in pages if not page.endswith(apart)}
    moved = {page for page in held if b'http-equiv="refresh"' in site().files[file_of(page)]}
    assert {"" if part == "./" else part for part in parts} == held - moved
    for claim in shown().claims:
        assert f'id="{claim.address}"' in text()


def test_it_asks_for_nothing_and_carries_no_review():
    assert not re.search(r'<[a-z][^>]*\s(?:src|srcset|poster)="', text())
    assert not re.search(r"url\((?!data:)", text())
    assert "font-display:optional" not in text()  # nothing is waited for, so no other face is shown
    assert re.findall(r'<link [^>]*href="([^"]*)"', text()) == ["data:,"]
    assert "application/ld+json" not in text()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text())
    assert policy
    assert "script-src 'sha256-" in policy[1]
    assert "default-src 'none'" in policy[1]


def test_every_link_leads_within_or_to_a_full_address():
    ids = set(re.findall(r'\sid="([^"]*)"', text()))
    for link in set(re.findall(r'\shref="([^"]*)"', text())):
        if link.startswith("#"):
            assert link[1:] in ids, link
        else:
            assert re.match(r"https?:|mailto:|webcal:|data:,$", link), link


def test_each_link_leads_where_it_led_on_its_page():
    top = json.loads(site().files["manifest.json"])["address"].rstrip("/") + "/"
    _, *parts = re.split(r'<section class="part" id="([^"]*)"', text())
    held = parts[::2]
    for key, part in zip(held[:-1], parts[1::2], strict=False):  # the foot of the file follows the last
        page = key.removeprefix("./")
        main = site().files[file_of(page)].decode().partition('<main id="main">')[2].partition("</main>")[0]
        for link, led in zip(LINK.findall(main), LINK.findall(part), strict=True):
            target, hash_sign, place = urljoin(top + page, unescape(link)).partition("#")
            to = target.removeprefix(top) or "./"
            within = target.startswith(top) and to in held
            assert unescape(led) == (f"#{to}{place}" if within else f"{target}{hash_sign}{place}")


def test_it_is_of_the_day_of_its_newest_verdict():
    assert f"A copy to keep, of {ENGLISH.long(shown().changed)}." in text()


def test_a_reader_goes_from_page_to_page(browser: Browser, kept: str):
    with opened(browser, 1280) as (tab, heard):
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(kept)
        expect(tab.locator(".part:visible")).to_have_count(1)
        tab.locator(".part:visible .row a").first.click()
        expect(tab.locator(".part:visible .claim-head")).to_have_count(1)
        agreement = tab.locator(".part:visible h1").filter(has_text=re.compile("^“This agreement"))
        tab.goto(f"{kept}{CLAIM}")
        expect(agreement).to_be_visible()
        expect(tab).to_have_title("Mixed: “This agreement prohibited the deployment of medium-range missiles "
                                  "with nuclear weapons in Europe” · Before 24 February")  # fmt: skip
        for _ in range(100):  # the browser may still be on its way there
            if tab.evaluate("scrollY") == 0:
                break
            tab.wait_for_timeout(20)
        assert tab.evaluate("scrollY") == 0
        tab.get_by_role("link", name="Paragraph 7").first.click()
        expect(tab.locator('[id="documents/vg-leader/inf-scope"]')).to_be_visible()
        tab.go_back()
        expect(agreement).to_be_visible()
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        assert heard.said == []


def test_search_finds_words_of_the_reasoning_and_filters_narrow(browser: Browser, kept: str):
    with opened(browser, 1280) as (tab, _):
        tab.goto(f"{kept}#find")
        everything = len(shown().claims)
        assert tab.locator("#count").inner_text() == f"{everything} of {everything} claims"
        tab.fill("#words", "warhead paper")  # both stand in the reasoning of few
        found = tab.locator("#find .row:visible h3").all_inner_texts()
        assert any(words.startswith("“This agreement prohibited") for words in found)
        assert len(found) < 10
        tab.fill("#words", "xyzzy")
        assert tab.locator("#none").is_visible()
        tab.get_by_role("button", name="Clear everything").click()
        tab.select_option("#by-d", "vg-leader")
        tab.select_option("#by-v", "mixed")
        expected = [c for c in shown().claims if c.document.id == "vg-leader" and c.verdict.id == "mixed"]
        assert tab.locator("#find .row:visible").count() == len(expected) > 0


def test_without_a_script_all_of_it_can_be_read(browser: Browser, kept: str):
    with opened(browser, 768, java_script_enabled=False) as (tab, _):
        tab.goto(f"{kept}{CLAIM}")
        assert tab.locator(".part").count() == tab.locator(".part:visible").count() > 100
        assert not tab.locator("#find").is_visible()


@pytest.mark.parametrize(("width", "scheme", "place"), [(360, "light", CLAIM), (1280, "dark", "#find")])
def test_axe_finds_nothing_in_it(browser: Browser, kept: str, width: int, scheme: str, place: str):
    """In the whole of it, of which one part shows."""
    with opened(browser, width, color_scheme=scheme) as (tab, _):
        tab.goto(kept + place)
        assert findings(tab) == []
        assert sideways(tab) == 0


def test_a_large_site_has_a_file_for_each_document(monkeypatch: pytest.MonkeyPatch):
    library, _ = read_library(ROOT)
    assert library
    whole = in_all(crowd(library, 300), [ENGLISH])
    assert [file.address for file in api.kept(whole)] == ["offline/before-24-february.html"]
    monkeypatch.setattr(api, "BOUND", 30)
    small = [entry.id for entry in shown().documents if len(shown().by_document[entry.id]) <= 30]
    assert [file.address for file in api.kept(shown())] == [f"offline/{name}.html" for name in small]


def test_a_fault_of_its_template_is_told(small: Path):
    template = small / "templates/offline.html"
    template.write_text(template.read_text("utf-8").replace("{{ site.title }}", "{{ site.titel }}"), "utf-8")
    site = assemble(small, dt.date(2026, 11, 20))
    assert site.files == {}
    assert [problem.file for problem in site.problems if problem.level == "error"] == [
        "templates/offline.html"
    ]


def test_a_tag_of_a_template_may_go_over_several_lines(small: Path):
    before = assemble(small, dt.date(2026, 11, 20)).files["offline/the-wexmere-check.html"]
    template = small / "templates/claim.html"
    broken, found = re.subn(r"<(section|a|h2)( class=\S+)? (id|href|aria-labelledby)=", r"<\1\2\n\t\3=",
                            template.read_text("utf-8"))  # fmt: skip
    assert found > 10
    template.write_text(broken, "utf-8")
    assert assemble(small, dt.date(2026, 11, 20)).files["offline/the-wexmere-check.html"] == before


MARKUP = 'write `<a href="claims/" id="y" for="z" data-copy="w">`, href="x" and <use href="z", or ' \
         "url(assets/none.woff2) and font-display:optional"  # fmt: skip


def test_words_that_look_like_markup_stay_as_they_were_written(small: Path):
    card = small / "content/documents/open-letter/built-1871.yaml"
    card.write_text(card.read_text("utf-8").replace("So does a plaque.", f"{MARKUP}. So"), "utf-8")
    site = assemble(small, dt.date(2026, 11, 20))
    assert [problem.code for problem in site.problems if problem.level == "error"] == []
    page = site.files["documents/open-letter/built-1871/index.html"].decode()
    said = re.search(r"write .*font-display:optional", page)
    assert said
    assert said[0] in site.files["offline/the-wexmere-check.html"].decode()
