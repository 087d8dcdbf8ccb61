"""The data for other programs, read as they read it and held to what others wrote of their shapes."""

import datetime as dt
import json
import re
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import fastjsonschema
import pytest
from browsing import Publish, opened
from conftest import ROOT
from lxml import etree
from markupsafe import escape
from playwright.sync_api import Browser
from reviewed import SITES, built, cases

from build import assemble
from factcheck.quotes import normalise

JSON_FEED = "jsonfeed-schema@0.5.0"
SITEMAP = "sitemap@9.0.1"  # has the XSD of sitemaps.org
JSON_LD = "jsonld@9.0.0"
TIMELINEJS = "@knight-lab/timelinejs@3.9.11"
ANNOTATIONS = ROOT / "tests/annotation-context.json"
LINK = re.compile(r'</a>[^<]*\. <a href="([^"]*)" rel="external"([^>]*)>')
TODAY = dt.date(2026, 11, 22)


# ---------- the verdicts ----------


@pytest.mark.parametrize("which", SITES)
def test_the_feed_holds_the_object_of_each_page_and_of_the_withdrawn_the_day(which: str):
    where = built(which)
    feed = where.data("api/claimreview-feed.json")
    elements = {element["url"]: element for element in feed["dataFeedElement"]}
    assert len(elements) == len(feed["dataFeedElement"])
    reviews = {case.review["url"]: case.review for case in cases() if case.site is where}
    assert {url: one["item"] for url, one in elements.items() if "item" in one} == {
        url: [review] for url, review in reviews.items()
    }
    gone = {url: one["dateDeleted"] for url, one in elements.items() if "item" not in one}
    withdrawn = f"{where.address}documents/council-reply/nobody-complained/"
    assert gone == ({withdrawn: "2026-11-10T00:00:00Z"} if which == "small" else {})
    assert feed["@id"] == f"{where.address}api/claimreview-feed.json"
    assert feed["dateModified"] == max(one["dateModified"] for one in elements.values())
    lines = where.files["api/claimreview.ndjson"].decode().removesuffix("\n").split("\n")
    assert [json.loads(line) for line in lines] == list(reviews.values())


@pytest.mark.parametrize("which", SITES)
def test_each_claim_has_a_line_of_its_own_in_a_dump(which: str):
    for name, field in (
        ("claimreview-feed", "dataFeedElement"), ("claims-search", "claims"), ("changes", "changes"),
    ):  # fmt: skip
        text = built(which).files[f"api/{name}.json"].decode()
        start = text.index(f'"{field}":[\n') + len(field) + 5
        rows = text[start:].removesuffix("\n]}\n").split(",\n")
        assert [json.loads(row) for row in rows] == json.loads(text)[field]


def test_google_finds_the_verdicts_as_its_own_search_gives_them():
    for case in cases():
        review = case.review
        found = {claim["claimReview"][0]["url"]: claim
                 for claim in case.site.data("api/claims-search.json")["claims"]}[review["url"]]  # fmt: skip
        assert found["claimReview"] == [{
            "publisher": {"name": review["author"]["name"], "site": urlsplit(review["url"]).hostname},
            "url": review["url"],
            "title": review["name"],
            "reviewDate": f"{review['datePublished']}T00:00:00Z",
            "textualRating": review["reviewRating"]["alternateName"],
            "languageCode": "en",
        }]  # fmt: skip
        assert found["text"] == review["claimReviewed"]
        assert found["claimant"] == review["itemReviewed"]["author"]["name"]
        assert found["claimDate"] == f"{review['itemReviewed']['datePublished']}T00:00:00Z"


def test_each_verdict_can_be_sent_to_google_as_it_stands():
    keys = {
        "url", "claimReviewed", "claimDate", "claimFirstAppearance", "claimAppearances", "claimAuthor",
        "rating",
    }  # fmt: skip
    for case in cases():
        sent = case.site.data(f"api/factchecktools/pages/{case.claim.id}.json")
        review, claim = case.review, case.review["itemReviewed"]
        assert (sent["pageUrl"], sent["publishDate"]) == (review["url"], review["datePublished"])
        assert sent["claimReviewAuthor"] == {"name": review["author"]["name"]}
        [markup] = sent["claimReviewMarkups"]
        assert set(markup) <= keys
        assert markup["url"] == review["url"]
        assert markup.get("claimFirstAppearance") == claim.get("firstAppearance", {}).get("url")
        assert markup.get("claimAppearances", []) == [work["url"] for work in claim.get("appearance", [])]
        rating = review["reviewRating"]
        renamed = {"textualRating": rating["alternateName"], **rating}
        assert markup["rating"] == {name: renamed[name] for name in renamed if name[0] != "@" and
                                    name != "alternateName"}  # fmt: skip


def test_what_has_no_verdict_is_not_sent_nor_found():
    where = built("small")
    left = [claim for claim in where.catalogue.claims if not claim.rated]
    assert {claim.card.kind for claim in left} == {"opinion", "statement"}
    for claim in left:
        assert f"api/factchecktools/pages/{claim.id}.json" not in where.files
        assert claim.address not in where.files["api/claims-search.json"].decode()


# ---------- what changed ----------


def test_what_changed_is_told_newest_first_and_adds_up_to_the_verdicts_of_today():
    where = built("small")
    told = where.data("api/changes.json")["changes"]
    dates = [change["date"] for change in told]
    assert dates == sorted(dates, reverse=True)
    verdicts = {}
    for change in reversed(told):
        if change["kind"] == "verdict":
            assert verdicts[change["claim"]] == change["from"]
        if change["kind"] in ("published", "verdict"):
            verdicts[change["claim"]] = change.get("to") or change["verdict"]
    now = {claim.id: claim.verdict for claim in where.catalogue.claims if not claim.card.withdrawn}
    assert {name: verdicts[name]["id"] for name in now} == {name: verdict.id for name, verdict in now.items()}
    assert told[0] == {
        "date": "2026-11-12", "kind": "verdict", "claim": "open-letter/length",
        "url": f"{where.address}documents/open-letter/length/",
        "title": "The mill bridge is 212 metres long.", "class": "correction",
        "note": "We had read feet as metres.",
        "from": {"id": "mixed", "label": "Mixed"}, "to": {"id": "wrong", "label": "False"},
    }  # fmt: skip
    back = [change["kind"] for change in told if change["claim"] == "council-reply/nobody-complained"]
    assert back == ["withdrawn", "corrected", "published"]  # the first two on one day
    assert [change["dateDeleted"] for change in told if change["kind"] == "withdrawn"] == [
        "2026-11-10T00:00:00Z"
    ]


def test_no_data_knows_what_day_it_is(small: Path):
    def told(today: dt.date) -> dict[str, bytes]:
        files = assemble(small, today).files
        dumps = ("api/claimreview", "api/claims-search", "api/factchecktools", "api/changes", "api/timelines")
        return {name: raw for name, raw in files.items() if name.startswith(dumps)}

    assert told(TODAY) == told(dt.date(2035, 1, 1))


# ---------- annotations ----------


def test_annotations_find_the_words_in_the_text_and_say_which_text_and_state():
    texts = {
        "open-letter": "content/documents/open-letter/text.txt",
        "council-reply": "texts/council-reply.txt",
    }
    where = built("small")
    for document, file in texts.items():
        text = normalise((ROOT / "tests/small" / file).read_text("utf-8"))
        page = where.data(f"documents/{document}/annotations.json")
        assert page["partOf"]["total"] == len(page["items"]) > 3
        for item in page["items"]:
            assert item["body"] == where.address + f"documents/{document}/{item['id'].split('#')[1]}/"
            quote, position = item["target"]["selector"]
            start, end = position["start"], position["end"]
            before, after = quote.get("prefix", ""), quote.get("suffix", "")
            assert text[start - len(before) : end + len(after)] == before + quote["exact"] + after
            assert item["created"] <= item["modified"]
            assert item["target"]["schema:sha256"] == where.catalogue.library.proofs[document].card.sha256
    letter = where.data("documents/open-letter/annotations.json")["items"][0]["target"]
    assert letter["state"] == {
        "type": "TimeState", "sourceDateStart": "2024-05-02T00:00:00Z",
        "sourceDateEnd": "2024-05-02T23:59:59Z", "cached": "https://archive.example.net/2024/open-letter",
    }  # fmt: skip


def test_a_snapshot_tells_the_moment_of_the_state(small: Path):
    card = small / "content/documents/open-letter/document.yaml"
    copy = "https://web.archive.org/web/20240503101112/https://example.com/post/open-letter"
    text = card.read_text("utf-8").replace("https://archive.example.net/2024/open-letter", copy)
    card.write_text(text, "utf-8")
    page = json.loads(assemble(small, TODAY).files["documents/open-letter/annotations.json"])
    assert page["items"][0]["target"]["state"] == {
        "type": "TimeState", "sourceDate": "2024-05-03T10:11:12Z", "cached": copy,
    }  # fmt: skip


@pytest.mark.parametrize("which", SITES)
def test_a_processor_of_json_ld_drops_nothing_of_an_annotation(which: str, npm: Callable[[str], Path]):
    where, folder = built(which), npm(JSON_LD)
    for entry in where.catalogue.documents:
        raw = where.files[f"documents/{entry.id}/annotations.json"]
        words = ["node", str(ROOT / "tests/expand.mjs"), str(folder), "http://www.w3.org/ns/anno.jsonld"]
        done = subprocess.run([*words, str(ANNOTATIONS)], input=raw, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        [page] = json.loads(done.stdout)
        items = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
        assert len(items) == len(json.loads(raw)["items"])
        assert {one["http://www.w3.org/ns/oa#motivatedBy"][0]["@id"] for one in items} == {
            "http://www.w3.org/ns/oa#assessing"
        }


# ---------- links ----------


@pytest.mark.parametrize("which", SITES)
def test_a_link_to_a_source_says_what_robust_links_ask_for(which: str):
    where = built(which)
    for claim in where.catalogue.claims:
        links = dict(LINK.findall(where.page(claim)))
        for source in claim.card.sources:
            given = dict(re.findall(r'data-([a-z]+)="([^"]*)"', links[str(escape(source.url))]))
            date = source.date or source.accessed
            asked = {"originalurl": str(escape(source.url)), "versiondate": str(date.last)} if date else {}
            assert given == asked | ({"versionurl": str(escape(source.archived))} if source.archived else {})


# ---------- feeds and the sitemap, by the schemas of others ----------


@pytest.mark.parametrize("which", SITES)
def test_every_json_feed_keeps_to_its_schema(which: str, npm: Callable[[str], Path]):
    holds = fastjsonschema.compile(json.loads((npm(JSON_FEED) / "schema-v1.1.json").read_text()))
    feeds = [name for name in built(which).files if Path(name).name == "feed.json"]
    assert len(feeds) > 5
    for name in feeds:
        holds(built(which).data(name))


@pytest.mark.parametrize("which", SITES)
def test_the_sitemap_keeps_to_its_schema(which: str, npm: Callable[[str], Path]):
    schema = etree.XMLSchema(etree.parse(npm(SITEMAP) / "schema/sitemap.xsd"))
    schema.assertValid(etree.fromstring(built(which).files["sitemap.xml"]))


# ---------- TimelineJS ----------

STAGE = """<!doctype html><html lang="en"><title>A timeline</title><link rel="stylesheet" href="timeline.css">
<div id="stage" style="width:100%;height:600px"></div><script src="timeline.js"></script>
<script>window.line = new TL.Timeline("stage", "line.json", {font: null, hash_bookmark: false})</script>"""


@pytest.mark.parametrize(("which", "line"), [("real", "road-to-war"), ("small", "bridge")])
def test_timelinejs_shows_every_event_and_every_claim(
    which: str, line: str, npm: Callable[[str], Path], browser: Browser, publish: Publish
):
    where, kit = built(which), npm(TIMELINEJS) / "dist"
    raw = where.files[f"api/timelines/{line}.timelinejs.json"]
    files = {"index.html": STAGE.encode(), "line.json": raw}
    files |= {f"timeline.{kind}": (kit / kind / f"timeline.{kind}").read_bytes() for kind in ("js", "css")}
    top = publish(files)
    with opened(browser) as (tab, heard):
        tab.route(lambda url: not url.startswith(top), lambda route: route.abort())
        tab.goto(top)
        tab.wait_for_function("window.line.ready")
        shown = tab.evaluate("line.config.events.map(event => event.unique_id)")
        timeline = where.catalogue.library.timelines[line].card
        claims = {claim.id for claim in where.catalogue.among(line)}
        assert set(shown) == {event.id for event in timeline.events} | claims
        slides = json.loads(raw)["events"]
        assert tab.locator(".tl-slide").count() == len(slides) + 1
        for slide in (slides[0], slides[-1]):
            tab.evaluate("id => line.goToId(id)", slide["unique_id"])
            told = tab.locator(f"[id='{slide['unique_id']}'] .tl-headline").first.text_content()
            assert told and told.strip() == unescape(slide["text"]["headline"])
        assert [said for said in heard.said if said.startswith("error")] == []


def test_what_an_editor_writes_is_text_in_timelinejs(small: Path):
    card = small / "content/timelines/bridge.yaml"
    text = card.read_text("utf-8")
    title = text.split("title: ")[2].split("\n")[0]
    card.write_text(text.replace(f"title: {title}", "title: 'Who reads <b> & <script>?'"), "utf-8")
    slides = json.loads(assemble(small, TODAY).files["api/timelines/bridge.timelinejs.json"])["events"]
    assert "Who reads &lt;b&gt; &amp; &lt;script&gt;?" in {slide["text"]["headline"] for slide in slides}
