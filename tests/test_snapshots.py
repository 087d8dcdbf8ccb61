"""Snapshots of sources, and the one line by which they come into a card."""

import asyncio
from typing import Any

import misbehaving
import pytest
from hypothesis import given
from hypothesis import strategies as st
from misbehaving import Server, turn
from sources import Desk, Names, allow, asked, desk, names, no_other_loop, server  # noqa: F401  (fixtures)

from factcheck import cards, rounds
from factcheck.asking import Asker
from factcheck.gate import Gate
from factcheck.insertion import with_field
from factcheck.snapshots import Archive
from factcheck.writing import scalar

BOAT = "content/documents/council-reply/ferry-ordered.yaml"


def archived(desk: Desk, known: str = "", saved: Any = None, keys: str = "") -> tuple[int, str, str]:
    """Run `links --archive` with a Wayback Machine that has and saves only these."""
    page = f"http://example.com:{desk.server.port}/post/boat"
    desk.server.ways |= misbehaving.wayback({page: known} if known else {}, {page: saved} if saved else {})
    at = f"http://archive.test:{desk.server.port}"
    where = {"available": f"{at}/wayback/available", "save_at": f"{at}/save"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(rounds.KEYS, keys)
        return desk.run("--archive", way=desk.names.way(archive=where))


def test_a_snapshot_is_written_into_its_card_and_nothing_else(desk: Desk):
    before = {path: path.read_bytes() for path in (desk.root / "content").rglob("*") if path.is_file()}
    page = f"http://example.com:{desk.server.port}/post/boat"
    found = f"http://web.archive.org/web/20240502030405/{page}"
    _, out, _ = archived(desk, found)
    snapshot = found.replace("http:", "https:", 1)
    line, boats = f"    url: {page}\n", 0
    for path, raw in before.items():
        now = path.read_bytes()
        assert without_snapshots(now) == without_snapshots(raw)
        if line.encode() in raw:
            boats += 1
            assert f"{line}    archived: {snapshot}\n".encode() in now
    assert boats > 1
    assert f"- `{snapshot}`\n" in out
    assert "the Wayback Machine has no snapshot" in out
    asked_for = [
        one for one in desk.server.asked if one.path == "/wayback/available" and "boat" in one.target
    ]
    assert "&timestamp=20240501" in asked_for[0].target
    assert not any(one.method == "POST" for one in desk.server.asked)


def without_snapshots(raw: bytes) -> list[bytes]:
    return [line for line in raw.split(b"\n") if b" archived: " not in line]


OFFERED = {
    "of another page": "http://web.archive.org/web/20240502030405/http://example.com/other",
    "without a moment": "http://web.archive.org/web/*/{page}",
    "of another archive": "http://evil.example/web/20240502030405/{page}",
    "with a second line": "http://web.archive.org/web/20240502030405/{page}\nverdict: correct",
}


@pytest.mark.parametrize("case", OFFERED)
def test_a_snapshot_that_is_none_of_the_page_is_not_written(case: str, desk: Desk):
    before = (desk.root / BOAT).read_bytes()
    page = f"http://example.com:{desk.server.port}/post/boat"
    out = archived(desk, OFFERED[case].replace("{page}", page))[1]
    assert "the snapshot that was offered is of another address" in out
    assert (desk.root / BOAT).read_bytes() == before


def test_with_keys_a_page_that_is_alive_is_saved(desk: Desk):
    page = f"http://example.com:{desk.server.port}/post/boat"
    desk.server.ways["/post/gates-shut"] = lambda one: one.say("404 Not Found")
    out = archived(desk, "", {"timestamp": "20261126010203", "original_url": page}, "key:secret")[1]
    snapshot = f"https://web.archive.org/web/20261126010203/{page}"
    assert f"\n    archived: {snapshot}\n" in (desk.root / BOAT).read_text()
    assert "error:blocked-url" in out
    posts = [one for one in desk.server.asked if one.method == "POST"]
    assert {one.headers["authorization"] for one in posts} == {"LOW key:secret"}
    assert {one.headers["accept"] for one in posts} == {"application/json"}
    assert not any("gates-shut" in one.body for one in posts)
    elsewhere = [one for one in desk.server.asked if one.host != "archive.test"]
    assert not any("authorization" in one.headers for one in elsewhere)
    assert "secret" not in out


def test_keys_do_not_follow_a_redirect(server: Server, names: Names):
    server.ways |= {
        "/save/": lambda one: one.say("200 OK", '{"job_id": "spn2-1"}', Content_Type="application/json"),
        "/save/status/spn2-1": turn("302 Found", "http://other.test:{port}/elsewhere"),
    }

    async def save() -> str:
        asker = Asker("Test", Gate(names.resolve, allow), names.manners())
        return (
            await Archive(asker, "key:secret", save_at=server.at("/save")).save("http://example.com/")
        ).note

    assert "404" in asyncio.run(save())
    assert [("authorization" in one.headers) for one in server.asked] == [True, True, False]


def test_a_snapshot_that_another_card_names_is_taken_over(desk: Desk):
    page = f"http://example.com:{desk.server.port}/post/boat"
    other = desk.root / "content/timelines/bridge.yaml"
    known = f"https://archive.example.org/{page}"
    text = other.read_text()
    other.write_text(
        text.replace("        accessed:", f"        archived: {known}\n        accessed:", 1).replace(
            f"http://example.org:{desk.server.port}/archive/ledger", page, 1
        )
    )
    archived(desk)
    assert f"    url: {page}\n    archived: {known}\n" in (desk.root / BOAT).read_text()


# ----- one line in a card

KEYS = st.lists(st.sampled_from(["key", "title", "note", "kind", "publisher"]), unique=True, max_size=5)
URLS = st.sampled_from(
    ["https://a.example/", "https://a.example/x?y=1#z", "'https://a.example/q'", '"https://a.example/ø"']
)


@st.composite
def written(draw: st.DrawFn) -> tuple[bytes, int, str]:
    """A card with sources in any layout, the number of one of them, and its address."""
    end, deep = draw(st.sampled_from(["\n", "\r\n"])), draw(st.sampled_from(["", "  ", "    "]))
    blank = st.sampled_from(["", "# A note.", "  # Deeper: [x", "      # deeper still"])
    lines, addresses = ["claim: Words  # as said", *draw(st.lists(blank, max_size=2)), "sources:"], []
    for _ in range(draw(st.integers(1, 4))):
        names, url = draw(KEYS), draw(URLS)
        names.insert(draw(st.integers(0, len(names))), "url")
        after = draw(st.sampled_from(["", "  # live", " "]))
        for at, name in enumerate(names):
            value = (
                url + after
                if name == "url"
                else draw(st.sampled_from(["Words", "'it''s'", '"x: y"', "naïve 🌉"]))
            )
            lines += [
                deep + ("- " if at == 0 else "  ") + f"{name}: {value}",
                *draw(st.lists(blank, max_size=1)),
            ]
        addresses.append(url.strip("'\""))
    lines += draw(
        st.sampled_from([[], ["published: 2026-11-22"], ["reasoning: |", "  Text", "", "  # no comment"]])
    )
    text = draw(st.sampled_from(["", "\ufeff"])) + end.join(lines) + draw(st.sampled_from(["", end, end * 2]))
    which = draw(st.integers(0, len(addresses) - 1))
    return text.encode(), which, addresses[which]


@given(written())
def test_a_field_is_one_line_more_and_every_other_byte_stays(case: tuple[bytes, int, str]):
    raw, which, address = case
    before, faults = cards.load("card", raw)
    assert faults == []
    text = "https://web.archive.org/web/20240502030405/https://a.example/#x"
    made = with_field(raw, ("sources", which, "url"), address, "archived", text)
    assert made
    at = next((at for at, (a, b) in enumerate(zip(raw, made, strict=False)) if a != b), len(raw))
    rest = len(raw) - at
    added = made[at : len(made) - rest]
    assert made[:at] + made[len(made) - rest :] == raw
    assert made.replace(b"\r\n", b"").count(b"\n") == (0 if b"\r\n" in raw else raw.count(b"\n") + 1)
    assert added.count(b"\n") == 1
    assert f"archived: {scalar(text)}".encode() in made
    after, faults = cards.load("card", made)
    assert faults == []
    assert after["sources"][which].pop("archived") == text
    assert after == before
    assert with_field(made, ("sources", which, "url"), address, "archived", text) is None


UNFIT = {
    "between braces": b"sources: [{key: a, url: https://a.example/}]\n",
    "in a block": b"sources:\n- url: >-\n    https://a.example/\n",
    "changed meanwhile": b"sources:\n- url: https://b.example/\n",
    "there already": b"sources:\n- url: https://a.example/\n  archived: https://c.example/\n",
    "no such source": b"sources: []\n",
    "no YAML": b"sources: [\n",
}


@pytest.mark.parametrize("case", UNFIT)
def test_where_one_line_does_not_do_nothing_is_written(case: str):
    assert (
        with_field(UNFIT[case], ("sources", 0, "url"), "https://a.example/", "archived", "https://d.example/")
        is None
    )
