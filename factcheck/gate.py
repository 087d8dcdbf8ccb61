"""The gate to the network: a name is resolved once, and only a public address is connected to.

The check stands where the connection is made, and the connection goes to the very address that was
checked. So a name that changes its answer in between (DNS rebinding) gains nothing by it, and a
redirect is held to the same rule as the first address.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence

import httpcore2

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
Allow = Callable[[str], bool]

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
# What `is_global` calls global, or called so before Python 3.11.10 and 3.12.4 (CVE-2024-4032), and is not.
_INWARD = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24", "192.88.99.0/24",  # IETF, RFC 6890; relays of 6to4, RFC 7526
            "::/96", "64:ff9b:1::/48",  # IPv4-compatible, RFC 4291; NAT64 of a site, RFC 8215
            "100::/64", "2001::/23", "2002::/16",  # discard, RFC 6666; IETF and Teredo; 6to4, RFC 3056
            "3fff::/20", "5f00::/16", "fec0::/10",  # documentation, RFC 9637; SRv6, RFC 9602; RFC 3879
        ),
    )
)  # fmt: skip


class BarredError(Exception):
    """An address that is not asked, and why."""


class NamelessError(Exception):
    """A host of a name that is not in the DNS."""


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public network, by the IANA registries (RFC 6890).

    IPv4 inside IPv6 counts as what it stands for (IPv4-mapped, NAT64) or as not public (6to4, Teredo).
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id:
            return False
        inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else found.ipv4_mapped
        found = inner or found
    inward = any(found in network for network in _INWARD if network.version == found.version)
    return found.is_global and not found.is_multicast and not inward


async def resolve(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of a host. Raises NamelessError where the DNS has none, else OSError."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
            raise NamelessError(f"no host has the name {host}") from None
        raise
    except UnicodeError:
        raise NamelessError(f"{host} is no name of a host") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Gate(httpcore2.AsyncNetworkBackend):
    """Opens connections to public addresses and to no others."""

    def __init__(self, resolve: Resolve = resolve, allow: Allow = is_public) -> None:
        self.resolve, self.allow = resolve, allow
        self._inner = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to a host. Raises BarredError where any of its addresses is not public."""
        addresses = await self.resolve(host, port)
        for address in addresses:
            if not self.allow(address):
                raise BarredError(f"{host} stands at {address}, which is no public address")
        failure: Exception = NamelessError(f"no host has the name {host}")
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Refuse: no page of the web is behind a socket of this machine."""
        del timeout, socket_options
        raise BarredError(f"{path} is a socket of this machine")

    async def sleep(self, seconds: float) -> None:
        """Wait so many seconds."""
        await self._inner.sleep(seconds)
