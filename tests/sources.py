"""Sources on this machine: names that lead here, servers that misbehave, a desk that asks for them."""

import asyncio
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import misbehaving
import pytest
from conftest import ROOT
from misbehaving import Server, running

import build
from factcheck import rounds
from factcheck.asking import Asker, Manners
from factcheck.gate import Gate, NamelessError, is_public
from factcheck.options import read_options
from factcheck.rounds import Way, standing_of
from factcheck.standing import Standing

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
def no_other_loop() -> Iterator[None]:
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
