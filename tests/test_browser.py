"""What readers get: every kind of page of the real content, in a real browser."""

import datetime as dt
import gzip
import math
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import groupby
from urllib.parse import parse_qs, urljoin, urlsplit

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab

from build import Site, assemble
from factcheck import filters
from factcheck.catalogue import Catalogue, catalogue
from factcheck.library import read_library
from factcheck.pages import Page, plan
from factcheck.shown import Shown
from factcheck.words import ENGLISH

TODAY = dt.date(2026, 11, 22)
SUBPATH = "https://example.org/some/where/"  # as `publish` serves it
SIZES = {1280: 800, 768: 1024, 360: 740}
PICTURES = ROOT / "tests/screenshots"
Publish = Callable[..., str]
expect.set_options(timeout=30_000)

AXE = Axe().axe_script
STANDARDS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": [
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice",
    ]},
    "rules": {"target-size": {"enabled": True}},
    "preload": False,  # for style sheets of other hosts; there are none
}  # fmt: skip


# ---------- the site ----------


@cache
def site() -> Site:
    return assemble(ROOT, TODAY, address=SUBPATH)


@cache
def shown() -> Catalogue:
    library, _ = read_library(ROOT)
    assert library
    return catalogue(library)


@cache
def pages() -> list[Page]:
    return [page for page in plan(shown(), TODAY) if page.template.endswith(".html")]


def varieties(page: Page) -> list[str]:
    """Return what a page has that others of its template have not."""
    values = page.values()
    if page.template == "claim.html":
        claim = values["claim"]
        marks = {
            "unproven": claim.card.verdict == "unproven",
            "overtaken": claim.card.overtaken,
            "relayed": claim.card.reporting,
        }
        return [claim.card.kind, *(name for name, found in marks.items() if found)]
    if page.template == "speaker.html":
        return ["with a plot" if values["plot"] else "without a plot"]
    if page.template == "document.html":
        return ["with an inferred date" if values["document"].card.date_note else "with a date"]
    return [""]


@cache
def kinds() -> dict[str, str]:
    """Return one address for each kind of page; one that leads away at once shows nothing."""
    found: dict[str, str] = {}
    for page in pages():
        for variety in varieties(page) if page.template != "redirect.html" else ():
            found.setdefault(f"{page.template.removesuffix('.html')} {variety}".strip(), page.address)
    return found


def first(template: str) -> str:
    """Return the address of the first kind of page that a template makes."""
    return next(path for kind, path in kinds().items() if kind.split()[0] == template)


def claims() -> tuple[Shown, ...]:
    return shown().claims


def most_cited() -> Shown:
    return max(claims(), key=lambda claim: (len(claim.card.sources), claim.id))


def plain(text: str) -> str:
    return " ".join(text.split())


# ---------- the browser ----------


@dataclass
class Heard:
    """What a tab said and asked for since it was last cleared."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def listen(self, tab: Tab) -> None:
        tab.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        tab.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        tab.on("request", lambda request: self.asked.append(request.url))

    def clear(self) -> None:
        self.said.clear()
        self.asked.clear()


@contextmanager
def opened(browser: Browser, width: int = 1280, **options: object) -> Iterator[tuple[Tab, Heard]]:
    """Open a tab of its own, as wide as said."""
    context = browser.new_context(viewport={"width": width, "height": SIZES[width]}, **options)
    tab, heard = context.new_page(), Heard()
    heard.listen(tab)
    try:
        yield tab, heard
    finally:
        context.close()


@pytest.fixture
def address(publish: Publish) -> str:
    assert [str(problem) for problem in site().problems] == []
    return publish(site().files)


def findings(tab: Tab) -> list[str]:
    """Return what axe finds in a page."""
    tab.evaluate(AXE)
    found = tab.evaluate("options => axe.run(document, options).then(r => r.violations)", STANDARDS)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]
    ]


def sideways(tab: Tab) -> int:
    """Return by how much a page is wider than its window."""
    return int(tab.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)"))


def lit(tab: Tab, found: Locator) -> bool:
    """Return whether something has the colour of the marker pen."""
    colour = "e => getComputedStyle(e).backgroundColor"
    return bool(found.evaluate(colour) == tab.locator(".skip").evaluate(colour))


def without_fading(tab: Tab) -> None:
    tab.evaluate("document.styleSheets[0].insertRule('* {transition: none !important}')")


# ---------- every kind of page ----------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_every_kind_of_page(browser, address, subtests, width, scheme):
    with opened(browser, width, color_scheme=scheme) as (tab, heard):
        for kind, path in kinds().items():
            with subtests.test(kind):
                heard.clear()
                tab.goto(address + path)
                if os.environ.get("SCREENSHOTS"):
                    name = f"{kind.replace(' ', '-')}-{width}-{scheme}.png"
                    tab.screenshot(path=PICTURES / name, full_page=True)
                assert findings(tab) == []
                assert sideways(tab) == 0
                assert heard.said == []
                assert [url for url in heard.asked if not url.startswith(address)] == []
                assert 1 < len(heard.asked) <= 5, heard.asked


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_states_that_the_content_does_not_have(browser, publish, subtests, width, scheme):
    """Withdrawn, corrected, overdue, empty and moved pages, which the small site has."""
    files = assemble(ROOT / "tests/small", TODAY, address=SUBPATH).files
    address = publish(files)
    moved = [name for name, raw in files.items() if b'http-equiv="refresh"' in raw]
    assert moved
    with opened(browser, width, color_scheme=scheme) as (tab, _):
        for name in sorted(name for name in files if name.endswith(".html")):
            with subtests.test(name):
                if name in moved:
                    text = files[name].decode()
                    tab.set_content(re.sub(r'<meta http-equiv="refresh"[^>]*>', "", text))
                else:
                    tab.goto(address + name.removesuffix("index.html"))
                assert findings(tab) == []
                assert sideways(tab) == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_forced_colours_and_large_text(browser, address, subtests, width):
    for forced in ("active", "none"):
        with opened(browser, width, forced_colors=forced) as (tab, _):
            for template in ("home", "claim", "document", "timeline"):
                with subtests.test(f"{template}, {'forced colours' if forced == 'active' else '200 %'}"):
                    tab.goto(address + first(template))
                    if forced == "none":
                        tab.evaluate("document.documentElement.style.fontSize = '200%'")
                    assert findings(tab) == []
                    assert sideways(tab) == 0


def test_pages_are_well_formed(subtests):
    for template, page in {page.template: page for page in pages()}.items():
        with subtests.test(template):
            parser = html5lib.HTMLParser()
            name = page.address if page.address.endswith(".html") else f"{page.address}index.html"
            parser.parse(site().files[name])
            assert parser.errors == []


# ---------- without a script ----------


def test_the_smallest_window_without_a_script_has_it_all(browser, address):
    said = {claim.address: claim for claim in claims()}
    lines = {f"timelines/{name}/": entry.card for name, entry in shown().library.timelines.items()}
    with opened(browser, 360, java_script_enabled=False) as (tab, _):
        tab.set_viewport_size({"width": 320, "height": 640})
        for path in dict.fromkeys([*kinds().values(), *said, *lines]):
            tab.goto(address + path, wait_until="domcontentloaded")
            assert sideways(tab) == 0, path
            assert not tab.locator("[data-copy]:visible, .find:visible").count()
            if path in said:
                everything_is_said(tab, said[path])
            elif path in lines:
                text = plain(tab.locator("main").inner_text())
                assert [e.id for e in lines[path].events if plain(e.title) not in text] == []


def everything_is_said(tab: Tab, claim: Shown) -> None:
    """Hold the page of a claim to its verdict and its sources."""
    assert tab.locator(".ruling .big").inner_text().startswith(claim.verdict.label), claim.id
    text = plain(tab.locator("main").inner_text())
    for source in claim.card.sources:
        assert plain(source.title) in text, claim.id
        assert source.publisher in text, claim.id


class Filters:
    """A timeline's filters as readers use them, and what the content says of their choice."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.timeline = next(iter(shown().library.timelines.values()))
        self.claims = shown().among(self.timeline.card)
        self.choices = filters.choices(self.claims, ENGLISH)
        self.path = f"timelines/{self.timeline.id}/"

    def choose(self, group: str, label: str) -> None:
        self.tab.get_by_role("group", name=group).get_by_role("radio", name=label, exact=True).check()

    def verdict(self, label: str) -> Locator:
        return self.tab.get_by_role("group", name="Verdict").get_by_role("checkbox", name=label, exact=True)

    def reset(self) -> None:
        self.tab.get_by_role("button", name="Show everything").click()

    def left(self) -> tuple[int, int]:
        """Return how many claims are left, among what was said and among what was settled."""
        return (self.tab.locator("li.c:visible").count(), self.tab.locator(".settles a:visible").count())

    def due(self, document: str = "", speaker: str = "", hidden: str = "") -> tuple[int, int]:
        """Return how many the content says should be left."""
        found = [
            claim for claim in self.claims
            if document in ("", claim.document.id) and speaker in ("", claim.speaker.id)
            and claim.step not in hidden
        ]  # fmt: skip
        events = {event.id for event in self.timeline.card.events}
        return len(found), sum(1 for claim in found if claim.event and claim.event.id in events)


def test_filters_work_without_a_script(browser, address):
    with opened(browser, java_script_enabled=False) as (tab, _):
        on = Filters(tab)
        tab.goto(address + on.path)
        assert on.left() == on.due() == on.due("", "", "")
        assert on.due()[0] == len(on.claims) > 0
        for document in on.choices.documents:
            on.choose("Document", document.label)
            assert on.left() == on.due(document.value), document
            for speaker in on.choices.speakers:
                on.choose("Speaker", speaker.label)
                assert on.left() == on.due(document.value, speaker.value), (document, speaker)
            on.choose("Speaker", "Anyone")
        on.reset()
        assert on.left() == on.due()
        hidden = ""
        for step in on.choices.steps:
            hidden += step.value
            on.verdict(step.label).uncheck()
            assert on.left() == on.due(hidden=hidden), step
        on.reset()
        assert on.left() == on.due()


def test_filters_intersect(browser, address):
    with opened(browser, 360, java_script_enabled=False) as (tab, _):
        on = Filters(tab)
        tab.goto(address + on.path)
        document, step = on.choices.documents[-1], on.choices.steps[0]
        on.choose("Document", document.label)
        on.verdict(step.label).uncheck()
        assert on.left() == on.due(document.value, hidden=step.value)
        for speaker in on.choices.speakers:
            on.choose("Speaker", speaker.label)
            assert on.left() == on.due(document.value, speaker.value, step.value), speaker


# ---------- with the script ----------


def asked(tab: Tab) -> dict[str, list[str]]:
    return parse_qs(tab.evaluate("location.search.slice(1)"))


def test_the_timeline_counts_and_keeps_the_choice(browser, address):
    with opened(browser) as (tab, heard):
        on = Filters(tab)
        count, total = tab.locator("#count"), len(on.claims)
        tab.goto(address + on.path)
        expect(count).to_have_text(f"{total} claims")
        document, speaker = on.choices.documents[0], on.choices.speakers[0]
        step = next(s for s in on.choices.steps if s.value != "o")
        on.choose("Document", document.label)
        expect(count).to_have_text(f"{on.due(document.value)[0]} of {total} claims")
        assert asked(tab) == {"d": [document.value]}
        on.verdict(step.label).uncheck()
        on.choose("Speaker", speaker.label)
        chosen = {"d": [document.value], "s": [speaker.value], "hide": [step.value]}
        assert asked(tab) == chosen
        left = on.due(document.value, speaker.value, step.value)
        tab.goto("about:blank")
        tab.goto(f"{address}{on.path}?d={document.value}&s={speaker.value}&hide={step.value}")
        assert on.left() == left
        expect(count).to_have_text(f"{left[0]} of {total} claims")
        assert not on.verdict(step.label).is_checked()
        on.reset()
        expect(count).to_have_text(f"{total} claims")
        assert asked(tab) == {}
        tab.goto(f"{address}{on.path}?d=no-such-document&s=%22&hide=xyz")
        assert on.left() == on.due()
        assert heard.said == []


def test_the_timeline_says_when_nothing_is_left(browser, address):
    with opened(browser) as (tab, _):
        on = Filters(tab)
        tab.goto(address + on.path)
        none = tab.locator(".tlform .empty")
        expect(none).to_be_hidden()
        for step in on.choices.steps:
            on.verdict(step.label).uncheck()
        expect(none).to_be_visible()
        expect(tab.locator("#count")).to_have_text(f"0 of {len(on.claims)} claims")
        on.reset()
        expect(none).to_be_hidden()


def test_the_citation_can_be_copied(browser, address):
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as (tab, _):
        tab.clock.install(time=0)
        tab.goto(address + claims()[0].address)
        tab.clock.pause_at(3_600_000)
        button = tab.locator("[data-copy]")
        expect(button).to_have_text("Copy citation")
        button.click()
        expect(button).to_have_text("Copied")
        tab.clock.fast_forward(10_000)
        expect(button).to_have_text("Copy citation")
        copied = tab.evaluate("navigator.clipboard.readText()")
        assert copied == tab.locator("#citation").inner_text()
        assert f"{SUBPATH}{claims()[0].address}" in copied


# ---------- citations, passages, keyboard, print ----------


@pytest.mark.parametrize("width", SIZES)
def test_a_citation_leads_to_its_source_and_back(browser, address, width):
    with opened(browser, width) as (tab, _):
        tab.goto(address + most_cited().address)
        without_fading(tab)
        letters = tab.locator(".sources .bk").all()
        assert len(letters) == tab.locator(".cite").count() >= len(most_cited().card.sources)
        for letter in letters:
            back = letter.get_attribute("href") or ""
            citation = tab.locator(f"{back} .cite, .cite{back}")
            source = citation.get_attribute("href") or ""
            citation.click()
            expect(tab.locator(f"{source}:target")).to_be_in_viewport()
            assert lit(tab, tab.locator(source))
            tab.locator(f"{source} .bk[href='{back}']").click()
            expect(tab.locator(f"{back}:target")).to_be_in_viewport()


def test_a_citation_lights_its_source(browser, address):
    with opened(browser) as (tab, _):
        tab.goto(address + most_cited().address)
        without_fading(tab)
        for number in range(1, len(most_cited().card.sources) + 1):
            source, citation = tab.locator(f"#s{number}"), tab.locator(f".cite[href='#s{number}']").first
            assert not lit(tab, source)
            citation.hover()
            assert lit(tab, source)
            tab.mouse.move(0, 0)
            assert not lit(tab, source)


def test_a_passage_and_its_note_light_each_other(browser, address):
    with opened(browser) as (tab, _):
        for entry in shown().documents:
            tab.goto(f"{address}documents/{entry.id}/")
            without_fading(tab)
            for row in shown().paragraphs[entry.id]:
                pieces = [piece.claim for _, passage in row.passages for piece in passage]
                found = [claim for claim, _ in groupby(pieces) if claim]
                marks = tab.locator(f"#par-{row.first} mark")
                expect(marks).to_have_count(len(found))
                for mark, claim in zip(marks.all(), found, strict=True):
                    note = tab.locator(f"#{claim.anchor}")
                    mark.hover()
                    assert lit(tab, note), claim.id
                    note.hover()
                    assert lit(tab, mark), claim.id


def test_numbers_and_notes_lead_to_the_claim(browser, address):
    with opened(browser) as (tab, _):
        for entry in shown().documents:
            tab.goto(f"{address}documents/{entry.id}/")
            expect(tab.locator(".note")).to_have_count(len(shown().by_document[entry.id]))
            claim = shown().by_document[entry.id][-1]
            tab.get_by_role("link", name=f"Verdict on claim {claim.number}", exact=True).click()
            note = tab.locator(f"#{claim.anchor}:target")
            expect(note).to_be_in_viewport()
            note.get_by_role("link").click()
            expect(tab.get_by_role("heading", level=1)).to_have_text(claim.words)
            assert tab.url == address + claim.address


def test_the_first_tab_skips_to_the_content(browser, address):
    for template in ("home", "claim", "timeline"):
        with opened(browser) as (tab, _):
            tab.goto(address + first(template))
            skip = tab.get_by_role("link", name="Skip to content")
            expect(skip).not_to_be_in_viewport()
            tab.keyboard.press("Tab")
            expect(skip).to_be_focused()
            expect(skip).to_be_in_viewport(ratio=1)
            tab.keyboard.press("Enter")
            expect(tab.locator("main:target")).to_be_visible()
            tab.keyboard.press("Tab")
            expect(tab.locator("main :focus")).to_have_count(1)


REACHABLE = ":is(a[href]:not([tabindex='-1']), button, input:not([type=radio]:not(:checked))):visible"
FOCUSED = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  const outlined = x => {
    const style = x && getComputedStyle(x);
    return x && style.opacity > 0 && style.outlineStyle == "solid" && parseFloat(style.outlineWidth) >= 2;
  };
  return {
    name: e == document.body ? "" : e.outerHTML,
    outlined: [e, e.closest(".row"), e.nextElementSibling].some(outlined),
    inView: box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.mark.parametrize("template", ["home", "claim", "timeline"])
def test_what_has_the_focus_shows_it(browser, address, template):
    with opened(browser) as (tab, _):
        tab.goto(address + first(template))
        stops, reachable = 0, tab.locator(REACHABLE).count()
        tab.keyboard.press("Tab")
        while (focus := tab.evaluate(FOCUSED))["name"] and stops <= reachable:
            assert focus["outlined"], focus["name"]
            assert focus["inView"], focus["name"]
            stops += 1
            tab.keyboard.press("Tab")
        assert stops == reachable > 20


def test_a_printed_claim_has_addresses_and_no_navigation(browser, address):
    claim = most_cited()
    with opened(browser, color_scheme="dark") as (tab, _):
        tab.goto(address + claim.address)
        tab.emulate_media(media="print")
        expect(tab.locator("nav:visible, .skip:visible, button:visible")).to_have_count(0)
        printed = tab.locator(".sources li > a[rel=external]").evaluate_all(
            "all => all.map(a => [a.href, getComputedStyle(a, '::after').content])"
        )
        assert len(printed) == len(claim.card.sources)
        for link, after in printed:
            assert link in after or "attr(href)" in after, link
        paper = tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert paper == "rgb(255, 255, 255)"


# ---------- lost readers, still pages ----------


def test_the_page_for_lost_readers_works_anywhere(browser, publish):
    files: dict[str, bytes] = {}
    top = publish(files)
    files |= assemble(ROOT, TODAY, address=top).files
    with opened(browser) as (tab, heard):
        answers: dict[str, int] = {}
        tab.on("response", lambda response: answers.update({response.url: response.status}))
        lost = f"{top}documents/no/such/page/"
        tab.goto(lost)
        assert answers.pop(lost) == 404
        assert [url.rsplit(".")[-1] for url in answers].count("woff2") == 2
        assert any(url.endswith(".js") for url in answers)
        assert {url: status for url, status in answers.items() if status != 200} == {}
        assert not [line for line in heard.said if "404" not in line]
        assert tab.evaluate("[...document.fonts].filter(f => f.status == 'loaded').length") >= 2
        links = {urljoin(lost, a.get_attribute("href") or "") for a in tab.locator("a").all()}
        inside = {url.split("#")[0] for url in links if url.startswith(top)} - {lost}
        assert len(inside) > 10
        assert {url for url in inside if tab.request.get(url).status != 200} == set()
        outside = {url for url in links if not url.startswith((top, "mailto:"))}
        assert all(urlsplit(url).netloc != urlsplit(top).netloc for url in outside)
        expect(tab.get_by_text(top)).to_be_visible()


MOVES = """window.moved = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => moved += entry.value))
  .observe({type: "layout-shift", buffered: true});"""


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_a_claim_loads(browser, address, width):
    with opened(browser, width) as (tab, _):
        tab.add_init_script(MOVES)
        tab.goto(address + most_cited().address)
        tab.evaluate("document.fonts.ready")
        tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert round(tab.evaluate("moved"), 2) == 0


# ---------- budgets, without a browser ----------


class Loaded(HTMLParser):
    """What a page loads by itself: its canonical address is only named."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("link", "script", "img") and given.get("rel") != "canonical":
            self.found += [given[name] or "" for name in ("href", "src") if name in given]


def squeezed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def test_pages_stay_small():
    files = site().files
    sizes = {claim.id: squeezed(files[f"{claim.address}index.html"]) for claim in claims()}
    assert {name: size for name, size in sizes.items() if size > 14 * 1024} == {}
    scripts = {name.split(".")[0]: squeezed(raw) for name, raw in files.items() if name.endswith(".js")}
    assert scripts.pop("assets/search") <= 5 * 1024
    assert sum(scripts.values()) <= 1.5 * 1024
    assert sum(len(raw) for name, raw in files.items() if name.endswith(".woff2")) <= 42 * 1024


def test_pages_load_nothing_from_elsewhere():
    for name, raw in site().files.items():
        if name.endswith(".html"):
            assert not [url for url in Loaded(raw.decode()).found if urlsplit(url).netloc], name


def luminance(light: float, chroma: float, hue: float) -> float:
    """Return the relative luminance of an oklch colour, clipped to sRGB (WCAG 2.2)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(1, max(0, channel)) for channel in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_told_apart(scheme):
    style = (ROOT / "templates/assets/style/base.css").read_text()
    blocks = re.findall(r":root\{(.*?)\}", style, re.DOTALL)
    tokens = re.findall(r"--(\w+):oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)", blocks[scheme == "dark"])
    colour = {name: luminance(*map(float, values)) for name, *values in tokens}
    for ink in ("ink", "ink2"):
        for ground in ("paper", "panel"):
            assert contrast(colour[ink], colour[ground]) >= 4.5, (ink, ground)
    for step in "012345":
        assert contrast(colour[f"v{step}"], colour["paper"]) >= 3, f"v{step}"
