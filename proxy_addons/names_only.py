"""Networks of people's own devices and of guests: nothing of theirs is opened or read, and nobody there is named.

Only that something passed is counted. A box puts such networks here until a named person has signed for more.
"""

from mitmproxy.connection import Client
from mitmproxy.dns import DNSFlow
from mitmproxy.flow import Flow
from mitmproxy.http import HTTPFlow
from mitmproxy.tcp import TCPFlow
from mitmproxy.tls import ClientHelloData

from detection.binding_table import canonical
from proxy_addons.bypass import UNREAD
from proxy_addons.client_networks import ClientNetworks
from proxy_addons.watchdog import Watchdog

REASON = "names-only"


class NamesOnly:
    """Before Bypass, and all that reads."""

    def __init__(self, networks: ClientNetworks, watchdog: Watchdog) -> None:
        self._networks, self._watchdog = networks, watchdog

    def tls_clienthello(self, data: ClientHelloData) -> None:
        with self._watchdog.guard("tls_clienthello"):
            if self._has(data.context.client):
                data.ignore_connection = True
                self._watchdog.bypassed(REASON)

    def requestheaders(self, flow: HTTPFlow) -> None:
        self._leave(flow, "requestheaders")

    def tcp_start(self, flow: TCPFlow) -> None:
        self._leave(flow, "tcp_start")

    def dns_request(self, flow: DNSFlow) -> None:
        self._leave(flow, "dns_request")

    def _leave(self, flow: Flow, where: str) -> None:
        with self._watchdog.guard(where, flow.id):
            if self._has(flow.client_conn):
                flow.metadata[UNREAD] = True
                self._watchdog.bypassed(REASON)

    def _has(self, client: Client) -> bool:
        return bool(client.peername) and self._networks.of(canonical(client.peername[0])) is not None
