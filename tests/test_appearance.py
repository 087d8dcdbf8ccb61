"""What every kind and state of page looks like: to axe, at each width, by keyboard, on paper."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from browsing import (
    CONTRAST,
    ROOM,
    SIZES,
    SUBPATH,
    TODAY,
    Heard,
    Publish,
    claims,
    findings,
    first,
    kinds,
    most_cited,
    opened,
    sideways,
    site,
)
from conftest import ROOT
from playwright.sync_api import Browser, Route, expect
from playwright.sync_api import Page as Tab

from build import assemble
from factcheck.addresses import file_of

PICTURES = ROOT / "tests/screenshots"
MOST_REQUESTS = 5
PAPERS = {"A4": 665, "Letter": 687}  # what the margins of print.css leave of their width, in pixels
MOST_SHEETS = 4  # of a claim with more sources than most


@dataclass(frozen=True)
class State:
    """A page as it is shown: where it is served, or, where it would lead away, its text."""

    address: str
    text: str = ""

    def show(self, tab: Tab) -> None:
        if self.text:
            tab.set_content(self.text)
        else:
            tab.goto(self.address)


@pytest.fixture(scope="module")
def real(publish: Publish) -> dict[str, State]:
    """Every kind of page of the real content."""
    address = publish(site().files)
    return {kind: State(address + path) for kind, path in kinds().items()}


@cache
def bare(folder: Path) -> Path:
    """Return content that has no claims yet, in a folder."""
    for path in (ROOT / "tests/small/content").rglob("*"):
        to = folder / path.relative_to(ROOT / "tests/small")
        if path.name in ("document.yaml", "text.txt") or (path.is_file() and "documents" not in path.parts):
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(path.read_bytes())
    return folder


def looks(html: str) -> set[str]:
    """Return the kinds of element in a page, each with its classes."""
    return set(re.findall(r'<(\w+(?: class="[^"]*")?)', html))


@pytest.fixture(scope="module")
def staged(publish: Publish, tmp_path_factory: pytest.TempPathFactory) -> dict[str, State]:
    """Pages with elements that no page of their kind had before: what the small site has, and drafts.

    Withdrawn, corrected, overdue, empty and moved pages, drafts as a preview shows them, and a site
    without claims.
    """
    small, none = ROOT / "tests/small", bare(tmp_path_factory.mktemp("bare"))
    found: dict[str, State] = {}
    seen: dict[str, set[str]] = {}
    for name, root, preview in (("small", small, False), ("draft", small, True), ("bare", none, False)):
        files = assemble(root, TODAY, address=SUBPATH, preview=preview).files
        assert files, name
        address = publish(files)
        for file in sorted(file for file in files if file.endswith(".html")):
            text = files[file].decode()
            kind = f"{file.split('/')[0]} {file.count('/')}"
            if looks(text) <= seen.setdefault(kind, set()) and name != "bare":
                continue
            seen[kind] |= looks(text)
            still = re.sub(r'<meta http-equiv="refresh"[^>]*>', "", text)
            state = State(address + file.removesuffix("index.html"), still if still != text else "")
            found[f"{name}/{file}"] = state
    return found


Setting = tuple[int, str, str]  # width, colour scheme, and whether colours are forced or text is large
Asked = Mapping[str, tuple[str, ...]]  # which rules of axe: see `findings`
ALL: Asked = {}
EVERY_SETTING: Mapping[Setting, Asked | None] = {
    (1280, "light", ""): ALL,
    (1280, "dark", ""): {"only": CONTRAST},
    (1280, "light", "forced"): {"only": CONTRAST},
    (1280, "light", "large"): {"only": ROOM},
    (768, "light", ""): {"but": CONTRAST},
    (768, "dark", ""): None,
    (320, "light", ""): ALL,
    (320, "dark", ""): {"only": CONTRAST},
    (320, "light", "large"): {"only": ROOM},
}
TWO_SETTINGS: Mapping[Setting, Asked | None] = {(320, "dark", ""): ALL, (1280, "light", ""): ALL}


def look_at(tab: Tab, name: str, settings: Mapping[Setting, Asked | None]) -> list[str]:
    """Return what is wrong with the looks of the page in a tab, in each setting.

    axe is asked what a setting can change. What shows at 768 pixels shows at 320 or 1280, so there
    its colours are pictured only.
    """
    wrong = []
    for (width, scheme, how), asked in settings.items():
        tab.set_viewport_size({"width": width, "height": SIZES[width]})
        tab.emulate_media(color_scheme=scheme, forced_colors="active" if how == "forced" else "none")
        tab.evaluate(f"document.documentElement.style.fontSize = '{'200%' if how == 'large' else ''}'")
        setting = f"{width}-{scheme}{'-' if how else ''}{how}"
        if asked is not None:
            wrong += [f"{setting}: {finding}" for finding in findings(tab, **asked)]
        if wider := sideways(tab):
            wrong.append(f"{setting}: {wider} pixels wider than the window")
        if os.environ.get("SCREENSHOTS"):
            file = re.sub(r"[^\w-]+", "-", f"{name}-{setting}") + ".png"
            tab.screenshot(path=PICTURES / file, full_page=True)
    return wrong


def noise(heard: Heard, address: str) -> list[str]:
    """Return what a page said in the console, and what it asked for too much."""
    elsewhere = [url for url in heard.asked if not url.startswith(address)]
    many = [f"{len(heard.asked)} requests"] if len(heard.asked) > MOST_REQUESTS else []
    return heard.said + elsewhere + many


def test_every_kind_of_page(browser: Browser, real, subtests):
    top = real["home"].address
    with opened(browser) as (tab, heard):
        for kind, state in real.items():
            with subtests.test(kind):
                heard.clear()
                state.show(tab)
                assert noise(heard, top) == []
                assert look_at(tab, kind, EVERY_SETTING) == []


def test_every_state(browser: Browser, staged, subtests):
    with opened(browser) as (tab, _):
        for name, state in staged.items():
            with subtests.test(name):
                state.show(tab)
                assert look_at(tab, name, TWO_SETTINGS) == []


# ---------- nothing moves ----------

MOVES = """window.moved = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => moved += entry.value))
  .observe({type: "layout-shift", buffered: true});"""
PAINTED = """new Promise(done => new PerformanceObserver(done).observe({type: "paint", buffered: true}))"""
SETTLED = """document.fonts.ready
  .then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))"""


def moved(browser: Browser, address: str, width: int) -> float:
    """Return how much moves in a page whose fonts come only after it was painted (web.dev/cls)."""
    late: list[Route] = []
    painted = False

    def hold(route: Route) -> None:
        if painted:
            route.continue_()
        else:
            late.append(route)

    with opened(browser, width) as (tab, _):
        tab.route("**/*.woff2", hold)
        tab.add_init_script(MOVES)
        tab.goto(address, wait_until="commit")
        tab.evaluate(PAINTED)
        assert late
        painted = True
        for route in late:
            route.continue_()
        tab.wait_for_load_state("load")
        tab.evaluate(SETTLED)
        return float(tab.evaluate("moved"))


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_when_fonts_come_late(browser: Browser, real, width):
    templates = ("home", "document", "timeline", "search")
    paths = [most_cited().address, *(first(template) for template in templates)]
    pages = [real["home"].address + path for path in paths]
    assert {page: moved(browser, page, width) for page in pages} == dict.fromkeys(pages, 0)


# ---------- keyboard ----------

REACHABLE = """:is(a[href]:not([tabindex='-1']), button, summary, select,
  input:not([type=radio]:not(:checked))):visible"""
WATCH = """all => {
  window.stops = [];
  const outlined = x => {
    const style = x && getComputedStyle(x);
    return x && style.opacity > 0 && style.outlineStyle == "solid" && parseFloat(style.outlineWidth) >= 2;
  };
  document.addEventListener("keyup", event => {
    const e = document.activeElement;
    if (event.key != "Tab" || e == document.body) return;
    const wrong = [], box = e.getClientRects()[0], label = e.closest("label");
    const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    const seen = document.elementFromPoint(x, y);
    if (![e, e.closest(".row"), e.nextElementSibling].some(outlined)) wrong.push("no outline");
    if (!seen) wrong.push("outside the window");
    else if (!e.contains(seen) && !(label && label.contains(seen))) wrong.push("covered");
    stops.push({index: all.indexOf(e), name: e.outerHTML.slice(0, 160), wrong});
  });
}"""


@pytest.mark.parametrize("width", [320, 1280])
def test_the_tab_key_reaches_everything_and_shows_where(browser: Browser, real, subtests, width):
    with opened(browser, width) as (tab, _):
        for kind, state in real.items():
            with subtests.test(kind):
                state.show(tab)
                reachable = tab.locator(REACHABLE)
                reachable.evaluate_all(WATCH)
                for _ in range(reachable.count()):
                    tab.keyboard.press("Tab")
                stops = tab.evaluate("stops")
                assert [(stop["name"], stop["wrong"]) for stop in stops if stop["wrong"]] == []
                assert [stop["index"] for stop in stops] == list(range(reachable.count()))
                assert stops


def test_the_first_tab_skips_to_the_content(browser: Browser, real):
    with opened(browser) as (tab, _):
        for kind in ("home", "claim statement", "timeline", "404"):
            real[kind].show(tab)
            skip = tab.get_by_role("link", name="Skip to content")
            expect(skip).not_to_be_in_viewport()
            tab.keyboard.press("Tab")
            expect(skip).to_be_focused()
            expect(skip).to_be_in_viewport(ratio=1)
            tab.keyboard.press("Enter")
            expect(tab.locator("main:target")).to_be_visible()
            tab.keyboard.press("Tab")
            expect(tab.locator("main :focus")).to_have_count(1)


# ---------- paper ----------

CLIPPED = """() => [...document.querySelectorAll("body *")].filter(e => {
  if (e.closest("svg svg, svg > *, .sr, .skip, .sprite") || !e.getClientRects().length) return false;
  const box = e.getBoundingClientRect();
  return box.width && (box.left < -1 || box.right > innerWidth + 1);
}).map(e => e.outerHTML.slice(0, 160))"""


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_is_clipped_on_paper(browser: Browser, real, subtests, paper):
    with opened(browser, color_scheme="dark") as (tab, _):
        tab.emulate_media(media="print")
        tab.set_viewport_size({"width": PAPERS[paper], "height": 1000})
        for kind, state in real.items():
            with subtests.test(kind):
                state.show(tab)
                assert tab.evaluate(CLIPPED) == []
                assert sideways(tab) <= 1  # of a pixel's rounding
                expect(tab.locator("nav:visible, .skip:visible, button:visible")).to_have_count(0)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_claim_fits_few_sheets(browser: Browser, real, paper):
    top = real["home"].address
    longest = sorted(claims(), key=lambda claim: len(site().files[file_of(claim.address)]))[-3:]
    with opened(browser) as (tab, _):
        for claim in longest:
            tab.goto(top + claim.address)
            tab.evaluate("document.fonts.ready")
            sheets = len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format=paper, prefer_css_page_size=False)))
            assert 1 <= sheets <= MOST_SHEETS, claim.id


def test_a_printed_claim_has_addresses_and_white_paper(browser: Browser, real):
    claim = most_cited()
    with opened(browser, color_scheme="dark") as (tab, _):
        tab.goto(real["home"].address + claim.address)
        tab.emulate_media(media="print")
        printed = tab.locator(".sources li > a[rel=external]").evaluate_all(
            "all => all.map(a => [a.href, getComputedStyle(a, '::after').content])"
        )
        assert len(printed) == len(claim.card.sources)
        for link, after in printed:
            assert link in after or "attr(href)" in after, link
        paper = tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert paper == "rgb(255, 255, 255)"


def test_the_keyboard_alone_works_a_timeline(browser: Browser, real):
    with opened(browser) as (tab, _):
        tab.goto(real["home"].address + first("timeline"))
        radios = tab.get_by_role("group", name="Document").get_by_role("radio")
        everything = tab.locator("li.c:visible").count()
        radios.first.focus()
        tab.keyboard.press("ArrowRight")
        expect(radios.nth(1)).to_be_checked()
        assert 0 < tab.locator("li.c:visible").count() < everything
        for key in ("Tab", "Tab", "Space"):
            tab.keyboard.press(key)
        expect(tab.locator("[name=v]").first).not_to_be_checked()
        tab.get_by_role("button", name="Show everything").focus()
        tab.keyboard.press("Enter")
        expect(tab.locator("li.c:visible")).to_have_count(everything)
