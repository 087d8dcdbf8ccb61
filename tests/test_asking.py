"""What a server says of a source, and who is never asked: of real servers that misbehave."""

import asyncio
import ssl

import misbehaving
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from misbehaving import Server, reset, running, turn
from sources import HERE, Names, allow, asked, flaky, names, no_other_loop, server  # noqa: F401  (fixtures)

from factcheck.asking import Answer, Asker, Manners
from factcheck.gate import Gate, is_public
from factcheck.target import read_address

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
