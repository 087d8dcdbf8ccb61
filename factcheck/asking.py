"""Asking: a page of the web is asked for once, slowly, and told what came back.

One request at a time goes to a host, with a pause after each; hosts are asked side by side. What may
pass (RFC 9110: 5xx; RFC 6585: 429; a connection that breaks) is tried again, after the time that
Retry-After names. Only the beginning of a page is read, and nothing is asked for longer than a while.
"""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urljoin, urlsplit

import httpcore2

from .gate import BarredError, Gate, NamelessError
from .target import Target, host_of, own_ports, read_address

Fault = Literal["", "name", "barred", "tls", "late", "broken", "endless"]

_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
_REDIRECTS = (301, 302, 303, 307, 308)
_READABLE = re.compile(r"text/|application/(xhtml|json)")


@dataclass(frozen=True)
class Manners:
    """How much a server is asked, and how long it is waited for. Times are in seconds."""

    pause: float = 1  # between two requests to one host
    waits: tuple[float, ...] = (5, 20)  # before the second try and the third
    longest: float = 90  # a Retry-After beyond it is not waited for
    patience: float = 30  # for one request, from the name to the end of what is read
    room: int = 256 * 1024  # bytes of a page
    hops: int = 8  # redirects
    hosts: int = 16  # at once
    enough: int = 3  # addresses of a host that all failed: the others need not be tried
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep


@dataclass(frozen=True)
class Answer:
    """What came of asking for an address; status 0 where no server answered, `fault` says why."""

    address: str  # where the redirects ended
    status: int = 0
    fault: Fault = ""
    note: str = ""
    hops: tuple[int, ...] = ()  # the status of each redirect
    text: str = ""  # the beginning of a page of text
    after: float | None = None  # seconds, by Retry-After
    to: str = ""  # where a redirect leads

    @property
    def may_pass(self) -> bool:
        """Whether the same question may have another answer in a moment."""
        return (
            self.fault in ("name", "late", "broken") or self.status in (408, 429) or 500 <= self.status < 600
        )


@dataclass
class Pace:
    """The turns of each host: one request at a time, and none before it is due."""

    manners: Manners
    due: dict[str, float] = field(default_factory=dict)
    locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until a host may be asked; nobody else asks it meanwhile."""
        clock = asyncio.get_running_loop().time
        async with self.locks.setdefault(host, asyncio.Lock()):
            if (wait := self.due.get(host, 0) - clock()) > 0:
                await self.manners.sleep(wait)
            try:
                yield
            finally:
                self.rest(host, self.manners.pause)

    def rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long."""
        self.due[host] = asyncio.get_running_loop().time() + seconds


class Asker:
    """Asks servers for pages, as a program that says its name."""

    def __init__(self, name: str, gate: Gate, manners: Manners, trust: ssl.SSLContext | None = None) -> None:
        self.name, self.manners, self.pace = name, manners, Pace(manners)
        self.failed: dict[str, list[Answer]] = {}  # by host, since it last answered
        self.pool = httpcore2.AsyncConnectionPool(
            ssl_context=trust, network_backend=gate, max_connections=None, max_keepalive_connections=0
        )

    async def ask(
        self, address: str, headers: Mapping[str, str] | None = None, form: bytes | None = None
    ) -> Answer:
        """Return what an address answers in the end, after redirects and further tries.

        `headers` go to the first address alone, never to where it redirects; a form is sent by POST
        and follows no redirect. A host that failed often enough is not asked again.
        """
        address, host = address.partition("#")[0], host_of(address)
        failed = self.failed.setdefault(host, [])
        if len(failed) >= self.manners.enough:
            note = f"not tried, as {len(failed)} others of its host failed: {failed[-1].note}"
            return replace(failed[-1], address=address, note=note, hops=())
        answer = await self._persist(address, headers or {}, form)
        if answer.may_pass:
            failed.append(answer)
        else:
            failed.clear()
        return answer

    async def _persist(self, address: str, headers: Mapping[str, str], form: bytes | None) -> Answer:
        """Ask until there is an answer that stands, or often enough."""
        for wait in (*self.manners.waits, None):
            answer = await self._follow(address, headers, form)
            if wait is None or not answer.may_pass:
                return answer
            seconds = wait if answer.after is None else answer.after
            if seconds > self.manners.longest:
                return replace(answer, note=f"it asks to be left alone for {seconds:.0f} seconds")
            self.pace.rest(host_of(answer.address), max(seconds, self.manners.pause))
        raise AssertionError("the last try returns")

    async def _follow(self, address: str, headers: Mapping[str, str], form: bytes | None) -> Answer:
        """Ask once, and follow where it redirects; each step is held to the rules of the first."""
        ports, seen, hops = own_ports(address), {address}, list[int]()
        while True:
            try:
                target = read_address(address, ports)
                answer = await self._once(address, target, {} if hops else headers, form)
            except BarredError as error:
                answer = Answer(address, fault="barred", note=str(error))
            answer = replace(answer, hops=tuple(hops))
            if not answer.to or form is not None:
                return answer
            hops.append(answer.status)
            address = answer.to.partition("#")[0]
            if address in seen or len(hops) > self.manners.hops:
                return Answer(address, fault="endless", note="it redirects without end", hops=tuple(hops))
            seen.add(address)

    async def _once(
        self, address: str, target: Target, headers: Mapping[str, str], form: bytes | None
    ) -> Answer:
        """Send one request, and read the beginning of what comes. Raises BarredError."""
        said = {
            "Host": target.authority, "User-Agent": self.name, "Accept": "text/html,*/*;q=0.8",
            "Accept-Encoding": "identity", "Connection": "close", **headers,
        }  # fmt: skip
        found = Answer(address)
        async with self.pace.turn(target.host):
            try:
                async with (
                    asyncio.timeout(self.manners.patience),
                    self.pool.stream(
                        "GET" if form is None else "POST", target.url, headers=[*said.items()], content=form
                    ) as response,
                ):
                    found = _headed(address, response)
                    if not found.to and found.status < 300:
                        found = replace(found, text=await self._beginning(response))
            except (TimeoutError, httpcore2.TimeoutException):
                return found if found.status else Answer(address, fault="late", note="no answer in time")
            except NamelessError as error:
                return Answer(address, fault="name", note=str(error))
            except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
                return found if found.status else _broken(address, error)
        return found

    async def _beginning(self, response: httpcore2.Response) -> str:
        """Return the beginning of a text; nothing of what is packed or no text."""
        headers = _headers(response)
        kind = headers.get("content-type", "text/html").lower()
        if not _READABLE.match(kind) or headers.get("content-encoding", "identity") != "identity":
            return ""
        raw = b""
        async for part in response.aiter_stream():
            raw += part
            if len(raw) >= self.manners.room:
                break
        raw = raw[: self.manners.room]
        named = _CHARSET.search(kind.encode()) or _CHARSET.search(raw[:2048])
        try:
            return raw.decode(named[1].decode() if named else "utf-8", "replace")
        except LookupError:
            return raw.decode("utf-8", "replace")


def _headers(response: httpcore2.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}


def _headed(address: str, response: httpcore2.Response) -> Answer:
    """Return what the head of a response says."""
    headers = _headers(response)
    to = headers.get("location", "") if response.status in _REDIRECTS else ""
    to = to.encode("latin-1").decode("utf-8", "replace").strip()
    return Answer(address, response.status, after=_after(headers), to=_joined(address, to) if to else "")


def _joined(address: str, to: str) -> str:
    """Return where a redirect leads, empty where that is no address."""
    try:
        return urlsplit(urljoin(address, to)).geturl()
    except ValueError:
        return ""


def _after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of Retry-After (RFC 9110, section 10.2.3): a number or a moment."""
    said = headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said[:9])
    try:
        # the moment is by the clock of the server, which Date tells
        until, sent = parsedate_to_datetime(said), parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (until - sent).total_seconds())
    except (ValueError, TypeError):
        return None


def _broken(address: str, error: Exception) -> Answer:
    fault = next((one for one in (error, *error.args) if isinstance(one, ssl.SSLError)), None)
    if fault:
        why = getattr(fault, "verify_message", "") or str(fault.reason or "no sound certificate")
        return Answer(address, fault="tls", note=f"TLS: {why.replace('_', ' ').lower()}")
    return Answer(address, fault="broken", note=str(error) or "the connection broke")
