"""Whether sources are still there: asked of real servers of this machine that misbehave."""

import asyncio
import json
import os
import re
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import misbehaving
import pytest
import trustme
import yaml
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from misbehaving import Server, reset, running, turn
from pydantic import TypeAdapter

import build
from factcheck import bulletin, cards, rounds
from factcheck.asking import Answer, Asker, Manners
from factcheck.gate import Gate, NamelessError, is_public
from factcheck.insertion import with_field
from factcheck.memory import Memory
from factcheck.options import read_options
from factcheck.rounds import Way, standing_of
from factcheck.snapshots import Archive
from factcheck.standing import Standing
from factcheck.target import read_address
from factcheck.writing import scalar

HERE = "127.0.0.1"


@dataclass
class Names:
    """A resolver of its own: what each name leads to, this machine where nothing is told."""

    told: dict[str, list[list[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    slept: list[int] = field(default_factory=list)

    async def resolve(self, host: str, _port: int) -> Sequence[str]:
        self.asked.append(host)
        if host.endswith(".nowhere"):
            raise NamelessError(f"no host has the name {host}")
        answers = self.told.get(host, [[HERE]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds))

    def manners(self, **other: Any) -> Manners:
        return Manners(**{"pause": 0, "waits": (0, 0), "patience": 5, "sleep": self.sleep, **other})

    def way(self, **other: Any) -> Way:
        return Way(self.manners(), self.resolve, allow, **other)


def allow(address: str) -> bool:
    """Let this machine through, which no run outside of tests does."""
    return address == HERE or is_public(address)


@pytest.fixture(autouse=True)
def _no_other_loop() -> Iterator[None]:
    """Put the loop of the browser aside, which other tests leave running in this thread."""
    other = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(other)


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
def server() -> Iterator[Server]:
    with running(Server({})) as found:
        yield found


def asked(address: str, names: Names, trust: ssl.SSLContext | None = None, **manners: Any) -> Standing:
    async def ask() -> Standing:
        asker = Asker(
            "Test (+https://check.example.org/)", Gate(names.resolve, allow), names.manners(**manners), trust
        )
        return await standing_of(asker, address)

    return asyncio.run(ask())


def flaky(*statuses: str, **headers: str) -> Any:
    """Answer each time with the next of some statuses, at last with a page."""
    return lambda one: (
        one.say(statuses[one.times - 1], **headers) if one.times <= len(statuses) else one.page("Here")
    )


PLAIN = {
    "a page": (lambda one: one.page("Here"), "alive", ""),
    "nothing": (lambda one: one.say("404 Not Found"), "gone", "it answers 404"),
    "gone for good": (lambda one: one.say("410 Gone"), "gone", "it answers 410"),
    "closed to programs": (lambda one: one.say("403 Forbidden"), "refused", "it answers 403"),
    "a status of its own": (lambda one: one.say("999 No"), "refused", "it answers 999"),
    "failing for good": (lambda one: one.say("500 Broken"), "no-answer", "it answers 500"),
    "failing, then a page": (flaky("503 Later"), "alive", ""),
    "failing twice, then a page": (flaky("503 Later", "502 No"), "alive", ""),
    "failing thrice": (flaky("503 Later", "503 Later", "503 Later"), "no-answer", "it answers 503"),
    "a reset": (reset, "no-answer", "the connection broke"),
    "no HTTP": (lambda one: one.connection.sendall(b"220 mail ready\r\n"), "no-answer", ""),
    "HEAD refused": (
        lambda one: one.say("405 No") if one.method == "HEAD" else one.page("Here"), "alive", "",
    ),
    "a redirect to nowhere": (lambda one: one.say("302 Found"), "no-answer", "it answers 302"),
    "a redirect to itself": (turn("302 Found", "/page"), "no-answer", "it redirects without end"),
    "a redirect to a file": (turn("302 Found", "file:///etc/passwd"), "not-asked", "file: only http and"),
    "a redirect to gopher": (turn("301 Moved", "gopher://pages.test/"), "not-asked", "gopher: only http and"),
    "a redirect to port 22": (turn("302 Found", "http://pages.test:22/"), "not-asked", "port 22 is"),
    "a redirect with a password": (
        turn("302 Found", "http://me:word@pages.test:{port}/"), "not-asked", "a name and a password",
    ),
    "a redirect to what is no address": (turn("302 Found", "http://[::1/"), "no-answer", "it answers 302"),
}  # fmt: skip


@pytest.mark.parametrize("case", PLAIN)
def test_what_a_server_says(case: str, server: Server, names: Names):
    server.ways["/page"], state, note = PLAIN[case]
    found = asked(server.at("/page"), names)
    assert found.state == state
    if note:
        assert note in found.note


def test_one_get_is_enough_and_it_says_who_asks(server: Server, names: Names):
    server.ways["/page"] = lambda one: one.page("Here")
    asked(server.at("/page?q=1 2&n=ø#part"), names)
    (one,) = server.asked
    assert (one.method, one.target) == ("GET", "/page?q=1%202&n=%C3%B8")
    assert one.headers["user-agent"] == "Test (+https://check.example.org/)"
    assert one.headers["host"] == f"pages.test:{server.port}"


@pytest.mark.parametrize("way", ["hold", "drip"])
def test_a_server_that_hangs_or_drips_is_left_after_a_while(way: str, server: Server, names: Names):
    server.ways["/page"] = getattr(server, way)
    found = asked(server.at("/page"), names, patience=0.2, waits=())
    assert (found.state, found.note) == ("no-answer", "no answer in time")


def test_a_slow_server_is_waited_for(server: Server, names: Names):
    server.ways["/page"] = lambda one: (server.stopped.wait(0.3), one.page("Here"))
    assert asked(server.at("/page"), names).state == "alive"


@pytest.mark.parametrize("way", ["endless", "stall"])
def test_only_the_beginning_of_a_page_is_read(way: str, server: Server, names: Names):
    server.ways["/page"] = getattr(server, way)
    assert asked(server.at("/page"), names, patience=2 if way == "endless" else 0.2).state == "alive"


def test_a_page_has_no_more_text_than_there_is_room_for(server: Server, names: Names):
    server.ways["/page"] = server.endless
    asker = lambda: Asker("Test", Gate(names.resolve, allow), names.manners(room=1000))  # noqa: E731

    async def ask() -> Answer:
        return await asker().ask(server.at("/page"))

    assert len(asyncio.run(ask()).text) == 1000


def test_a_redirect_to_what_was_asked_already_is_not_followed(server: Server, names: Names):
    server.ways["/page"] = turn("302 Found", "/page")
    asked(server.at("/page"), names)
    assert len(server.asked) == 1


def test_a_host_to_which_many_others_redirect_is_asked_once_at_a_time(server: Server, names: Names):
    server.ways |= {
        "/away": turn("302 Found", "http://shared.test:{port}/page"),
        "/page": server.count,
    }

    async def ask() -> list[Answer]:
        asker = Asker("Test", Gate(names.resolve, allow), names.manners())
        return await asyncio.gather(*(asker.ask(server.at("/away", f"{name}.test")) for name in "abcd"))

    assert [answer.status for answer in asyncio.run(ask())] == [200] * 4
    assert server.most == 1


def test_redirects_that_never_end_are_left(server: Server, names: Names):
    for number in range(30):
        server.ways[f"/{number}"] = turn("302 Found", f"/{number + 1}")
    assert asked(server.at("/0"), names).note == "it redirects without end"
    assert len(server.asked) == Manners().hops + 1


REST = {
    "a while": ("7", 7, "alive"),
    "a moment of its clock": ("Thu, 26 Nov 2026 10:00:09 GMT", 9, "alive"),
    "longer than we wait": ("86400", None, "refused"),
    "no time at all": ("soon", None, "alive"),
}


@pytest.mark.parametrize("case", REST)
def test_who_is_asked_too_often_is_left_alone_as_long_as_it_says(case: str, server: Server, names: Names):
    after, slept, state = REST[case]
    server.ways["/page"] = flaky("429 Slow", Retry_After=after, Date="Thu, 26 Nov 2026 10:00:00 GMT")
    found = asked(server.at("/page"), names)
    assert found.state == state
    assert names.slept == ([slept] if slept else [])
    assert ("86400 seconds" in found.note) == (state == "refused")


def test_a_host_that_fails_and_fails_is_not_tried_for_ever(server: Server, names: Names):
    server.ways = misbehaving.Anywhere(lambda one: one.say("429 Slow", Retry_After="60"))

    async def ask() -> list[Answer]:
        asker = Asker("Test", Gate(names.resolve, allow), names.manners())
        return [await asker.ask(server.at(f"/{number}")) for number in range(5)]

    answers = asyncio.run(ask())
    assert [answer.status for answer in answers] == [429] * 5
    assert answers[4].note.startswith("not tried, as 3 others of its host failed")
    assert {one.path for one in server.asked} == {"/0", "/1", "/2"}
    assert names.slept == [60, 60] * 3


MOVES = {
    "for good": ("301 Moved", "/new/page", "moved"),
    "for good, to another host": ("308 Moved", "http://other.test:{port}/new/page", "moved"),
    "for now": ("302 Found", "/new/page", "alive"),
    "to the front page": ("301 Moved", "/", "soft-404"),
    "to the front page, for now": ("302 Found", "http://other.test:{port}/", "soft-404"),
}


@pytest.mark.parametrize("case", MOVES)
def test_what_a_redirect_means(case: str, server: Server, names: Names):
    status, to, state = MOVES[case]
    server.ways |= {
        "/old/page": turn(status, to),
        "/new/page": lambda one: one.page("Here"),
        "/": lambda one: one.page("Home"),
    }
    found = asked(server.at("/old/page"), names)
    assert (found.state, found.final.endswith(to.replace("{port}", str(server.port)))) == (state, True)


def test_a_page_that_moved_and_is_gone_is_gone(server: Server, names: Names):
    server.ways["/old"] = turn("301 Moved", "/new")
    assert asked(server.at("/old"), names).state == "gone"


def test_a_page_that_says_not_found_is_gone_where_any_address_says_so(server: Server, names: Names):
    server.ways = misbehaving.Anywhere(lambda one: one.page("Siden finnes ikke"))
    assert asked(server.at("/a/page"), names).state == "soft-404"
    assert server.asked[1].path.startswith("/a/no-such-page-")


def test_a_page_about_what_was_not_found_is_alive_where_the_server_knows_404(server: Server, names: Names):
    server.ways["/a/page"] = lambda one: one.page("Weapons were not found, inspectors say")
    assert asked(server.at("/a/page"), names).state == "alive"
    assert len(server.asked) == 2


def test_a_page_to_which_every_address_leads_says_nothing_of_what_was_there(server: Server, names: Names):
    server.ways = misbehaving.Anywhere(turn("301 Moved", "/news"))
    server.ways["/news"] = lambda one: one.say("200 OK", "All the news.")
    assert asked(server.at("/2022/page"), names).state == "soft-404"


def test_a_name_that_is_in_no_directory_is_gone(names: Names):
    assert asked("http://site.nowhere/", names).state == "gone"


# ----- addresses that are never asked

PRIVATE = (
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1",
    "240.0.0.1", "255.255.255.255", "192.0.0.8", "192.88.99.1", "::", "::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::7f00:1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "fec0::1",
    "2001:db8::1", "3fff::1", "2002:7f00:1::", "2002:808:808::", "2001:0:808:808::", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "64:ff9b:1::808:808", "100::1", "5f00::1", "no address",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_none(address: str):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_address_is_one(address: str):
    assert is_public(address)


FORMS = (
    "127.0.0.1",
    "2130706433",
    "0x7f.1",
    "0177.0.0.1",
    "127.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "localhost",
    "localhost.",
)


@pytest.mark.parametrize("host", FORMS)
def test_this_machine_is_not_asked_by_whatever_name(host: str, server: Server):
    async def ask() -> Answer:
        return await Asker("Test", Gate(), Manners(pause=0, waits=())).ask(f"http://{host}:{server.port}/")

    answer = asyncio.run(ask())
    assert answer.fault in ("barred", "name")
    assert server.asked == []


@pytest.mark.parametrize("inner", [["10.0.0.7"], ["8.8.8.8", "10.0.0.7"], ["169.254.169.254"], ["::1"]])
def test_a_name_that_leads_inside_is_not_asked(inner: list[str], server: Server, names: Names):
    names.told["inside.test"] = [inner]
    found = asked(server.at("/page", "inside.test"), names)
    assert found.state == "not-asked"
    assert "which is no public address" in found.note
    assert server.asked == []


@pytest.mark.parametrize(
    "to",
    [
        "http://inside.test:{port}/secret",
        "http://10.0.0.7/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
    ],
)
def test_a_redirect_inside_is_not_followed(to: str, server: Server, names: Names):
    names.told |= {
        "inside.test": [["10.0.0.7"]],
        "10.0.0.7": [["10.0.0.7"]],
        "::1": [["::1"]],
        "169.254.169.254": [["169.254.169.254"]],
    }
    server.ways["/page"] = turn("302 Found", to)
    assert asked(server.at("/page"), names).state == "not-asked"
    assert [one.path for one in server.asked] == ["/page"]


def test_a_name_is_resolved_once_for_each_connection_so_nothing_is_gained_by_changing_it(
    server: Server, names: Names
):
    """The name leads to a public address when it is looked at, and inside when it is looked at again."""
    server.ways["/page"] = lambda one: one.page("Here")
    names.told["changing.test"] = [[HERE], ["10.0.0.7"]]
    assert asked(server.at("/page", "changing.test"), names).state == "alive"
    assert names.asked == ["changing.test"]
    names.told["changing.test"] = [[HERE], ["10.0.0.7"]]
    server.ways["/page"] = turn("302 Found", "/other")
    found = asked(server.at("/page", "changing.test"), names)
    assert (found.state, "10.0.0.7" in found.note) == ("not-asked", True)
    assert server.times["/other"] == 0


def test_the_next_of_several_addresses_is_tried(server: Server, names: Names):
    server.ways["/page"] = lambda one: one.page("Here")
    names.told["many.test"] = [["127.0.0.2", HERE]]

    async def ask() -> Answer:
        gate = Gate(names.resolve, lambda address: address.startswith("127."))
        return await Asker("Test", gate, names.manners()).ask(server.at("/page", "many.test"))

    assert asyncio.run(ask()).status == 200


def test_no_proxy_of_the_environment_is_used(server: Server, names: Names, monkeypatch: pytest.MonkeyPatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    server.ways["/page"] = lambda one: one.page("Here")
    assert asked(server.at("/page"), names).state == "alive"


@given(st.text(max_size=60), st.sampled_from(["http://", "https://", "//", "ftp://", ""]))
def test_no_text_is_an_address_that_breaks_the_reading(text: str, scheme: str):
    try:
        target = read_address(scheme + text)
    except Exception as error:
        assert type(error).__name__ == "BarredError"
    else:
        assert target.scheme in ("http", "https")
        assert target.port in (80, 443)
        assert target.path.isascii()
        assert target.path.startswith("/")
        assert target.path.isprintable()
        assert " " not in target.path


# ----- TLS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_a_certificate_is_held_to_the_name_that_was_asked_for(authority: trustme.CA, names: Names):
    page = {"/page": lambda one: one.page("Here")}
    with running(Server(page), authority.issue_cert("pages.test")) as server:
        address = server.at("/page", scheme="https")
        assert asked(address, names, trusting(authority)).state == "alive"
        for found in (
            asked(server.at("/page", "other.test", "https"), names, trusting(authority)),
            asked(address, names, ssl.create_default_context()),
        ):
            assert (found.state, found.note[:5]) == ("no-answer", "TLS: ")
        assert len(server.asked) == 1


def test_a_server_that_speaks_no_tls_has_no_answer(server: Server, names: Names):
    found = asked(server.at("/page", scheme="https"), names)
    assert (found.state, found.note[:5]) == ("no-answer", "TLS: ")


# ----- a round of all sources, as an editor meets it

POSTS = "http://example.com:{port}/post"


@dataclass
class Desk:
    """The small site with its sources on this machine, and the command as it is run there."""

    root: Path
    server: Server
    names: Names
    capsys: pytest.CaptureFixture[str]

    def run(
        self, *words: str | Path, day: str = "2026-11-26", way: Way | None = None
    ) -> tuple[int, str, str]:
        given = ["links", "--root", str(self.root), "--today", day, *map(str, words)]
        options = read_options(given, build.VERBS, ROOT, build.today())
        code = rounds.run(options, way or self.names.way())
        out, err = self.capsys.readouterr()
        return code, out, err


@pytest.fixture
def desk(small: Path, server: Server, names: Names, capsys: pytest.CaptureFixture[str]) -> Desk:
    for path in (small / "content").rglob("*.yaml"):
        text = path.read_text("utf-8")
        for host in (
            "example.org",
            "example.com",
            "example.net",
            "archive.example.net",
            "creativecommons.org",
        ):
            text = text.replace(f"https://{host}/", f"http://{host}:{server.port}/")
        path.write_text(
            text.replace("https://www.wikidata.org/", f"http://wikidata.org:{server.port}/"), "utf-8"
        )
    server.ways = misbehaving.Anywhere(lambda one: one.page("Here"))
    return Desk(small, server, names, capsys)


def test_where_all_is_well_nothing_is_to_do(desk: Desk):
    code, out, err = desk.run()
    assert (code, err) == (0, "")
    assert out.startswith("# Sources on 2026-11-26\n\n")
    assert "##" not in out
    asked_for = {f"{one.host}{one.target}" for one in desk.server.asked}
    assert {"example.org/council/minutes", "archive.example.net/2024/survey", "example.net/svar"} <= asked_for
    assert len(asked_for) == len(desk.server.asked)


def test_the_report_tells_each_place_and_what_is_to_be_done(desk: Desk):
    desk.server.ways["/post/boat"] = lambda one: one.say("404 Not Found")
    desk.server.ways["/post/gates-shut"] = lambda one: one.say("403 No")
    code, out, _ = desk.run("--report", desk.root / "links.md", "--report", desk.root / "links.json")
    assert code == 1
    address = f"http://example.com:{desk.server.port}/post/boat"
    line = (desk.root / "content/documents/council-reply/ferry-ordered.yaml").read_text().split("\n")
    number = next(at for at, text in enumerate(line, 1) if "/post/boat" in text)
    place = f"content/documents/council-reply/ferry-ordered.yaml:{number}:10"
    told = f"- `{address}`: it answers 404\n  - `{place}`\n"
    assert f"## Gone (1)\n\nGive the snapshot, or another source.\n\n{told}" in out
    assert "## Closed to programs (1)\n" in out
    assert (desk.root / "links.md").read_text() == out
    data = json.loads((desk.root / "links.json").read_text())
    first = data["addresses"][0]
    assert (first["address"], first["state"], first["status"]) == (address, "gone", 404)
    assert first["places"][0]["line"] == number


def test_what_only_programs_are_refused_asks_for_nobody(desk: Desk):
    desk.server.ways["/post/boat"] = lambda one: one.say("403 No")
    assert desk.run()[0] == 0


def test_nothing_in_the_report_is_markdown_but_what_is_ours(desk: Desk):
    path = desk.root / "content/documents/council-reply/ferry-ordered.yaml"
    path.write_text(path.read_text().replace("/post/boat", "/post/`<b>@all"))
    desk.server.ways["/post/%60%3Cb%3E@all"] = lambda one: one.say("404 Not Found")
    out = desk.run()[1]
    assert f"- `http://example.com:{desk.server.port}/post/%60<b>@all`: it answers 404\n" in out


def test_one_request_at_a_time_goes_to_a_host_and_none_without_a_pause(desk: Desk):
    desk.server.ways = misbehaving.Anywhere(desk.server.count)
    desk.run(way=Way(desk.names.manners(pause=3), desk.names.resolve, allow))
    assert desk.server.most == 1
    hosts = {one.host for one in desk.server.asked}
    assert len(hosts) > 2
    assert desk.names.slept == [3] * (len(desk.server.asked) - len(hosts))


def test_what_was_answered_is_remembered_for_a_while(desk: Desk):
    desk.server.ways["/post/boat"] = lambda one: one.say("404 Not Found")
    desk.run()
    number = len(desk.server.asked)
    desk.server.asked.clear()
    assert desk.run()[0] == 1
    assert desk.server.asked == []
    desk.run(day="2026-11-27")
    assert {one.path for one in desk.server.asked} == {"/post/boat"}
    desk.server.asked.clear()
    desk.run(day="2026-12-03")
    assert len(desk.server.asked) == number


def test_what_nobody_answered_is_asked_again(desk: Desk):
    desk.server.ways["/post/boat"] = reset
    assert desk.run()[0] == 1
    desk.server.ways["/post/boat"] = lambda one: one.page("Here")
    assert desk.run()[0] == 0


def test_a_round_that_was_stopped_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    real, done = standing_of, list[str]()

    async def stopping(asker: Asker, page: str) -> Standing:
        if len(done) >= 5:
            signal.raise_signal(signal.SIGINT)
            await asyncio.sleep(60)
        found = await real(asker, page)
        done.append(page)
        return found

    monkeypatch.setattr(rounds, "standing_of", stopping)
    code, out, err = desk.run()
    assert (code, out) == (2, "")
    assert err == "Stopped. What was answered is remembered; run again to go on.\n"
    desk.server.asked.clear()
    monkeypatch.setattr(rounds, "standing_of", real)
    assert desk.run()[0] == 0
    again = {f"http://{one.headers['host']}{one.target}" for one in desk.server.asked}
    assert len(done) >= 5
    assert not again & set(done)


def test_each_answer_is_kept_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    learn, kept = rounds.Round.learn, list[bool]()

    def learning(told: rounds.Round, page: str, standing: Standing) -> None:
        learn(told, page, standing)
        with Memory(desk.root / ".cache/links.sqlite") as other:
            kept.append(rounds.kept_of(other, page) is not None)

    monkeypatch.setattr(rounds.Round, "learn", learning)
    desk.run()
    assert kept
    assert all(kept)


def test_where_the_first_hosts_are_all_silent_the_others_are_not_tried(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    tried: list[str] = []

    async def offline(host: str, _port: int) -> Sequence[str]:
        tried.append(host)
        raise OSError("no way out")

    monkeypatch.setattr(rounds, "HOPELESS", 2)
    manners = desk.names.manners(hosts=1, waits=())
    assert desk.run(way=Way(manners, offline, allow))[0] == 2
    assert len(set(tried)) == 2


def test_a_spoiled_memory_is_begun_anew(desk: Desk):
    (desk.root / ".cache").mkdir(exist_ok=True)
    (desk.root / ".cache/links.sqlite").write_bytes(b"no data base")
    assert desk.run()[0] == 0


def test_without_a_network_the_round_is_not_made(desk: Desk):
    async def offline(_host: str, _port: int) -> Sequence[str]:
        raise OSError("no way out")

    code, out, err = desk.run(way=Way(desk.names.manners(), offline, allow))
    assert (code, out) == (2, "")
    assert err == "Nobody answers. Is this machine connected to the network?\n"


def test_a_broken_card_or_a_missing_folder_stops_the_round(desk: Desk):
    code, out, err = desk.run("--report", desk.root / "none/links.md")
    assert (code, out) == (2, "")
    assert "none/links.md: there is no folder to write it in.\nNothing was asked.\n" in err
    (desk.root / "content/documents/open-letter/length.yaml").write_text("claim: [\n")
    code, out, err = desk.run()
    assert code == 2
    assert "length.yaml:" in err
    assert desk.server.asked == []


def test_the_published_shape_is_that_of_the_report(accept: bool):
    made = json.dumps(TypeAdapter(bulletin.Bulletin).json_schema(), indent=2, ensure_ascii=False) + "\n"
    path = ROOT / "docs/links.schema.json"
    if accept:
        path.write_text(made, "utf-8")
    assert path.read_text("utf-8") == made


# ----- snapshots


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


# ----- the workflow

FLOWS = ROOT / ".github/workflows"
GH = """#!/bin/sh
echo "$@" >> told
case "$1 $2" in "issue list") cat number ;; esac
"""


@pytest.mark.parametrize(
    ("status", "number", "told"),
    [
        ("1", "", "issue create --title Sources that need a look --label sources --body-file body.md"),
        ("1", "7", "issue edit 7 --body-file body.md"),
        ("0", "7", "issue close 7 --comment Every source is where the cards say."),
        ("0", "", "issue list --state open --label sources --limit 1 --json number"),
    ],
)
def test_the_workflow_keeps_one_issue(status: str, number: str, told: str, tmp_path: Path):
    steps = yaml.safe_load((FLOWS / "links.yml").read_text())["jobs"]["ask"]["steps"]
    (tmp_path / "gh").write_text(GH)
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "number").write_text(number)
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "STATUS": status}
    subprocess.run(["bash", "-e", "-c", steps[-1]["run"]], cwd=tmp_path, env=path, check=True)
    assert (tmp_path / "told").read_text().strip().split("\n")[-1].startswith(told)


@pytest.mark.parametrize(("code", "ends", "size"), [(0, 0, 10), (1, 0, 5_000), (2, 1, 0)])
def test_the_workflow_fails_only_where_no_round_was_made(code: int, ends: int, size: int, tmp_path: Path):
    steps = yaml.safe_load((FLOWS / "links.yml").read_text())["jobs"]["ask"]["steps"]
    run = next(step["run"] for step in steps if step.get("id") == "round")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    made = f"yes 'a source of the site' | head -n {size} > links.md" if size else "true"
    (tmp_path / ".venv/bin/python").write_text(f"#!/bin/sh\n{made}\nexit {code}\n")
    (tmp_path / ".venv/bin/python").chmod(0o755)
    files = {"GITHUB_OUTPUT": "out", "GITHUB_STEP_SUMMARY": "summary", "PATH": os.environ["PATH"]}
    done = subprocess.run(["bash", "-e", "-c", run], cwd=tmp_path, env=files, check=False)
    assert done.returncode == ends
    if not ends:
        assert (tmp_path / "out").read_text() == f"status={code}\n"
        assert 0 < len((tmp_path / "body.md").read_text()) < 65_000


def test_the_workflow_uses_the_actions_that_the_others_use_and_may_no_more_than_it_needs():
    text = (FLOWS / "links.yml").read_text()
    known = (FLOWS / "check.yml").read_text() + (FLOWS / "publish.yml").read_text()
    for action in re.findall(r"uses: (\S+@[0-9a-f]{40} # \S+)", text):
        assert action in known
    assert text.count("uses: ") == len(re.findall(r"@[0-9a-f]{40} # ", text))
    flow = yaml.safe_load(text)
    assert flow["permissions"] == {"contents": "read"}
    assert flow["jobs"]["ask"]["permissions"] == {"contents": "read", "issues": "write"}


def test_no_other_command_loads_what_reaches_the_network():
    said = "import sys, build; print({'httpcore2', 'anyio', 'idna'} & {*sys.modules})"
    found = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"
