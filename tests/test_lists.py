"""Lists: bounded pages, each item on one of them; verdicts; claims that exclude each other."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import pytest
from browsing import TODAY, Publish, opened, shown, sideways, site
from conftest import ROOT
from crowd import crowd
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

from factcheck.addresses import file_of
from factcheck.assets import read_assets
from factcheck.audit import audit
from factcheck.catalogue import Catalogue, catalogue
from factcheck.claimreview import absolute
from factcheck.folder import read_folder
from factcheck.leaves import BOUND, leaves
from factcheck.months import LONG, joined, months, stretches
from factcheck.page import Page
from factcheck.pages import STRIPS, plan
from factcheck.renderer import Renderer, read_templates
from factcheck.shown import Shown
from factcheck.sitemap import sitemaps

MANY = 1500


@cache
def many() -> Catalogue:
    """A site in which one speaker says a thousand things, about one topic, for one reason."""
    library = crowd(shown().library, MANY)
    first = next(iter(library.speakers))
    claims = {
        name: entry if number % 3 else type(entry)(
            name, entry.file, entry.card.model_copy(update={"speaker": first, "topics": ("topic-1",)})
        )
        for number, (name, entry) in enumerate(library.claims.items())
    }  # fmt: skip
    return catalogue(type(library)(**{**vars(library), "claims": claims}))


@cache
def lists() -> list[Page]:
    """The pages of the large site that show a list."""
    return [page for page in plan(many(), TODAY).values() if "leaf" in page.values()]


def of(address: str) -> list[Page]:
    """Return the pages of one list, in order."""
    return [page for page in lists() if page.address == address or (page.values()["leaf"].number > 1
            and page.address.rsplit("/", 2)[0] + "/" == address)]  # fmt: skip


@given(st.lists(st.integers(), max_size=60), st.integers(1, 9))
def test_the_leaves_of_a_list_are_the_list(items, bound):
    made = leaves("a/b/", items, bound)
    assert [item for leaf in made for item in leaf.items] == items
    assert [leaf.address for leaf in made] == ["a/b/", *(f"a/b/{n}/" for n in range(2, len(made) + 1))]
    assert [leaf.before for leaf in made] == [None, *(leaf.address for leaf in made[:-1])]
    assert [leaf.after for leaf in made] == [*(leaf.address for leaf in made[1:]), None]
    assert all(1 <= len(leaf.items) <= bound for leaf in made) or not items
    assert [(leaf.first, leaf.last) for leaf in made if items] == [
        (at + 1, min(at + bound, len(items))) for at in range(0, len(items), bound)
    ]


def test_the_real_content_stays_on_one_page_each():
    pages = plan(shown(), TODAY).values()
    numbers = [page.values()["leaf"].leaves for page in pages if "leaf" in page.values()]
    assert set(numbers) == {1}


def test_no_page_of_a_list_is_longer_than_its_bound():
    bounds = {"documents.html": STRIPS, "timeline.html": LONG}
    assert {page.template for page in lists()} == {
        "claims.html", "contradictions.html", "corrections.html", "data.html", "documents.html", "event.html",
        "feeds.html", "predictions.html", "publisher.html", "sources.html", "speaker.html", "speakers.html",
        "timeline.html", "timelines.html", "topic.html", "topics.html", "verdict.html",
    }  # fmt: skip
    for page in lists():
        assert len(page.values()["leaf"].items) <= bounds.get(page.template, BOUND), page.address
    assert max(page.values()["leaf"].leaves for page in lists()) >= 10


def said(pages: Iterable[Page]) -> Counter[str]:
    """Return the ids of the claims on some pages."""
    return Counter(item.id for page in pages for item in page.values()["leaf"].items)


def test_every_claim_is_on_one_page_of_each_of_its_lists():
    every = {claim.id for claim in many().claims}
    assert said(of("claims/")) == Counter(every)
    verdicts = [page for page in lists() if page.template == "verdict.html"]
    assert said(verdicts) == Counter(every)
    for page in verdicts:
        assert {claim.verdict for claim in page.values()["leaf"].items} <= {page.values()["verdict"]}
    speaker = next(iter(many().library.speakers))
    pages = of(f"speakers/{speaker}/")
    assert len(pages) > 5
    found = [claim.id for page in pages for way, claim in page.values()["leaf"].items if way == "said"]
    assert found == [claim.id for claim in many().said_by(speaker)]
    assert said(of("topics/topic-1/")) == Counter(claim.id for claim in many().about("topic-1"))


def test_each_publisher_has_the_sources_that_are_its_own():
    for one in (shown(), many()):
        found = [one.sources_of(name) for name in one.publishers]
        assert all(found)
        assert sum(map(len, found)) == len(one.cited)


def test_a_timeline_in_pages_is_the_timeline():
    entry = next(iter(many().library.timelines.values()))
    pages = [joined(leaf.items) for leaf in stretches(many(), entry)]
    assert len(pages) > 10
    whole = months(many(), entry)

    def of_months(found, what) -> list[str]:
        return [claim.id for month in found for claim in getattr(month, what)]

    for what in ("said", "settled"):
        assert [name for found in pages for name in of_months(found, what)] == of_months(whole, what)
    events = [h.event.id for found in pages for month in found for h in month.happened]
    assert list(dict.fromkeys(events)) == [h.event.id for month in whole for h in month.happened]
    single = stretches(shown(), next(iter(shown().library.timelines.values())))
    assert len(single) == 1
    assert joined(single[0].items) == months(shown(), next(iter(shown().library.timelines.values())))


@cache
def rendered() -> dict[str, bytes]:
    """Some lists of the large site as files, with what they need."""
    looks, _ = read_folder(ROOT / "templates")
    assets = read_assets(looks)
    renderer = Renderer(read_templates(looks), assets, many())
    wanted = [
        page for page in lists() if page.template not in ("documents.html", "publisher.html", "topic.html")
    ]
    return {**assets.files, **{file_of(page.address): renderer.render(page) for page in wanted}}


def test_the_pages_of_a_list_stay_small():
    sizes = {name: len(raw) for name, raw in rendered().items() if name.endswith(".html")}
    assert {name: size for name, size in sizes.items() if size > 200_000} == {}


def test_the_pages_of_a_list_lead_to_each_other(browser: Browser, publish: Publish):
    address = publish(rendered())
    speaker = next(iter(many().library.speakers))
    pages = of(f"speakers/{speaker}/")
    with opened(browser, 320, java_script_enabled=False) as (tab, _):
        tab.goto(address + pages[0].address)
        for number, page in enumerate(pages, 1):
            assert tab.url == address + page.address
            assert sideways(tab) == 0
            assert (f"page {number}" in tab.title()) == (number > 1)
            pager = tab.get_by_role("navigation", name="Pages of this list")
            expect(pager.get_by_role("link", name="Previous page")).to_have_count(int(number > 1))
            expect(tab.locator(".plot")).to_have_count(int(number == 1))
            following = pager.get_by_role("link", name=f"Next page Page {number + 1} of {len(pages)}")
            if number < len(pages):
                following.focus()
                tab.keyboard.press("Enter")
                tab.wait_for_url(address + pages[number].address)
            else:
                expect(following).to_have_count(0)


def test_every_link_of_a_list_stays_within_it():
    files = rendered()
    told = {problem.message for problem in audit(files)}
    assert [message for message in told if "/2/" in message or "twice" in message] == []


# ---------- verdicts ----------


def test_a_verdict_page_defines_it_and_shows_its_claims(browser: Browser, publish: Publish):
    address = publish(site().files)
    with opened(browser) as (tab, heard):
        tab.goto(f"{address}scale/")
        for verdict in shown().library.verdicts.values():
            link = tab.locator("dt").get_by_role("link", name=verdict.label, exact=True)
            assert link.evaluate("a => a.href") == f"{address}verdicts/{verdict.id}/"
        tab.get_by_role("link", name="Mixed", exact=True).click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("Mixed")
        expect(tab.locator("h1 .g")).to_be_visible()
        expect(tab.locator(".lede")).to_have_text(shown().library.verdicts["mixed"].meaning)
        claims = [claim for claim in shown().claims if claim.verdict.id == "mixed"]
        links = tab.locator(".row h3 a").evaluate_all("all => all.map(a => a.href)")
        assert links == [address + claim.address for claim in reversed(claims)]
        tab.locator(".row a").first.click()
        tab.locator(".ruling .big").get_by_role("link").click()
        assert tab.url == f"{address}verdicts/mixed/"
        assert heard.said == []


def test_a_verdict_that_no_claim_has_says_so():
    unused = [v for v in shown().library.verdicts if not any(c.verdict.id == v for c in shown().claims)]
    assert unused
    for verdict in unused:
        assert "No claims so far" in site().files[f"verdicts/{verdict}/index.html"].decode()


# ---------- contradictions ----------


def pairs() -> list[tuple[Shown, Shown]]:
    """Return the claims that exclude each other, what was said first before the other."""
    order = [claim.id for claim in shown().claims]
    return [
        tuple(sorted((claim, related.claim), key=lambda side: order.index(side.id)))
        for claim in shown().claims for related in shown().related[claim.id]
        if related.contradicts and claim.rated and related.claim.rated
    ]  # fmt: skip


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_contradictions_stand_side_by_side(browser: Browser, publish: Publish, width):
    address = publish(site().files)
    with opened(browser, width, java_script_enabled=False) as (tab, _):
        tab.goto(f"{address}contradictions/")
        sections = tab.locator(".pair").all()
        assert len(sections) == len(pairs()) > 0
        for section, both in zip(sections, pairs(), strict=True):
            expect(section.locator(".clash")).to_contain_text("Why both cannot be true:")
            boxes = []
            for side, claim in zip(section.locator("article").all(), both, strict=True):
                expect(side).to_contain_text(claim.document.card.short)
                expect(side.get_by_role("heading")).to_have_text(claim.words)
                expect(side.locator(".verdict")).to_have_text(claim.verdict.label)
                expect(side).to_contain_text(claim.card.reason)
                boxes.append(side.bounding_box())
            assert (boxes[0]["y"] == boxes[1]["y"]) == (width >= 768)
            assert (boxes[0]["x"] == boxes[1]["x"]) == (width < 768)


# ---------- neighbours and relatives of a claim ----------


def test_a_claim_leads_to_its_neighbours_and_says_how_others_bear_on_it(browser: Browser, publish: Publish):
    address = publish(site().files)
    entry = shown().documents[0]
    claims = shown().by_document[entry.id]
    with opened(browser, java_script_enabled=False) as (tab, _):
        tab.goto(address + claims[0].address)
        for before, claim in pairwise(claims):
            following = tab.get_by_role("navigation", name="Claims in this document").locator("[rel=next]")
            expect(following).to_contain_text(claim.title)
            following.focus()
            tab.keyboard.press("Enter")
            tab.wait_for_url(address + claim.address)
            back = tab.get_by_role("navigation", name="Claims in this document").locator("[rel=prev]")
            expect(back).to_contain_text(before.title)
            assert back.evaluate("a => a.href") == address + before.address
            for related in shown().related[claim.id]:
                line = tab.get_by_role("listitem").filter(has_text=f"{related.relation}: {related.why}")
                expect(line.get_by_role("heading").filter(has_text=related.claim.words)).to_have_count(1)
        expect(tab.locator("[rel=next]")).to_have_count(0)


# ---------- the sitemap ----------


def test_a_sitemap_that_is_too_long_names_its_parts():
    listed = [page for page in lists() if page.listed]
    (whole,) = sitemaps(listed)
    assert (whole.address, whole.template) == ("sitemap.xml", "sitemap.xml")
    index, *parts = sitemaps(listed, 20)
    looks, _ = read_folder(ROOT / "templates")
    renderer = Renderer(read_templates(looks), read_assets(looks), many())
    told = re.findall("<loc>(.*?)</loc>", renderer.render(index).decode())
    assert told == [absolute(many().library.site, part.address) for part in parts]
    mapped = [re.findall("<loc>(.*?)</loc>", renderer.render(part).decode()) for part in parts]
    assert {len(some) for some in mapped[:-1]} == {20}
    assert [one for some in mapped for one in some] == [
        absolute(many().library.site, page.address) for page in listed
    ]


def test_the_lists_of_feeds_and_of_files_to_keep_are_cut():
    for address in ("feeds/", "data/"):
        pages = of(address)
        assert len(pages) > 1
        assert all(len(page.values()["leaf"].items) <= 100 for page in pages)
