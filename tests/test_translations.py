"""Claims in other languages: each page is whole, says where it is behind, and leads to the others."""

import datetime as dt
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from browsing import findings, opened, sideways
from conftest import DRAWN, ROOT
from playwright.sync_api import Browser

from build import assemble
from factcheck.changes import silent_changes
from factcheck.library import read_library
from factcheck.translation import originals, seal

TODAY = dt.date(2026, 11, 20)
ORIGINAL = "content/documents/open-letter/built-1871.yaml"
PAGE = "documents/open-letter/built-1871/index.html"
ABROAD = "documents/open-letter/built-1871/nb/index.html"


@pytest.fixture
def translated(small: Path) -> Path:
    """The small site with one claim in Norwegian."""
    return translate(small, "nb", ROOT / "templates/words/nb.po")


def translate(small: Path, language: str, words: Path) -> Path:
    shutil.copytree(ROOT / "tests/translated/nb", small / f"content/translations/{language}")
    (small / "templates/words").mkdir(exist_ok=True)
    shutil.copy(words, small / "templates/words")
    return small


def made(root: Path) -> Mapping[str, bytes]:
    site = assemble(root, TODAY, memory={})
    assert [problem.code for problem in site.problems if problem.level == "error"] == []
    return site.files


def page(files: Mapping[str, bytes], name: str) -> str:
    return files[name].decode()


def test_a_translated_claim_has_a_page_in_its_language(translated: Path):
    site = assemble(translated, TODAY, memory={})
    assert site.problems == []
    said = page(site.files, ABROAD)
    assert '<html lang="nb">' in said
    assert "Protokollen til oppsynsmennene begynner med den." not in said  # for lists only
    assert "Oppsynsmennene tok den <em>første</em> bomavgiften." in said
    assert "Den første siden, i <em>kopi</em>." in said
    assert ">Sant</a>" in said
    assert "Oversatt av Kari Nordmann." in said
    assert "er endret siden" not in said


def test_the_quote_stays_in_the_language_of_its_document(translated: Path):
    said = page(made(translated), ABROAD)
    assert '<h1 class="quote" lang="en">«The mill bridge was built in 1871»</h1>' in said


def test_each_language_leads_to_the_others(translated: Path):
    files = made(translated)
    links = [re.findall(r'hreflang="(\w+)" href="(.*?)"', page(files, name)) for name in (PAGE, ABROAD)]
    at = "https://check.example.org/wexmere/documents/open-letter/built-1871/"
    assert links == [[("en", at), ("nb", f"{at}nb/")]] * 2
    assert '<a href="nb/" hreflang="nb" lang="nb">Norsk bokmål</a>' in page(files, PAGE)
    assert '<a href="../" hreflang="en" lang="en">English</a>' in page(files, ABROAD)


def test_only_the_original_carries_a_claim_review(translated: Path):
    files = made(translated)
    assert '"ClaimReview"' in page(files, PAGE)
    assert "application/ld+json" not in page(files, ABROAD)


def test_a_translation_has_a_picture_of_its_own(translated: Path):
    shutil.copytree(ROOT / "templates", translated / "templates", dirs_exist_ok=True)
    files = assemble(translated, TODAY, memory=DRAWN).files
    picture = ABROAD.replace("index.html", "card.png")
    assert picture in files
    assert picture in page(files, ABROAD)
    assert files[picture] != files[PAGE.replace("index.html", "card.png")]


def test_a_translation_has_its_data_and_its_markdown(translated: Path):
    files = made(translated)
    data = json.loads(files[ABROAD.replace(".html", ".json")])
    at = "https://check.example.org/wexmere/documents/open-letter/built-1871/"
    assert (data["type"], data["language"], data["original"], data["behind"]) == (
        "translation",
        "nb",
        at,
        False,
    )
    text = page(files, ABROAD.replace(".html", ".md"))
    assert text.startswith("# «The mill bridge was built in 1871»\n")
    assert "**Sant.** Møllebrua ble åpnet i september 1871." in text
    assert "## Hva som ville endret konklusjonen" in text


def test_a_page_says_that_its_original_has_moved_on(translated: Path):
    """What came later is there in the language of the site, and so are facts that may have moved."""
    card = translated / ORIGINAL
    correction = "{date: 2026-11-18, class: correction, from: correct, to: mostly-correct, note: A *bill*.}"
    text = card.read_text("utf-8").replace("correct\n", "mostly-correct\n", 1)
    card.write_text(f"{text}corrections: [{correction}]\n", "utf-8")
    site = assemble(translated, TODAY, memory={})
    assert [problem.code for problem in site.problems] == ["translation-behind"]
    said = page(site.files, ABROAD)
    assert "Originalen er endret siden denne oversettelsen ble laget" in said
    assert ">Stort sett sant</a>" in said
    assert '<span lang="en">A <em>bill</em>.</span>' in said
    assert '<span lang="en">The wardens took the <em>first</em> toll.</span>' in said
    assert "Møllebrua ble åpnet i september 1871." in said


@pytest.mark.parametrize("field", ["verdict", "summary", "reasoning", "note", "text"])
def test_the_seal_tells_of_each_change(field: str, small: Path):
    before, _ = read_library(small)
    card = small / ORIGINAL
    words = {
        "verdict": ("correct", "mixed"), "summary": ("opened", "begun"), "text": ("*first*", "*last*"),
        "reasoning": ("opens", "begins"), "note": ("first page", "last page"),
    }  # fmt: skip
    card.write_text(card.read_text("utf-8").replace(*words[field], 1), "utf-8")
    after, _ = read_library(small)
    assert before and after
    name = "open-letter/built-1871"
    assert seal(before.claims[name].card) != seal(after.claims[name].card)


def test_every_text_of_a_claim_is_translated_or_named_here():
    """A field that comes to the model comes to translations, or is one that they leave alone."""
    known, _ = read_library(ROOT)
    assert known
    alone = {
        "accessed", "after", "archived", "before", "by", "checked", "class", "contradicts",
        "date", "depends_on", "derived_from", "due", "formerly", "from", "id", "judgement", "key",
        "kind", "language", "narrows", "overtaken", "published", "publisher", "quote", "quoted",
        "read", "repeats", "resolved", "review_by", "reviewed_by", "said", "settled_by", "short",
        "sources", "speaker", "stance", "status", "supports", "title", "to", "topics", "url",
        "verdict", "was",
    }  # fmt: skip
    for entry in known.claims.values():
        texts = set(originals(entry.card).values())
        for path, text in entry.card.texts():
            names = [part for part in path if isinstance(part, str)]
            assert text in texts or names[-1] in alone, path


def test_a_former_address_leads_to_the_translation(translated: Path):
    card = translated / ORIGINAL
    card.write_text(card.read_text("utf-8") + "formerly: [open-letter/old-name]\n", "utf-8")
    files = made(translated)
    assert 'url=../../built-1871/nb/"' in page(files, "documents/open-letter/old-name/nb/index.html")


def test_a_translation_does_not_disappear(translated: Path):
    before, _ = read_library(translated)
    (translated / "content/translations/nb/open-letter/built-1871.yaml").unlink()
    after, _ = read_library(translated)
    assert before and after
    assert [finding.code for finding in silent_changes(before, after)] == ["disappeared"]


def test_a_translation_of_a_draft_waits_with_it(translated: Path):
    card = translated / ORIGINAL
    card.write_text(card.read_text("utf-8") + "status: draft\n", "utf-8")
    assert ABROAD not in assemble(translated, TODAY, memory={}).files


def test_a_page_from_right_to_left_marks_what_is_borrowed(browser: Browser, publish, small: Path):
    """axe finds nothing on it; words of the site run their own way."""
    shutil.copytree(ROOT / "templates", small / "templates", dirs_exist_ok=True)
    translate(small, "ar", ROOT / "tests/words/ar.po")
    address = publish(assemble(small, TODAY, preview=True).files)
    with opened(browser, 360) as (tab, _):
        tab.goto(f"{address}documents/open-letter/built-1871/ar/")
        assert tab.evaluate("document.documentElement.dir") == "rtl"
        assert tab.locator("h1").evaluate("e => [e.lang, e.dir]") == ["en", "ltr"]
        assert sideways(tab) == 0
        assert findings(tab) == []
