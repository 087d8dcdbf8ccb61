"""An address taken apart once, so that what is checked is what is asked for.

Only http and https are asked, at their own ports or at the one that a card names, and never with a
name and a password.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import httpcore2
import idna

from .gate import BarredError

_PORTS = {"http": 80, "https": 443}
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"  # what of an address is not written as %..
_HOST = re.compile(r"[a-z0-9._:-]+")


@dataclass(frozen=True)
class Target:
    """An address in the parts that a request needs, read once."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> httpcore2.URL:
        """The same for the library, which reads nothing into it."""
        return httpcore2.URL(scheme=self.scheme, host=self.host, port=self.port, target=self.path)

    @property
    def authority(self) -> str:
        """Host and port as the header Host has them (RFC 9110, section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def read_address(address: str, ports: frozenset[int] = frozenset()) -> Target:
    """Return the parts of an address. Raises BarredError where it is not asked: scheme, port, password."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise BarredError("this is no address of the web") from None
    if parts.scheme not in _PORTS:
        raise BarredError(f"{parts.scheme or 'no scheme'}: only http and https are asked")
    if parts.username is not None or parts.password is not None:
        raise BarredError("an address with a name and a password is not asked")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            host = ""
    if not _HOST.fullmatch(host):
        raise BarredError("this is no address of the web")
    port = port or _PORTS[parts.scheme]
    if port not in ports and port not in _PORTS.values():
        raise BarredError(f"port {port} is not asked after a redirect")
    path, query = quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE)
    return Target(parts.scheme, host, port, f"{path}?{query}" if query else path)


def own_ports(address: str) -> frozenset[int]:
    """Return the port that an address names itself."""
    try:
        port = urlsplit(address).port
    except ValueError:
        port = None
    return frozenset({port} if port else ())


def host_of(address: str) -> str:
    """Return the host of an address, empty where it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
