"""The real content: whole, proven, and true of what the method page promises."""

import datetime as dt
import gzip
import re
from functools import cache
from xml.etree import ElementTree

import pytest
from conftest import DRAWN, ROOT

from build import Site, assemble
from factcheck import evidence
from factcheck.library import Library, read_library
from factcheck.quotes import quote_digest

TODAY = dt.date(2026, 11, 22)


@cache
def site() -> Site:
    return assemble(ROOT, TODAY, memory=DRAWN)


@cache
def library() -> Library:
    found, problems = read_library(ROOT)
    assert found and not problems
    return found


def pages(pattern: str) -> dict[str, str]:
    return {name: raw.decode() for name, raw in site().files.items() if re.fullmatch(pattern, name)}


def claim_pages() -> dict[str, str]:
    return pages(r"documents/[^/]+/[^/]+/index\.html")


def test_it_builds_with_no_problem():
    assert [str(problem) for problem in site().problems] == []
    assert site() == assemble(ROOT, TODAY, memory=DRAWN)


def test_every_checkable_claim_has_its_card():
    rated = [entry for entry in library().claims.values() if entry.card.kind != "opinion"]
    assert sum(entry.id.startswith("vg-leader/") for entry in rated) >= 22
    assert sum(entry.id.startswith("geneva-talks/") for entry in rated) >= 24
    opinions = [entry for entry in library().claims.values() if entry.card.kind == "opinion"]
    assert all(entry.card.uncheckable for entry in opinions)


def test_every_rated_card_was_read_twice_on_two_origins():
    for entry in library().claims.values():
        if entry.card.kind != "opinion":
            assert entry.card.reviewed_by, entry.id
            assert len(evidence.origins(entry.card.sources)) >= 2, entry.id
            assert entry.card.settled_by or entry.card.verdict in ("unproven", "still-open"), entry.id


def test_every_quote_is_the_one_that_was_proven():
    for entry in library().claims.values():
        document, _, name = entry.id.partition("/")
        proof = library().proofs[document].card
        assert proof.sha256 == library().documents[document].card.text.sha256
        card = entry.card
        assert proof.places[name].seal == quote_digest(card.before, card.quote, card.after), entry.id


def test_the_timeline_has_its_events():
    events = library().timelines["road-to-war"].card.events
    days = sorted(event.date for event in events)
    assert len(events) >= 25
    assert days[0] <= "1987-12-08"
    assert days[-1] == "2024-03-07"
    assert all(event.sources for event in events)


def test_a_claim_page_is_light():
    for name, text in claim_pages().items():
        assert len(gzip.compress(text.encode(), 9)) <= 14 * 1024, name


def test_no_page_asks_another_host():
    loading = re.compile(
        r'<(?:script|img|iframe|source|object|embed)[^>]*\ssrc="([^"]+)"'
        r'|<link[^>]*rel="(?:stylesheet|preload|icon)"[^>]*href="([^"]+)"|url\(([^)]+)\)|@import'
    )
    for name, text in pages(r".*\.html").items():
        for found in loading.finditer(text):
            assert "//" not in found[0] or found[0].startswith("url(data:font/woff2;"), f"{name}: {found[0]}"


def test_links_within_the_site_are_relative():
    for name, text in pages(r".*\.html").items():
        if name != "404.html":
            assert not re.search(r'(?:href|src)="/', text), name


def test_the_feed_and_the_sitemap_name_every_page():
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(site().files["feed.xml"])
    assert len(feed.findall(f"{atom}entry")) == min(50, len(library().claims))
    for entry in feed.findall(f"{atom}entry"):
        assert entry.findtext(f"{atom}updated", "").endswith("Z")
    sitemap = ElementTree.fromstring(site().files["sitemap.xml"])
    listed = {node.text for node in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    address = library().site.address
    built = {address + name.removesuffix("index.html") for name in pages(r"(?!.*/embed/)(.*/)?index\.html")}
    assert listed == built
    assert f"Sitemap: {address}sitemap.xml" in site().files["robots.txt"].decode()


@pytest.mark.parametrize("page", ["method", "about", "corrections-policy"])
def test_the_house_says_how_it_works(page: str):
    text = site().files[f"{page}/index.html"].decode()
    assert len(re.sub(r"<[^>]+>", " ", text).split()) > 250


def test_the_limits_are_said():
    text = " ".join(
        re.sub(r"<[^>]+>", " ", site().files[f"{page}/index.html"].decode()) for page in ("method", "about")
    )
    for words in ("November 2026", "archived copies", "opened live", "machine", "language model"):
        assert words in text, words
