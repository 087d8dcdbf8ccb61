"""Feeds and the calendar, read as the programs read them that readers use."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from conftest import ROOT
from icalendar import Calendar
from icalendar.cal import Event
from lxml import etree

from build import assemble
from factcheck.catalogue import Catalogue, catalogue
from factcheck.deadlines import folded
from factcheck.feeds import offered
from factcheck.folder import read_folder
from factcheck.library import read_library

TODAY = dt.date(2026, 11, 22)
HOME = "https://check.example.org/wexmere/"
ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(etree.parse(ROOT / "tests/atom.rng"))


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    """The small site as it is accepted."""
    return read_folder(ROOT / "tests/golden")[0]


def atoms(files: Mapping[str, bytes]) -> dict[str, etree._Element]:
    return {name: etree.fromstring(raw) for name, raw in files.items() if name.endswith("feed.xml")}


def texts(element: etree._Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path.replace("/", f"/{ATOM}"))]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, text
    path.write_text(text.replace(old, new), "utf-8")


# ---------- Atom ----------


def test_every_atom_feed_keeps_to_rfc_4287(files):
    found = atoms(files)
    assert len(found) == 10
    for name, feed in found.items():
        SCHEMA.assertValid(feed)
        assert feed.find(f"{ATOM}link[@rel='self']").get("href") == HOME + name
        assert texts(feed, "./author/name") == ["The Wexmere Check"]  # so that no entry is without one
        for entry in feed.findall(f"{ATOM}entry"):
            assert [link.get("rel") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
    assert len({texts(feed, "./id")[0] for feed in found.values()}) == len(found)


def test_entries_are_named_once_and_the_newest_come_first(files):
    for name, feed in atoms(files).items():
        ids, updated = texts(feed, "./entry/id"), texts(feed, "./entry/updated")
        assert len(set(ids)) == len(ids), name
        assert updated == sorted(updated, reverse=True), name
        assert texts(feed, "./updated") == [max(updated, default="2026-11-01T00:00:00Z")], name
        assert all(map(str.__le__, texts(feed, "./entry/published"), updated)), name


def test_each_feed_tells_of_its_own_page(files):
    def told(page: str) -> set[str]:
        return {url.removeprefix(HOME) for url in texts(atoms(files)[f"{page}feed.xml"], "./entry/id")}

    everything = told("")
    assert len(everything) == 17
    assert told("documents/open-letter/") == {name for name in everything if "open-letter" in name}
    assert told("topics/weather/") == set()
    assert told("speakers/ines-holt/") >= told("documents/open-letter/") - told("speakers/jana-brandt/")
    assert {name.split("#")[1] for name in told("corrections/")} == {
        "correction-1", "correction-2", "withdrawal",
    }  # fmt: skip


def test_an_entry_says_what_a_reader_needs_who_says_so_and_what_it_is_about(files):
    feed = atoms(files)["feed.xml"]
    entry = feed.find(f"{ATOM}entry")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert texts(entry, "./title") == ["False: The mill bridge is 212 metres long."]
    assert texts(entry, "./author/name") == ["The desk"]
    assert [category.get("label") for category in entry.findall(f"{ATOM}category")] == ["False", "The bridge"]
    content = texts(entry, "./content")[0]
    assert "<b>False.</b> The mill bridge is 121 metres long." in content
    assert '<blockquote lang="en"><p>“it is 212 metres long”</p></blockquote>' in content
    german = atoms(files)["documents/council-reply/feed.xml"]
    assert '<blockquote lang="de">' in texts(german, "./entry/content")[0]


def test_a_withdrawn_claim_says_so_and_no_more(files):
    feed = atoms(files)["feed.xml"]
    titles = texts(feed, "./entry/title")
    at = titles.index("Withdrawn: Nobody had complained to the council about the closing.")
    content = texts(feed, "./entry/content")[at]
    assert "<b>Withdrawn.</b> The sentence is a figure of speech" in content
    assert "The letter itself was a complaint" not in content
    assert texts(feed, "./entry/updated")[at] == "2026-11-10T00:00:00Z"


def test_a_claim_that_moves_stays_the_same_entry(small, files):
    before = texts(atoms(files)["feed.xml"], "./entry/id")
    old = small / "content/documents/open-letter/no-lorry.yaml"
    text = old.read_text("utf-8")
    old.unlink()
    old.with_name("heavy.yaml").write_text(f"{text}formerly: [open-letter/no-lorry]\n", "utf-8")
    feed = atoms(assemble(small, TODAY).files)["feed.xml"]
    assert sorted(texts(feed, "./entry/id")) == sorted(before)
    links = [link.get("href") for link in feed.findall(f"{ATOM}entry/{ATOM}link")]
    assert f"{HOME}documents/open-letter/heavy/" in links
    moved = {f"{HOME}documents/open-letter/no-lorry/", f"{HOME}documents/council-reply/two-millions/"}
    assert moved <= set(before)


def crowd(small: Path, count: int) -> Catalogue:
    """Return the small site with one of its claims many times over."""
    library, _ = read_library(small)
    assert library
    found = catalogue(library)
    claim = found.by_id["open-letter/length"]
    return replace(found, claims=tuple(replace(claim, id=f"open-letter/{n:03}") for n in range(count)))


def test_a_feed_holds_the_fifty_newest(small):
    for feeds in offered(crowd(small, 60)).values():
        for feed in feeds:
            assert len(feed.items()) == (0 if feed.page in ("topics/trade/", "topics/weather/") or
                                         "council" in feed.page else 50), feed.page  # fmt: skip


# ---------- JSON Feed ----------

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
TOP = {
    "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon",
    "favicon", "authors", "author", "language", "expired", "hubs", "items",
}  # fmt: skip
OF_ITEM = {
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image",
    "banner_image", "date_published", "date_modified", "authors", "author", "tags", "language",
    "attachments",
}  # fmt: skip


def keeps_to_json_feed(feed: dict) -> None:
    """Hold a feed to JSON Feed 1.1: what must be there, of which type, and no name unknown to it."""
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str) and isinstance(feed["items"], list)
    for part, known in ((feed, TOP), *((item, OF_ITEM) for item in feed["items"])):
        assert {name for name in part if not name.startswith("_")} <= known
        for author in part.get("authors", []):
            assert author.keys() & {"name", "url", "avatar"}
        for name in ("url", "home_page_url", "feed_url"):
            assert part.get(name, "https://").startswith("https://")
        assert re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", part.get("language", "en"))
    for item in feed["items"]:
        assert isinstance(item["id"], str) and item["id"]
        assert item.keys() & {"content_html", "content_text"}
        assert all(MOMENT.fullmatch(item.get(name, "2026-01-01T00:00:00Z"))
                   for name in ("date_published", "date_modified"))  # fmt: skip
        assert all(isinstance(tag, str) for tag in item.get("tags", []))


def test_both_forms_of_a_feed_say_the_same(files):
    for name, atom in atoms(files).items():
        feed = json.loads(files[name.replace(".xml", ".json")])
        keeps_to_json_feed(feed)
        assert [feed["title"], feed["language"]] == [texts(atom, "./title")[0], "en"]
        assert feed["feed_url"] == HOME + name.replace(".xml", ".json")
        for field, path in {
            "id": "id", "title": "title", "content_html": "content", "date_published": "published",
            "date_modified": "updated",
        }.items():  # fmt: skip
            assert [item[field] for item in feed["items"]] == texts(atom, f"./entry/{path}"), name


# ---------- where readers and their programs find them ----------


class Links(HTMLParser):
    """The links of a page: those to other forms of it, and those that readers press."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.other: dict[str, str] = {}
        self.pressed: set[str] = set()
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") == "alternate":
            self.other[given["href"]] = given["type"]
        elif tag == "a":
            self.pressed.add(given.get("href", ""))


def test_a_page_leads_programs_to_its_own_feed_first(files):
    for name in atoms(files):
        page = name.removesuffix("feed.xml")
        found = Links(files[f"{page}index.html"]).other
        types = ["application/atom+xml", "application/feed+json", "application/atom+xml"]
        if page == "":
            types = types[1:]
        assert list(found.values()) == types, page
        assert "feed.json" in found
        assert next(iter(found)) == ("feed.xml" if page else "feed.json")
    claim = Links(files["documents/open-letter/length/index.html"])
    feeds = {url: kind for url, kind in claim.other.items() if kind != "application/json+oembed"}
    assert feeds == {"../../../feed.xml": "application/atom+xml"}
    assert "../../../feeds/" in claim.pressed


def test_one_page_lists_every_feed_for_people(files):
    pressed = {urljoin(f"{HOME}feeds/", url) for url in Links(files["feeds/index.html"]).pressed}
    every = {HOME + name for name in files if Path(name).name in ("feed.xml", "feed.json", "due.ics")}
    assert every <= pressed
    assert f"webcal://{HOME[8:]}predictions/due.ics" in pressed


# ---------- the calendar ----------


def events(files: Mapping[str, bytes]) -> dict[str, Event]:
    found = Calendar.from_ical(files["predictions/due.ics"]).walk("VEVENT")
    return {str(event["UID"]).split("/")[-2]: event for event in found}


def test_the_calendar_is_as_rfc_5545_wants_it(files):
    raw = files["predictions/due.ics"]
    lines = raw.split(b"\r\n")
    assert lines.pop() == b"" and b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no letter is cut
    found = Calendar.from_ical(raw)
    assert found["VERSION"] == "2.0" and found["PRODID"]
    assert not found.errors
    for name, event in events(files).items():
        assert not event.errors
        assert event["DTSTAMP"].dt == dt.datetime(2026, 11, 1, tzinfo=dt.UTC), name
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert event["UID"] == event["URL"], name
        assert not event.walk("VALARM")


def test_each_prediction_stands_on_the_day_it_falls_due_with_its_outcome(files):
    told = {name: (event["DTSTART"].dt.isoformat(), str(event["SUMMARY"]).split(":")[0])
            for name, event in events(files).items()}  # fmt: skip
    assert told == {
        "ferry-running": ("2024-06-02", "Came true"),
        "closing-day": ("2024-06-15", "Came true"),
        "half-customers": ("2024-12-25", "Did not come true"),
        "old-gone": ("2026-11-21", "Due"),
        "new-bridge": ("2030-12-31", "Due"),  # the card says 2030
    }
    assert list(told.values()) == sorted(told.values())
    text = str(events(files)["new-bridge"]["DESCRIPTION"])
    assert "“by 2030 there will be a new one” Open letter, 2 May 2024\nIt came true if: Carts" in text
    assert "\nDue by 2030.\n" in text


def test_what_a_card_says_changes_its_event_and_not_its_name(small):
    path = small / "content/documents/open-letter/old-gone.yaml"
    edit(path, "  due: 2026-11-21\n", "  due: 2026-11\n")
    with path.open("a") as card:
        card.write("withdrawn: {date: 2026-11-20, reason: We misread it.}\n")
    event = events(assemble(small, TODAY).files)["old-gone"]
    assert event["DTSTART"].dt == dt.date(2026, 11, 30)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["SUMMARY"].startswith("Withdrawn: ")
    assert event["DTSTAMP"].dt.date() == dt.date(2026, 11, 20)


def test_neither_calendar_nor_feeds_know_what_day_it_is(small):
    def told(today: dt.date) -> dict[str, bytes]:
        files = assemble(small, today).files
        return {name: raw for name, raw in files.items() if name.endswith((".ics", "feed.xml", "feed.json"))}

    assert told(TODAY) == told(dt.date(2035, 1, 1))


def test_without_a_day_there_is_no_calendar(small):
    for name in ("closing-day", "ferry-running", "half-customers", "old-gone", "new-bridge"):
        for path in small.glob(f"content/documents/*/{name}.yaml"):
            text = re.sub(r"  (due|resolved): .*\n", "", path.read_text("utf-8"))
            path.write_text(text, "utf-8")
    site = assemble(small, TODAY)
    assert "predictions/due.ics" not in site.files
    assert b"due.ics" not in site.files["predictions/index.html"] + site.files["feeds/index.html"]


@pytest.mark.parametrize("text", ["SUMMARY:a", "Ä" * 200, "a" * 75, "a" * 76, "𝄞" * 40, "e\u0301" * 90])
def test_a_long_line_is_folded_between_letters(text):
    pieces = folded(text).split("\r\n ")
    assert "".join(pieces) == text
    assert len(pieces[0].encode()) <= 75
    assert all(len(piece.encode()) <= 74 for piece in pieces[1:])
    assert len(pieces) == 1 or len(pieces[0].encode()) > 71
