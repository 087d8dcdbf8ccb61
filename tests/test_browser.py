"""What readers do with the real content, in a real browser."""

from collections.abc import Iterable
from itertools import groupby
from urllib.parse import urljoin, urlsplit

import pytest
from browsing import (
    SIZES,
    SUBPATH,
    TODAY,
    Publish,
    asked,
    claims,
    findings,
    first,
    kinds,
    most_cited,
    opened,
    plain,
    shown,
    sideways,
    site,
    without_fading,
)
from conftest import DRAWN, ROOT
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from build import assemble
from factcheck import filters, share
from factcheck.shown import Shown


@pytest.fixture(scope="module")
def address(publish: Publish) -> str:
    return publish(site().files)


def lit(tab: Tab, found: Locator) -> bool:
    """Return whether something has the colour of the marker pen."""
    colour = "e => getComputedStyle(e).backgroundColor"
    return bool(found.evaluate(colour) == tab.locator(".skip").evaluate(colour))


# ---------- without a script ----------


def test_the_smallest_window_without_a_script_has_it_all(browser, address):
    said = {claim.address: claim for claim in claims()}
    lines = {f"timelines/{name}/": entry.card for name, entry in shown().library.timelines.items()}
    with opened(browser, 320, java_script_enabled=False) as (tab, _):
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
        self.claims = shown().among(self.timeline.id)
        self.choices = filters.choices(self.claims, shown().library.verdicts.values())
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
    with opened(browser, 320, java_script_enabled=False) as (tab, _):
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
        button = tab.locator("[data-copy='#citation']")
        expect(button).to_have_text("Copy citation")
        button.click()
        expect(button).to_have_text("Copied")
        tab.clock.fast_forward(10_000)
        expect(button).to_have_text("Copy citation")
        copied = tab.evaluate("navigator.clipboard.readText()")
        assert copied == tab.locator("#citation").inner_text()
        assert f"{SUBPATH}{claims()[0].address}" in copied


# ---------- citations, passages ----------


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


# ---------- lost readers ----------


def test_the_page_for_lost_readers_works_anywhere(browser, publish):
    files: dict[str, bytes] = {}
    top = publish(files)
    files |= assemble(ROOT, TODAY, address=top, memory=DRAWN).files
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


@pytest.mark.parametrize("width", [320, 1280])
def test_figures_show_one_drawing_each_and_the_table_behind_it(browser, address, width):
    with opened(browser, width, color_scheme="dark") as (tab, _):
        tab.goto(address + first("figures"))
        assert tab.locator(".fig svg:visible").count() == tab.locator(".fig").count() >= 3
        tables = tab.locator("summary").count()
        for number in range(tables):
            tab.locator("summary").nth(number).press("Enter")
        assert tab.locator("table:visible").count() == tables
        assert findings(tab) == []
        assert sideways(tab) == 0


# ---------- frames on other sites ----------


def framed(address: str, chosen: Iterable[Shown]) -> bytes:
    """Return another site's page with claims framed by the code that their pages give."""
    site = shown().library.at(address, None).site
    text = "".join(f"<p>{share.frame(site, claim)}</p>" for claim in chosen)
    return f"<!doctype html><link rel=icon href=data:,><title>Elsewhere</title><main>{text}</main>".encode()


def test_claims_work_in_frames_on_other_sites(browser, publish, address):
    chosen = [claim for claim in claims() if claim.predicts or claim.card.kind == "opinion"][:4]
    elsewhere = publish({"index.html": framed(address, chosen)}, "/")
    with opened(browser) as (tab, heard):
        tab.goto(elsewhere)
        for claim, frame in zip(chosen, tab.locator("iframe").all(), strict=True):
            frame.scroll_into_view_if_needed()
            within = frame.content_frame
            expect(within.locator("h1")).to_have_text(claim.words)
            expect(within.locator(".word")).to_have_text(claim.verdict.label)
        tab.wait_for_load_state("networkidle")
        assert heard.said == []
        assert [url for url in heard.asked if not url.startswith((address, elsewhere))] == []
        loaded = [url for url in heard.asked if url.startswith(address) and not url.endswith("/embed/")]
        assert all(url.endswith(".woff2") for url in loaded)
        tab.locator("iframe").first.content_frame.get_by_role("link", name="Read the full check").click()
        tab.wait_for_url(address + chosen[0].address)
        assert tab.locator("iframe").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_frame_of_the_width_that_is_told_needs_no_scrolling(browser, address, scheme):
    with opened(browser, color_scheme=scheme) as (tab, _):
        for claim in claims():
            for width in (share.WIDTH, 320):
                tab.set_viewport_size({"width": width, "height": share.height(claim)})
                tab.goto(f"{address}{claim.address}embed/")
                assert sideways(tab) == 0
                foot = tab.locator(".foot").bounding_box()
                assert foot and foot["y"] + foot["height"] <= share.height(claim)  # in view at any width
                if width == share.WIDTH:
                    over = "document.documentElement.scrollHeight - innerHeight"
                    assert tab.evaluate(over) <= 0, claim.id
                    text = tab.locator(".foot").locator("xpath=preceding-sibling::*[1]").bounding_box()
                    assert text and foot["y"] - text["y"] - text["height"] < 100, claim.id


def test_the_embed_code_can_be_copied(browser, address):
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as (tab, _):
        tab.goto(address + claims()[0].address)
        button = tab.get_by_role("button", name="Copy embed code")
        assert not button.is_visible()
        tab.get_by_text("Embed this check").click()
        button.click()
        copied = tab.evaluate("navigator.clipboard.readText()")
        assert copied == share.frame(shown().library.at(SUBPATH, None).site, claims()[0])
