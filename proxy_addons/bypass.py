"""Leave alone what must never be opened: helplines, health, banks, exam boards, records, device services.

Of what is left alone only the reason is counted: no host, no time, nobody.
"""

import ipaddress
from collections.abc import Awaitable, Callable
from typing import Protocol

from mitmproxy.connection import Client, Server
from mitmproxy.flow import Flow
from mitmproxy.http import HTTPFlow
from mitmproxy.proxy.mode_specs import TransparentMode
from mitmproxy.tcp import TCPFlow
from mitmproxy.tls import ClientHello, ClientHelloData

from detection import helplines
from proxy_addons.exchanges import CAME_FROM
from proxy_addons.fetch_metadata import is_navigation
from proxy_addons.message_headers import header
from proxy_addons.request_address import host_of
from proxy_addons.watchdog import Watchdog

UNREAD = "gatehouse.unread"
"""Flow metadata: set on what must not be read, for every addon that follows."""
UNSEEN = frozenset({"helpline", "health", "union", "faith"})
"""Reasons for which not even that a page was visited may show in what it fetches elsewhere."""


class Agreement(Protocol):
    async def agree(self, name: str, address: str) -> bool: ...


class Hosts(Protocol):
    def reason(self, host: str) -> str | None:
        """Why ``host`` is left alone."""


class Bypass:
    def __init__(
        self,
        hosts: Hosts,
        watchdog: Watchdog,
        listed: Callable[[str], bool] = lambda host: False,
        own_names: Agreement | None = None,
        learned: Callable[[str, ClientHello], str | None] = lambda host, hello: None,
    ) -> None:
        """``listed``: hosts with illegal content, which no list of a school's own keeps closed.

        ``learned``: why a host is left alone for clients that greet so.

        ``own_names``: asked by a transparent gateway whether a client goes where it says. A recorded one is believed.
        """
        self._hosts, self._watchdog, self._own_names = hosts, watchdog, own_names
        self._listed, self._learned = listed, learned

    def tls_clienthello(self, data: ClientHelloData) -> Awaitable[None] | None:
        with self._watchdog.guard("tls_clienthello"):
            if data.ignore_connection:
                return None
            names = [name for name in (data.client_hello.sni, _asked_for(data)) if name]
            if reason := self._agreed(names) or self._all_learned(names, data.client_hello):
                context = data.context
                return self._once_true(names[0], context.client, context.server, lambda: self._close(data, reason))
        return None

    def leaves_closed(self, names: list[str]) -> bool:
        """Whether TLS is not opened to a host of these names; that is counted. Recorded TLS is asked about here."""
        reason = self._agreed(names)
        if reason:
            self._watchdog.bypassed(reason)
        return reason is not None

    def requestheaders(self, flow: HTTPFlow) -> Awaitable[None] | None:
        """Plain HTTP. What came through TLS and was opened was opened for a reason (see above), so it is read."""
        with self._watchdog.guard("requestheaders", flow.id):
            self._look_back(flow)
            if flow.request.scheme == "https" or flow.metadata.get(UNREAD):
                return None
            names = list(filter(None, dict.fromkeys((_destination(flow), host_of(flow.request)))))
            if reason := self._agreed(names):
                return self._once_true(
                    names[0], flow.client_conn, flow.server_conn, lambda: self._leave_unread(flow, reason)
                )
        return None

    def tcp_start(self, flow: TCPFlow) -> None:
        """Neither the web nor TLS that was left alone; where the gateway leads to a fixed server, or TLS was opened."""
        with self._watchdog.guard("tcp_start", flow.id):
            server = flow.server_conn.address
            # Where we ask whether a name in TLS is true, it was opened because it is not.
            said = None if self._own_names and _is_transparent(flow.client_conn) else flow.client_conn.sni
            names = [name for name in (said, server[0] if server else None) if name]
            if reason := next(filter(None, map(self._hosts.reason, names)), None):
                self._leave_unread(flow, reason)

    def _once_true(self, name: str, client: Client, server: Server, then: Callable[[], None]) -> Awaitable[None] | None:
        """At once where the client told the proxy where to go; else when our own resolver says the name is there."""
        if self._own_names is None or not _is_transparent(client):
            then()
            return None
        return self._ask(self._own_names, name, server.address, then)

    async def _ask(
        self, own_names: Agreement, name: str, address: tuple[str, int] | None, then: Callable[[], None]
    ) -> None:
        with self._watchdog.guard("own_names"):
            if address and await own_names.agree(name, address[0]):
                then()
            else:
                self._watchdog.count("disagreed")

    def _close(self, data: ClientHelloData, reason: str) -> None:
        data.ignore_connection = True
        self._watchdog.bypassed(reason)

    def _leave_unread(self, flow: Flow, reason: str) -> None:
        flow.metadata[UNREAD] = True
        self._watchdog.bypassed(reason)

    def _look_back(self, flow: HTTPFlow) -> None:
        """What a helpline's page fetches elsewhere (its chat, its counters) tells of the visit as well."""
        if flow.metadata.get(UNREAD):
            return
        headers = flow.request.headers
        pages = filter(None, (header(headers, b"referer"), header(headers, b"origin")))
        reasons = (self._hosts.reason(helplines.host_of(page)) for page in pages)
        if reason := next((reason for reason in reasons if reason in UNSEEN), None):
            flow.metadata[CAME_FROM] = True
            if not is_navigation(headers):
                self._leave_unread(flow, reason)

    def _all_learned(self, names: list[str], hello: ClientHello) -> str | None:
        return self._agreed(names, lambda name: self._learned(name, hello))

    def _agreed(self, names: list[str], reason_of: Callable[[str], str | None] | None = None) -> str | None:
        """The names must agree: saying one host while going to another does not keep a connection closed."""
        reasons = [(reason_of or self._hosts.reason)(name) for name in names]
        if any(reasons) and any(self._listed(name) for name in names):
            return None
        return reasons[0] if reasons and all(reasons) else None


def _asked_for(data: ClientHelloData) -> str | None:
    """Where the client told the proxy to go. A transparent gateway was told nothing and has the SNI alone."""
    if _is_transparent(data.context.client):
        return None
    return data.context.server.address[0] if data.context.server.address else None


def _destination(flow: HTTPFlow) -> str | None:
    """The host of a proxy request. A transparent one has only the address, which names nobody."""
    host = flow.request.host
    return None if _is_transparent(flow.client_conn) and _is_address(host) else host


def _is_transparent(client: Client) -> bool:
    return isinstance(client.proxy_mode, TransparentMode)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
