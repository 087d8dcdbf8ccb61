"""A server of this machine that misbehaves in every way in which servers do, each at its own path.

Hosts are names that only the tests know; a resolver that is handed over sends them here.
"""

import contextlib
import json
import socket
import socketserver
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import trustme


@dataclass(frozen=True)
class Asked:
    """One request as the server read it, and the way back."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: str
    connection: socket.socket
    times: int  # how often this target was asked for, this time included

    @property
    def path(self) -> str:
        return self.target.split("?")[0]

    @property
    def host(self) -> str:
        return self.headers["host"].split(":")[0]

    def say(self, status: str, body: str | bytes = "", **headers: str) -> None:
        raw = body.encode() if isinstance(body, str) else body
        said = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(raw))}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        self.connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + raw)

    def page(self, title: str) -> None:
        self.say("200 OK", f"<!doctype html><title>{title}</title><p>Words.")


@dataclass
class Server:
    """The server: what it does by path, and what it was asked for."""

    ways: dict[str, Callable[[Asked], object]]
    asked: list[Asked] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)
    stopped: threading.Event = field(default_factory=threading.Event)
    port: int = 0
    at_once: Counter[str] = field(default_factory=Counter)
    most: int = 0

    def at(self, path: str, host: str = "pages.test", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def serve(self, connection: socket.socket) -> None:
        """Read one request, and do what its path says; 404 where none is told."""
        raw = b""
        while b"\r\n\r\n" not in raw:
            if not (part := connection.recv(65536)):
                return
            raw += part
            if raw.startswith(b"\x16"):  # the hello of TLS, which this server does not speak
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
        head, _, body = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        while len(body) < int(headers.get("content-length", 0)):
            body += connection.recv(65536)
        method, target, _ = first.split(" ")
        self.times[target] += 1
        asked = Asked(method, target, headers, body.decode(), connection, self.times[target])
        self.asked.append(asked)
        self.ways.get(asked.path, lambda one: one.say("404 Not Found", "<title>Nothing</title>"))(asked)

    def hold(self, _asked: Asked) -> None:
        """Say nothing until the test is over."""
        self.stopped.wait(20)

    def count(self, asked: Asked) -> None:
        """Answer after a moment, and note how many requests of a host wait for that at once."""
        self.at_once[asked.host] += 1
        self.most = max(self.most, self.at_once[asked.host])
        self.stopped.wait(0.01)
        self.at_once[asked.host] -= 1  # before the answer, which the next request may follow at once
        asked.page("Here")

    def endless(self, asked: Asked) -> None:
        """Send a page that never ends, as fast as it is read."""
        asked.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Long</title>")
        while not self.stopped.is_set():
            asked.connection.sendall(b"x" * 65536)

    def drip(self, asked: Asked) -> None:
        """Send a header a byte at a time."""
        for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 10_000:
            asked.connection.sendall(bytes([byte]))
            if self.stopped.wait(0.02):
                return

    def stall(self, asked: Asked) -> None:
        """Send the head of a page, and then nothing."""
        asked.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>He")
        self.stopped.wait(20)


def reset(asked: Asked) -> None:
    """Break the connection off."""
    asked.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    asked.connection.close()


def turn(status: str, to: str) -> Callable[[Asked], object]:
    """Redirect; {port} stands for the port of the server."""
    return lambda asked: asked.say(
        status, Location=to.replace("{port}", asked.headers["host"].partition(":")[2])
    )


@contextlib.contextmanager
def running(server: Server, certificate: trustme.LeafCert | None = None) -> Iterator[Server]:
    """Run a server; with a certificate it speaks TLS."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    if certificate:
        certificate.configure_cert(context)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                connection = self.request
                if certificate:
                    connection = context.wrap_socket(connection, server_side=True)
                server.serve(connection)

    class Many(socketserver.ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 50

    with Many(("127.0.0.1", 0), Handler) as listening:
        server.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            listening.shutdown()
            thread.join()


def wayback(known: Mapping[str, str], saved: Mapping[str, Any]) -> dict[str, Callable[[Asked], object]]:
    """The two services of the Wayback Machine: what it has, by address, and what comes of a save."""

    def available(asked: Asked) -> None:
        url = parse_qs(asked.target.partition("?")[2])["url"][0]
        closest = {
            "available": True,
            "url": known.get(url, ""),
            "timestamp": "20240102030405",
            "status": "200",
        }
        found = {"closest": closest} if url in known else {}
        said = json.dumps({"url": url, "archived_snapshots": found})
        asked.say("200 OK", said, Content_Type="application/json")

    def save(asked: Asked) -> None:
        url = parse_qs(asked.body)["url"][0]
        job = {"url": url, "job_id": f"spn2-{'good' if url in saved else 'bad'}"}
        asked.say("200 OK", json.dumps(job), Content_Type="application/json")

    def status(asked: Asked) -> None:
        if asked.times == 1:
            said: dict[str, Any] = {"status": "pending"}
        elif asked.path.endswith("good"):
            said = {"status": "success", **next(iter(saved.values()))}
        else:
            said = {"status": "error", "status_ext": "error:blocked-url", "message": "Not here."}
        asked.say("200 OK", json.dumps(said), Content_Type="application/json")

    jobs = {f"/save/status/spn2-{end}": status for end in ("good", "bad")}
    return {"/wayback/available": available, "/save/": save, **jobs}


class Anywhere(dict[str, Callable[[Asked], object]]):
    """The same at every path for which nothing else is told."""

    def __init__(self, way: Callable[[Asked], object]) -> None:
        super().__init__()
        self.way = way

    def get(self, path: str, _other: object = None) -> Callable[[Asked], object]:  # type: ignore[override]
        return super().get(path, self.way)
