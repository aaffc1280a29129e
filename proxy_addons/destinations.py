"""Where the gateway goes for a client: never to itself, and through the explicit proxy not to what is near the box.

A proxy reaches what its client may not: the box's own programs, the networks of staff, of cameras and of doors. Names
are judged by what they resolve to, in the connection that is then made, so that one that changes its address gains
nothing.
"""

import asyncio
import errno
import socket
from collections.abc import Awaitable, Callable, Iterable
from contextvars import ContextVar
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from detection.binding_table import canonical

Resolve = Callable[..., Awaitable[list[Any]]]
Allowed = Callable[[str], bool]

_NEAR = tuple(map(ip_network, ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))
_ANY_FAMILY = tuple(map(ip_network, ("64:ff9b::/96", "2002::/16")))
"""Addresses that hold an IPv4 address for some router to unpack."""

_judge: ContextVar[Allowed | None] = ContextVar("destinations", default=None)
"""Of the connection that this task is making."""


class Destinations:
    def __init__(self, inside: Iterable[str] = ()) -> None:
        """``inside``: networks near the box that the explicit proxy may reach. ValueError if one is none."""
        self._inside = tuple(map(ip_network, inside))

    def from_proxy(self, address: str) -> bool:
        """For a client that names where it wants to go."""
        parsed = _parsed(address)
        if parsed is None or not self.from_network(address) or any(parsed in network for network in _ANY_FAMILY):
            return False
        return any(parsed in network for network in self._inside) or not any(parsed in network for network in _NEAR)

    def from_network(self, address: str) -> bool:
        """For a client whose connection was led here: what lies near it would have reached without us."""
        parsed = _parsed(address)
        if parsed is None:
            return False
        special = parsed.is_loopback or parsed.is_link_local or parsed.is_multicast or parsed.is_unspecified
        return not special and not _is_own(parsed)


def judged_by(allowed: Allowed | None) -> None:
    """From here on, in this task, names resolve only to addresses that are allowed."""
    _judge.set(allowed)


def install(loop: asyncio.AbstractEventLoop) -> None:
    """Before the host map, whose addresses are the network manager's own words and are not judged."""
    loop.getaddrinfo = _judging(loop.getaddrinfo)  # type: ignore[method-assign,assignment]


def _judging(otherwise: Resolve) -> Resolve:
    async def getaddrinfo(host: Any, port: Any, **how: Any) -> list[Any]:
        found = await otherwise(host, port, **how)
        if (allowed := _judge.get()) is None:
            return found
        if reachable := [each for each in found if allowed(each[4][0])]:
            return reachable
        raise OSError(errno.EACCES, "not through this gateway")

    return getaddrinfo


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(canonical(address))
    except ValueError:
        return None


def _is_own(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is one of this machine's: then the kernel would also send from it. Nothing is sent to find out."""
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect((str(address), 9))
        except OSError:
            return False
        return canonical(str(asking.getsockname()[0])) == str(address)
