"""The words of the interface: one catalogue, every language of it whole, every page in one language."""

import datetime as dt
import io
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from build import Site, assemble
from factcheck import languages
from factcheck.addresses import file_of
from factcheck.dates import PartialDate, Period
from factcheck.folder import read_folder
from factcheck.languages import read_words, unspoken
from factcheck.words import ENGLISH, Words, right_to_left

TODAY = dt.date(2026, 11, 22)
CATALOGUES = {path.stem: path for at in ("templates", "tests") for path in (ROOT / at / "words").glob("*.po")}
HELD = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
TAG = re.compile(r"<[^>]*>")


@pytest.fixture(scope="session")
def messages(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The words of the interface, found as docs/languages.md tells."""
    found = tmp_path_factory.mktemp("words") / "words.pot"
    how = ["-F", ROOT / "pyproject.toml", "-k", "pgettext:1c,2", "-o", found, ROOT]
    CommandLineInterface().run(["pybabel", "-q", "extract", *map(str, how)])
    return read_po(found.open("rb"))


def words_in(language: str) -> Words:
    looks = {f"words/{name}.po": path.read_bytes() for name, path in CATALOGUES.items()}
    words, problems = read_words(language, looks)
    assert problems == []
    return words


def texts(string: object) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (str(string or ""),)


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_is_whole(language: str, messages: Catalog):
    catalogue = read_po(CATALOGUES[language].open("rb"))
    wanted = {(m.context, m.id): m for m in messages if m.id}
    there = {(m.context, m.id): m for m in catalogue if m.id}
    assert [*wanted.keys() - there.keys()] == [], "missing"
    assert [*there.keys() - wanted.keys(), *catalogue.obsolete] == [], "in no page any more"
    for message in there.values():
        one, *many = texts(message.id)
        strings = texts(message.string)
        assert len(strings) == (catalogue.num_plurals if many else 1), one
        assert not message.fuzzy and all(strings), one
        assert [str(error) for error in message.check(catalogue)] == []
        for string in strings:
            held = set(HELD.findall(string))
            assert held <= set(HELD.findall(one)), one
            assert many or held == set(HELD.findall(one)), one
            assert many or sorted(TAG.findall(string)) == sorted(TAG.findall(one)), one
            assert string.count("<b>") == string.count("</b>"), one


# Dates


days = st.dates(dt.date(1000, 1, 1), dt.date(9998, 12, 31))
precise = st.tuples(days, st.sampled_from([4, 7, 10])).map(
    lambda pair: PartialDate(pair[0].isoformat()[: pair[1]])
)
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def english(date: PartialDate, length: int | None = None) -> str:
    parts = [int(part) for part in date.split("-")]
    months = [MONTHS[month - 1][:length] for month in parts[1:2]]
    return " ".join([*map(str, parts[2:]), *months, str(parts[0])])


@given(precise)
def test_english_dates_are_british_and_months_three_letters_long(date: PartialDate):
    assert ENGLISH.long(date) == english(date)
    assert ENGLISH.short(date) == english(date, 3)


@given(precise, precise)
def test_a_period_names_both_its_ends(one: PartialDate, other: PartialDate):
    first, last = sorted((one, other), key=lambda date: date.first)
    told = ENGLISH.long(Period(first, last))
    assert told.endswith(english(last))
    if first != last:
        same = len(first) == len(last) == 10 and first[:7] == last[:7]
        assert told == (
            f"{int(first[8:])}–{english(last)}" if same else f"{english(first)} – {english(last)}"
        )


def test_british_dates_are_those_of_the_cldr_but_for_september_and_thin_spaces():
    cldr = Words("en-GB", languages.cldr("en-GB"))
    for month in [*range(1, 9), *range(10, 13)]:
        for text in (f"2022-{month:02}-27", f"2022-{month:02}", "2022"):
            date = PartialDate(text)
            period = Period(date, PartialDate(f"2022-{month:02}-28"))
            for value in (date, period):
                told = f"{cldr.long(value)}, {cldr.short(value)}".replace("\N{THIN SPACE}", " ")
                assert told == f"{ENGLISH.long(value)}, {ENGLISH.short(value)}"
        day = dt.date(2022, month, 27)
        assert (cldr.day(day), cldr.month(day, short=True)) == (ENGLISH.day(day), ENGLISH.month(day, True))
    assert cldr.figures(12345) == ENGLISH.figures(12345) == "12,345"
    assert cldr.short(PartialDate("2022-09")) == "Sept 2022"


@pytest.mark.parametrize(("language", "told"), [
    ("nb", ["27. januar 2022", "27. jan. 2022", "januar 2022", "2022", "27.–28. januar 2022", "27. januar"]),
    ("nn", ["27. januar 2022", "27. jan. 2022", "januar 2022", "2022", "27.–28. januar 2022", "27. januar"]),
    ("ar", ["27 يناير 2022", "27 يناير 2022", "يناير 2022", "2022", "27–28 يناير 2022", "27 يناير"]),
    ("en-US", ["January 27, 2022", "Jan 27, 2022", "January 2022", "2022", None, "January 27"]),
])  # fmt: skip
def test_dates_are_those_of_the_language(language: str, told: list[str | None]):
    words = words_in(language)
    day, month, year = PartialDate("2022-01-27"), PartialDate("2022-01"), PartialDate("2022")
    period = words.long(Period(day, PartialDate("2022-01-28")))
    found = [
        words.long(day),
        words.short(day),
        words.long(month),
        words.long(year),
        period,
        words.day(day.first),
    ]
    assert [one for one, wanted in zip(found, told, strict=True) if wanted] == [t for t in told if t]


# Numbers, quotation marks, direction


def test_plurals_are_those_of_the_language():
    forms = [words_in("ar").ngettext("%(num)s claim", "%(num)s claims", n) for n in (0, 1, 2, 3, 11, 100)]
    assert forms == ["لا ادعاءات", "ادعاء واحد", "ادعاءان", "3 ادعاءات", "11 ادعاء", "100 ادعاء"]
    assert words_in("nb").ngettext("%(num)s claim", "%(num)s claims", 1) == "1 påstand"
    assert words_in("nb").number(7) == "sju"
    assert words_in("nb").number(13) == "13"
    assert words_in("nb").figures(12345) == "12\N{NO-BREAK SPACE}345"


@pytest.mark.parametrize(("language", "words", "told"), [
    ("en", "the “new” bridge ", "“the ‘new’ bridge”"),
    ("en", "den «nye» broen", "“den «nye» broen”"),
    ("en", "die „neue“ Brücke", "“die „neue“ Brücke”"),
    ("nb", "den «nye» broen", "«den ‘nye’ broen»"),
    ("nb", "the “new” bridge", "«the “new” bridge»"),
    ("ar", "الجسر «الجديد»", "«الجسر “الجديد”»"),
])  # fmt: skip
def test_quotation_marks_are_those_of_the_site(language: str, words: str, told: str):
    assert words_in(language).quoted(words) == told


# In a process of its own: to read every language at once upsets what Babel keeps of each.
EVERY_WAY = """
from babel import Locale, localedata
for name in localedata.locale_identifiers():
    print(name.replace("_", "-"), Locale.parse(name).text_direction)
"""


def test_the_way_of_a_language_is_that_of_the_cldr():
    done = subprocess.run([sys.executable, "-c", EVERY_WAY], capture_output=True, text=True, check=True)
    for language, way in map(str.split, done.stdout.splitlines()):
        assert right_to_left(language) == (way == "rtl"), language
    assert right_to_left("az-Arab-IR") and right_to_left("he-IL") and not right_to_left("ks-Deva")
    assert (ENGLISH.way("ar"), ENGLISH.way("nb"), words_in("ar").way("nb")) == ("rtl", "", "ltr")


# Which language a site gets


@pytest.mark.parametrize(("language", "sources", "warned"), [
    ("en", "Sources", False), ("en-GB", "Sources", False), ("nb", "Kilder", False),
    ("nb-NO", "Kilder", False), ("no", "Kilder", False), ("nn", "Kilder", True),
    ("de", "Sources", True), ("Klingon!", "Sources", True),
])  # fmt: skip
def test_a_language_without_words_gets_those_of_its_kin_or_english(language: str, sources: str, warned: bool):
    assert words_in(language).gettext("Sources") == sources
    looks = {f"words/{name}.po": b"" for name in CATALOGUES}
    assert bool(unspoken(language, looks)) == warned


def test_a_wrong_message_is_told_and_shown_in_english():
    raw = b"""msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

msgid "Sources"
msgstr "Quellen"

msgid "Said %(date)s"
msgstr "Gesagt %(datum)s"
"""
    words, [problem] = read_words("de", {"words/de.po": raw})
    assert words.gettext("Sources") == "Quellen"
    assert words.gettext("Said %(date)s", date="2022") == "Said 2022"
    assert str(problem).startswith(
        "templates/words/de.po:7:1: warning: unknown named placeholder 'datum' [words]"
    )
    _, [problem, _] = read_words("de", {"words/de.po": raw.replace(b"Quellen", b"100 %")})
    assert problem.message == "a per cent sign is written %%"
    words, [problem] = read_words("de", {"words/de.po": b"msgid \xff"})
    assert (problem.file, problem.code) == ("templates/words/de.po", "words")
    assert words.gettext("Sources") == "Sources"


# Sites


def spoken(small: Path, language: str, catalogue: bytes = b"") -> Site:
    """Return the small site with its interface in another language."""
    site = small / "content/site.yaml"
    site.write_text(site.read_text("utf-8").replace("language: en\n", f"language: {language}\n"), "utf-8")
    (small / "templates/words").mkdir(exist_ok=True)
    (small / f"templates/words/{language}.po").write_bytes(catalogue or CATALOGUES[language].read_bytes())
    return assemble(small, TODAY, preview=True)


class Read(HTMLParser):
    """What a page says to its reader: texts, labels, and what a link writes into a mail or report."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = False
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.silent = tag in ("style", "script", "code")
        for name, value in attributes:
            if name in ("aria-label", "title", "alt", "data-done", "data-all", "data-some"):
                self.found.append(value or "")
            if name == "href" and value and (value.startswith("mailto:") or "/issues/new" in value):
                self.found += [text for values in parse_qs(urlsplit(value).query).values() for text in values]
            if name == "content" and dict(attributes).get("name") == "description":
                self.found.append(value or "")

    def handle_endtag(self, _tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def runs(text: str) -> Iterator[list[str]]:
    """Yield the unbroken runs of Latin words of a text, without addresses, moments and the script's {n}.

    Of HTML within a feed only the text is words.
    """
    text = re.sub(r"https?://\S+|[\w-]+/\S*|T00:00:00Z|\{n\}|<.*?>", " | ", text).lower()
    for part in re.split(r"[^a-zæøåäöüß’' \n]+", text):
        if words := re.findall(r"[a-zæøåäöüß]+", part):
            yield words


def pages(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: raw.decode() for name, raw in files.items() if name.endswith((".html", "feed.xml"))}


def disguised(messages: Catalog) -> bytes:
    """Return a catalogue in which every letter of every message is a sign that no content has."""
    catalogue = Catalog(locale="ar", charset="utf-8")
    for message in messages:
        if message.id:
            strings = [
                "".join(part if place % 2 else re.sub(r"[^\W\d_]", "¤", part)
                        for place, part in enumerate(re.split(r"(%\(\w+\)s|\{\w+\}|<[^>]*>)", text)))
                for text in texts(message.id)
            ]  # fmt: skip
            catalogue.add(
                message.id, strings[:1] * 6 if len(strings) > 1 else strings[0], context=message.context
            )
    raw = io.BytesIO()
    write_po(raw, catalogue)
    return raw.getvalue()


def test_no_page_says_a_word_that_is_not_in_the_catalogue(small: Path, messages: Catalog):
    site = spoken(small, "ar", disguised(messages))
    content = "\n".join(path.read_text("utf-8") for path in (small / "content").rglob("*") if path.is_file())
    known = f" {' '.join(re.findall(r'[a-zæøåäöüß]+', content.lower()))} "
    left = {
        " ".join(words): name
        for name, text in pages(site.files).items()
        for said in Read(text).found
        for words in runs(said)
        if f" {' '.join(words)} " not in known
    }
    assert left == {}


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_site_keeps_to_its_language(small: Path, language: str, messages: Catalog):
    site = spoken(small, language)
    assert [problem.code for problem in site.problems] == ["overdue"]
    words = words_in(language)
    texts_of = {name: Read(text).found for name, text in pages(site.files).items()}
    content = "\n".join(path.read_text("utf-8") for path in (small / "content").rglob("*") if path.is_file())
    english_ones = {text for m in messages for text in texts(m.id) if " " in text and "%" not in text}
    for name, found in texts_of.items():
        for said in found:
            kept = [one for one in english_ones if one in said and one not in content]
            assert [one for one in kept if words.gettext(one) != one] == [], name
    for name, text in pages(site.files).items():
        if name.endswith(".html"):
            rtl = ' dir="rtl"' if language == "ar" else ""
            assert f'<html lang="{language}"{rtl}>' in text, name
    page = pages(site.files)["documents/council-reply/length-121/index.html"]
    ltr = ' dir="ltr"' if language == "ar" else ""
    assert f'<h1 class="quote" lang="de"{ltr}>«die Mühlenbrücke' in page


# What a reader sees


STANDARDS = {"runOnly": {"type": "tag", "values": [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice",
]}}  # fmt: skip
JUDGED = ("", "documents/council-reply/", "documents/council-reply/length-121/", "timelines/bridge/",
          "figures/")  # fmt: skip
SHOWN = (
    "", "documents/", "documents/council-reply/", "documents/council-reply/length-121/",
    "documents/council-reply/length-121/embed/",
    "documents/open-letter/half-customers/", "documents/open-letter/length/", "speakers/jana-brandt/",
    "timelines/bridge/", "sources/", "predictions/", "scale/", "search/", "figures/", "404.html",
)  # fmt: skip


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_page_in_another_language_is_whole(browser: Browser, publish, small: Path, language: str):
    """Its direction is right, it fits its window, and axe finds nothing."""
    assets = read_folder(ROOT / "templates/assets")[0]
    for name, raw in assets.items():
        (small / "templates/assets" / name).parent.mkdir(parents=True, exist_ok=True)
        (small / "templates/assets" / name).write_bytes(raw)
    site = spoken(small, language)
    known = [address for address in SHOWN if file_of(address) in site.files]
    assert len(known) == len(SHOWN)
    address = publish(site.files)
    for width in (320, 1280):
        tab = browser.new_page(viewport={"width": width, "height": 800})
        for path in known:
            tab.goto(address + path)
            wide = tab.evaluate("[document.documentElement, ...document.querySelectorAll('main, main *')]"
                                ".filter(e => e.scrollWidth > innerWidth).map(e => e.className)")  # fmt: skip
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (path, wide)
            way = "rtl" if language == "ar" else "ltr"
            assert tab.evaluate("getComputedStyle(document.body).direction") == way
            if width == 320 and path in JUDGED:
                told = Axe().run(tab, options=STANDARDS)
                assert told.violations_count == 0, (path, told.generate_report())
        tab.close()


def test_from_right_to_left_time_runs_that_way(browser: Browser, publish, small: Path):
    """The loom, the span bar, the scale and the band begin at the right."""
    for name, raw in read_folder(ROOT / "templates/assets")[0].items():
        (small / "templates/assets" / name).write_bytes(raw)
    address = publish(spoken(small, "ar").files)
    tab = browser.new_page(viewport={"width": 1280, "height": 800})

    def middles(selector: str) -> list[float]:
        centre = "all => all.map(e => e.getBoundingClientRect()).map(r => r.x + r.width / 2)"
        return list(tab.eval_on_selector_all(selector, centre))

    tab.goto(address)
    places = [tab.locator(".loom .h text", has_text=year).first.bounding_box() for year in ("1871", "2025")]
    assert places[0]["x"] > places[1]["x"]
    tab.goto(f"{address}documents/open-letter/half-customers/")
    for selector in (".span .bar i", ".scale li"):
        found = middles(selector)
        assert len(found) > 1 and found == sorted(found, reverse=True)
    tab.goto(f"{address}timelines/bridge/")
    found = middles(".band li")
    assert found == sorted(found, reverse=True)
    tab.close()
