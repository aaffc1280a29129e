"""The explicit proxy is for the school's own devices, for the web, and for what lies outside: it is no open door."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from mitmproxy.connection import Client
from mitmproxy.exceptions import AddonHalt
from mitmproxy.http import HTTPFlow, Response
from mitmproxy.proxy.mode_specs import RegularMode, Socks5Mode, TransparentMode, UpstreamMode
from mitmproxy.proxy.server_hooks import ServerConnectionHookData
from mitmproxy.tls import ClientHelloData

from detection.binding_table import canonical
from proxy_addons.destinations import Allowed, Destinations, judged_by
from proxy_addons.own_answers import answer
from proxy_addons.watchdog import Watchdog

ASKED = (RegularMode, UpstreamMode, Socks5Mode)
"""Modes in which the client says where it wants to go."""


class ExplicitProxy:
    """Whoever is on this machine itself may go anywhere; it could without us."""

    def __init__(
        self,
        watchdog: Watchdog,
        *,
        clients: Iterable[str] = (),
        ports: Iterable[int] = (80, 443),
        inside: Iterable[str] = (),
        own_pages: Iterable[str] = (),
    ) -> None:
        """``clients``: networks; without any, whoever has no public address.

        ``own_pages``: names of the box whose plain page any device may see, however it gets there.
        """
        self._watchdog, self._clients = watchdog, tuple(map(ip_network, clients))
        self._ports, self._own_pages = frozenset(ports), frozenset(own_pages)
        self._destinations = Destinations(inside)

    def client_connected(self, client: Client) -> None:
        with self._watchdog.guard("client_connected"):
            if isinstance(client.proxy_mode, ASKED) and not self._may_use_it(_address(client)):
                client.error = "not a device of this network"
                self._watchdog.count("proxy_refused")

    def tls_clienthello(self, data: ClientHelloData) -> None:
        """To the proxy itself, before it was said where to go: never a host's, so no list is asked about it.

        mitmproxy means to keep HTTP/2 out of this, which it cannot read CONNECT from, and forgets it.
        """
        client, server = data.context.client, data.context.server
        if isinstance(client.proxy_mode, RegularMode) and server.address is None:
            client.alpn = b"http/1.1"
            raise AddonHalt

    def http_connect(self, flow: HTTPFlow) -> None:
        if refusal := self._refusal(flow):
            flow.response = refusal

    def requestheaders(self, flow: HTTPFlow) -> None:
        if refusal := self._refusal(flow):
            answer(flow, refusal)

    def server_connect(self, data: ServerConnectionHookData) -> None:
        """Closed where we cannot say: a fault of ours must not open the box itself."""
        data.server.error = "not checked"
        with self._watchdog.guard("server_connect"):
            allowed, where = self._judge(data), data.server.address
            judged_by(allowed)
            if allowed and where and _is_address(where[0]) and not allowed(where[0]):
                data.server.error = "not through this gateway"
                self._watchdog.count("proxy_refused")
            else:
                data.server.error = None

    def server_connected(self, data: ServerConnectionHookData) -> None:
        """What this task resolves from here on is for nobody's connection."""
        judged_by(None)

    def server_connect_error(self, data: ServerConnectionHookData) -> None:
        judged_by(None)

    def _judge(self, data: ServerConnectionHookData) -> Allowed | None:
        """None: anything goes, for who is on this machine, and where the settings say where to go."""
        mode, where = data.client.proxy_mode, data.server.address
        if _address(data.client).is_loopback:
            return None
        if isinstance(mode, TransparentMode):
            return self._destinations.from_network
        if not isinstance(mode, ASKED) or (where and where[0].lower() in self._own_pages and where[1] == 80):
            return None
        return self._destinations.from_proxy

    def _refusal(self, flow: HTTPFlow) -> Response | None:
        client = flow.client_conn
        if not isinstance(client.proxy_mode, ASKED) or _address(client).is_loopback or flow.request.port in self._ports:
            return None
        self._watchdog.count("proxy_refused")
        return Response.make(403, f"Port {flow.request.port} is not reached through this proxy.\n")

    def _may_use_it(self, address: IPv4Address | IPv6Address) -> bool:
        if address.is_loopback or not self._clients:
            return not address.is_global
        return any(address in network for network in self._clients)


def _address(client: Client) -> IPv4Address | IPv6Address:
    return ip_address(canonical(client.peername[0]))


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
