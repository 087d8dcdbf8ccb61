"""The look: every component in every state, as a reader's browser shows it."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from browsing import TODAY, Publish, kinds, opened, shown, site, without_fading
from conftest import ROOT
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab

from build import Site, assemble
from factcheck.assets import read_assets
from factcheck.folder import read_folder

SMALL = ROOT / "tests/small"


@cache
def small() -> Site:
    """Return the small site, which has the states that the content has not, drafts included."""
    return assemble(SMALL, TODAY, address="https://example.org/some/where/", preview=True)


@pytest.fixture
def address(publish: Publish) -> str:
    return publish(small().files)


# ---------- styles ----------

# Which selectors of the whole sheets match something on the page, and are not in its style?
MISSED = """whole => {
  const found = new Map();
  const walk = (rules, into) => { for (const rule of rules)
    if (rule.selectorText) into(rule.selectorText); else if (rule.cssRules) walk(rule.cssRules, into); };
  const split = text => text.match(/(?:[^,(]|\\((?:[^()]|\\([^()]*\\))*\\))+/g).map(one => one.trim());
  const STATES = /:(hover|focus|focus-visible|target|checked)(?![a-z-])/g;
  const sheet = new CSSStyleSheet; sheet.replaceSync(whole);
  const here = new Set;
  walk(document.styleSheets[0].cssRules, text => split(text).forEach(one => here.add(one)));
  const missed = new Set;
  walk(sheet.cssRules, text => split(text).forEach(one => {
    const bare = one.replace(/::[a-z-]+/g, "").replace(STATES, ":not(x)");
    if (!here.has(one) && document.querySelector(bare || "*")) missed.add(one);
  }));
  return [...missed];
}"""


def test_no_page_misses_a_style_that_could_touch_it(browser: Browser, publish: Publish, subtests):
    sheets = read_assets(read_folder(ROOT / "templates")[0]).styles
    address = publish(site().files)
    with opened(browser) as (tab, _):
        for kind, path in kinds().items():
            with subtests.test(kind):
                tab.goto(address + path)
                own = kind.startswith("embed")  # a frame has one sheet, of its own
                whole = (text for name, text in sheets.items() if own == (name == "embed"))
                assert tab.evaluate(MISSED, "".join(whole)) == []


# ---------- states ----------


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Tab]:
    """A tab that is as wide as a desk's, with the small site behind it."""
    with opened(browser) as (tab, _):
        tab.goto(address)
        without_fading(tab)
        yield tab


def css(found: Locator, name: str, pseudo: str = "") -> str:
    return str(found.evaluate("(e, [n, p]) => getComputedStyle(e, p)[n]", [name, pseudo or None]))


def token(tab: Tab, name: str) -> str:
    """Return a colour of the palette as a browser computes it."""
    made = """name => {
      const e = document.createElement("i"); e.style.color = `var(--${name})`; document.body.append(e);
      const colour = getComputedStyle(e).color; e.remove(); return colour;
    }"""
    return str(tab.evaluate(made, name))


LETTER, REPLY = "documents/open-letter/", "documents/council-reply/"


@pytest.mark.parametrize(
    ("path", "due"),
    [
        (f"{REPLY}nobody-complained/", ("Withdrawn", "o", "On 10 November 2026: The sentence is a figure")),
        (f"{LETTER}signature/", ("Under review", "f0", "This claim is logged")),
        (f"{LETTER}new-bridge/", ("Still open", "p0", "The time it speaks of is not over.")),
        (f"{LETTER}lost-heart/", ("Opinion, not rated", "o", "No evidence could show")),
        (f"{LETTER}known-ten-years/", ("Unproven", "f0", "")),
    ],
)
def test_a_verdict_off_the_scale_has_a_word_a_mark_and_a_sentence(tab, address, path, due):
    word, glyph, says = due
    tab.goto(address + path)
    ruling = tab.locator(".ruling")
    expect(ruling.locator(".big")).to_have_text(word)
    expect(ruling.locator(".big use")).to_have_attribute("href", f"#{glyph}")
    expect(ruling.locator(":scope > .sub")).to_contain_text(says)
    assert len(ruling.locator(":scope > .sub").inner_text()) > 20
    expect(ruling.locator(".scale, .span")).to_have_count(0)
    assert css(ruling, "borderTopColor") == token(tab, "v0")
    mark, sentence = ruling.locator(".big").bounding_box(), ruling.locator(":scope > .sub").bounding_box()
    assert mark and sentence
    assert sentence["x"] > mark["x"] + 100  # beside the word, where other verdicts have the scale


def test_a_claim_that_was_overtaken_stays_true_and_says_since_when(tab, address):
    tab.goto(f"{address}{LETTER}only-bridge/")
    expect(tab.locator(".ruling .big")).to_have_text("True Overtaken 1 Sep 2025")
    expect(tab.locator(".ruling .sub")).to_contain_text("no longer so since 1 September 2025")
    assert css(tab.locator(".ruling .tag"), "borderTopStyle") == "solid"
    expect(tab.locator(".scale [aria-current=true]")).to_have_text("True")


def test_the_page_says_who_checked_it_where_the_words_stand_and_what_it_said_before(tab, address):
    tab.goto(f"{address}{LETTER}only-bridge/")
    tab.get_by_role("link", name="read twice").click()
    checked = tab.locator("#checked:target + dl")
    expect(checked).to_contain_text("The desk, by what was on record up to 20 November 2026")
    expect(checked).to_contain_text("Second reader")
    expect(checked).to_contain_text("Paragraph 2, characters 89 to 119")
    expect(checked.get_by_role("link", name="2 passages of this text, and why")).to_be_visible()
    log = tab.locator("#history + ol li")
    expect(log).to_have_text(
        [
            re.compile(
                "4 Nov 2026.*The claim read: “In May 2024 the mil bridge was the only bridge in Wexmere."
            ),
            re.compile("3 Nov 2026.*Update"),
            re.compile("2 Nov 2026.*Published as True"),
        ]
    )
    tab.goto(f"{address}{LETTER}length/")
    expect(tab.locator("#history + ol li").first).to_contain_text("From Mixed to False.")
    tab.get_by_role("link", name="2 passages of this text, and why").click()
    expect(tab.locator("#unchecked:target")).to_be_visible()


def test_evidence_is_counted_for_and_against_with_its_origins(tab, address):
    tab.goto(f"{address}{LETTER}crossings/")
    expect(tab.locator(".balance")).to_contain_text("2 links, 2 independent origins")
    expect(tab.locator(".balance + .how")).to_have_text("Supports 1Against 1")
    archived, looked_up = tab.locator(".how a.snapshot"), tab.locator(".how a[href*='web.archive.org']")
    expect(archived).to_have_count(0)
    expect(looked_up).to_have_count(2)
    tab.goto(f"{address}{LETTER}length/")
    expect(archived).to_have_text("Archived copy")


def test_a_fragment_says_so_beside_its_words(tab, address):
    for path, before, after in (
        (f"{LETTER}length/", "… ", ""),
        (f"{LETTER}built-1871/", "", ""),
        (f"{LETTER}crossings/", "", ""),
    ):
        tab.goto(address + path)
        head = tab.locator("h1")
        found = [css(cut, "content", "::before").strip('"') for cut in head.locator(".cut").all()]
        assert found == [mark.replace(" ", "\xa0") for mark in (before, after) if mark], path
    tab.goto(f"{address}{LETTER}length/")
    expect(tab.locator("h1")).to_have_text("“it is 212 metres long”")  # copied and read as it was said
    expect(tab.locator(".rows .cut").first).to_be_attached()


def test_lists_that_are_empty_or_short_say_so(tab, address, publish):
    tab.goto(f"{address}speakers/jana-brandt/")
    expect(tab.locator(".plot")).to_have_count(0)
    expect(tab.get_by_text("is too few for a picture")).to_be_visible()
    tab.goto(f"{address}corrections/")
    expect(tab.locator(".log li")).to_have_count(6)
    expect(tab.locator(".log")).not_to_contain_text("..")
    tab.goto(f"{publish(site().files)}corrections/")
    expect(tab.locator(".empty h2")).to_have_text("No corrections so far")
    assert css(tab.locator(".empty"), "borderTopStyle") == "dashed"


def test_the_page_tells_its_own_weight():
    for name, raw in small().files.items():
        if name.endswith(".html") and b"weighs" in raw:
            told = re.search(r"This page weighs (\d+) KB", raw.decode())
            assert told, name
            assert abs(int(told[1]) - len(raw) / 1024) <= 0.51, name


# ---------- pointing at things ----------


def test_what_is_pointed_at_is_marked(tab, address):
    marker, ink = token(tab, "marker"), token(tab, "ink")
    tab.goto(f"{address}{LETTER}length/#s1")
    without_fading(tab)
    assert css(tab.locator("#s1"), "backgroundColor") == marker
    link = tab.locator(".who a").first
    assert css(link, "textDecorationThickness") == "1px"
    link.hover()
    assert css(link, "textDecorationThickness") == "2px"
    button = tab.locator(".btn").first
    button.hover()
    assert css(button, "backgroundColor") == ink
    row = tab.locator(".row").first
    assert css(row.locator("a").first, "textDecorationLine") == "none"
    row.hover()
    assert css(row.locator("a").first, "textDecorationLine") == "underline"
    row.locator("a").first.focus()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    assert css(row, "outlineWidth") == "3px"
    tab.goto(f"{address}{LETTER}#length")
    without_fading(tab)
    assert css(tab.locator("#length"), "backgroundColor") == marker


def test_a_thread_that_is_pointed_at_comes_forward(tab):
    threads = tab.locator(".loom .h a:has(.t)")
    first, other = threads.first, threads.nth(1)
    assert css(first.locator(".t"), "strokeWidth") == "1.6px"
    first.locator("use").hover()
    assert css(first.locator(".t"), "strokeWidth") == "3.5px"
    assert (css(first, "opacity"), css(other, "opacity")) == ("1", "0.16")


def test_a_citation_leads_there_and_back_by_keyboard(tab, address):
    tab.goto(f"{address}{LETTER}length/")
    without_fading(tab)
    citation = tab.locator("#r1b")
    citation.focus()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    assert css(tab.locator("#s1"), "backgroundColor") == token(tab, "marker")
    tab.keyboard.press("Enter")
    expect(tab.locator("#s1:target")).to_be_in_viewport()
    back = tab.locator("#s1 .bk[href='#r1b']")
    for _ in range(8):
        tab.keyboard.press("Tab")
        if back.evaluate("e => e == document.activeElement"):
            break
    expect(back).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("#r1b:target")).to_be_in_viewport()


def test_the_strip_marks_the_paragraph_in_view(tab, address):
    tab.goto(address + LETTER)
    for number in (4, 2):
        tab.locator(f"#par-{number}").evaluate("e => scrollTo(0, e.offsetTop - innerHeight * .35)")
        current = tab.locator(".map [aria-current]")
        expect(current).to_have_attribute("href", f"#par-{number}")
        assert css(current, "backgroundColor", "::after") == token(tab, "ink")


@pytest.mark.parametrize("width", [360, 1280])
def test_every_segment_of_the_strip_can_be_touched(browser, publish, width):
    address = publish(site().files)
    with opened(browser, width) as (tab, _):
        for entry in shown().documents:
            tab.goto(f"{address}documents/{entry.id}/")
            boxes = tab.locator(".map a").evaluate_all(
                "all => all.map(a => a.getBoundingClientRect()).map(b => [b.width, b.height, b.top])"
            )
            assert min(min(box[:2]) for box in boxes) >= 24, entry.id
            if width < 1000:
                assert len({round(box[2]) for box in boxes}) == 1, entry.id  # none alone in a second line


# ---------- forced colours, paper ----------


def test_forced_colours_keep_every_word_and_mark(browser, address):
    with opened(browser, forced_colors="active", color_scheme="dark") as (tab, _):
        for path, found in ((LETTER, ".read mark"), (f"{LETTER}length/", ".ctx mark")):
            tab.goto(address + path)
            assert css(tab.locator(found).first, "color") == css(tab.locator("body"), "color")
            assert css(tab.locator(found).first, "color") != css(tab.locator("body"), "backgroundColor")
        tab.goto(address)
        text = css(tab.locator("body"), "color")
        for drawn in (".loom .h .t", ".loom .h .ax", ".loom .h .line"):
            assert css(tab.locator(drawn).first, "stroke") == text, drawn
        assert css(tab.locator(".loom .h text").first, "fill") == text


def sheets(tab: Tab, size: str) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format=size)))


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_paper(browser, publish, address, size):
    top = publish(site().files)
    with opened(browser, color_scheme="dark") as (tab, _):
        tab.goto(f"{address}{LETTER}length/")
        assert sheets(tab, size) <= {"A4": 3, "Letter": 3}[size]
        most = max(shown().claims, key=lambda claim: (len(claim.card.sources), claim.id))
        tab.goto(top + most.address)
        assert sheets(tab, size) <= 4
        tab.goto(top)
        assert sheets(tab, size) <= 3
        tab.emulate_media(media="print")
        expect(tab.locator(".loom .h")).to_be_visible()
        expect(tab.locator(".loom .v")).to_be_hidden()
