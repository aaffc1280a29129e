"""Ask for a host's addresses as the box itself does: at the resolvers the settings name, or as the system would."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence

from mitmproxy_rs.dns import DnsResolver

Lookup = Callable[[str, int], Awaitable[Sequence[str]]]
"""A host's addresses of one family, 4 or 6; none where it has none, or nobody answers."""
SECONDS = 2.0
"""A resolver on the same machine answers at once, or has to ask; a client does not wait longer for us."""


def lookups(resolvers: Sequence[str]) -> list[Lookup]:
    """One for each resolver, to be asked in this order; the system's where there are none."""
    return [_at(resolver) for resolver in resolvers] or [_as_the_system_does]


def _at(resolver: str) -> Lookup:
    asked = DnsResolver(name_servers=[resolver], use_hosts_file=False)

    async def lookup(host: str, version: int) -> Sequence[str]:
        ask = asked.lookup_ipv6 if version == 6 else asked.lookup_ipv4
        try:
            # The dot keeps the machine's own search domains out of it.
            return await asyncio.wait_for(ask(f"{host}."), SECONDS)
        except (OSError, TimeoutError):
            return []

    return lookup


async def _as_the_system_does(host: str, version: int) -> Sequence[str]:
    """In a thread of the event loop's, and through the host map if there is one."""
    family = socket.AF_INET6 if version == 6 else socket.AF_INET
    ask = asyncio.get_running_loop().getaddrinfo(host, None, family=family, type=socket.SOCK_STREAM)
    try:
        return [str(where[0]) for _, _, _, _, where in await asyncio.wait_for(ask, SECONDS)]
    except (OSError, TimeoutError, UnicodeError):
        return []
