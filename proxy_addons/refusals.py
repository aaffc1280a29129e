"""Watch how handshakes end: who accepts the gateway's certificate, and who hangs up."""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from mitmproxy.connection import Client
from mitmproxy.http import HTTPFlow
from mitmproxy.proxy.mode_specs import TransparentMode
from mitmproxy.tcp import TCPFlow
from mitmproxy.tls import ClientHelloData, TlsData

from detection.binding_table import canonical
from detection.unopened.entry import is_address
from proxy_addons.client_class import client_class
from proxy_addons.refusal_store import Event
from proxy_addons.watchdog import Watchdog

SAID_NO = ("unknown ca", "bad certificate", "certificate unknown", "unsupported certificate", "access denied")
"""Alerts by which a client refuses a certificate; not those of a wrong clock or of no common version."""
HUNG_UP = ("connection closed", "disconnected during the handshake")
"""In mitmproxy's words, as are those above."""
SILENT = 3.0
"""Seconds: who greets in full and leaves so soon without a word has looked at the certificate and did not like it."""
MOST_OPEN = 50_000


class Learns(Protocol):
    def add(self, event: Event) -> None: ...


@dataclass(slots=True)
class _Greeted:
    client: str
    host: str
    device: str
    established: float | None = None
    told: bool = False


class Refusals:
    def __init__(self, learning: Learns, watchdog: Watchdog, clock: Callable[[], float] = time.monotonic) -> None:
        self._learning, self._watchdog, self._clock = learning, watchdog, clock
        self._open: OrderedDict[str, _Greeted] = OrderedDict()
        """By the connection's id."""

    def tls_clienthello(self, data: ClientHelloData) -> None:
        """After ``Bypass``: what is left closed is none of our business."""
        with self._watchdog.guard("tls_clienthello"):
            client, host = data.context.client, _host(data)
            if data.ignore_connection or not host or not client.peername:
                return
            self._open[client.id] = _Greeted(client_class(data.client_hello), host, device(client.peername[0]))
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)

    def tls_established_client(self, data: TlsData) -> None:
        """Not yet a success: many an app looks at the certificate only now."""
        if greeted := self._open.get(data.conn.id):
            greeted.established = self._clock()

    def tls_failed_client(self, data: TlsData) -> None:
        with self._watchdog.guard("tls_failed_client"):
            said = data.conn.error or ""
            if any(words in said for words in (*SAID_NO, *HUNG_UP)):
                self._tell(data.conn.id, accepted=False)
            self._open.pop(data.conn.id, None)

    def requestheaders(self, flow: HTTPFlow) -> None:
        self._tell(flow.client_conn.id, accepted=True)

    def tcp_message(self, flow: TCPFlow) -> None:
        if flow.messages and flow.messages[-1].from_client:
            self._tell(flow.client_conn.id, accepted=True)

    def client_disconnected(self, client: Client) -> None:
        with self._watchdog.guard("client_disconnected"):
            greeted = self._open.get(client.id)
            if greeted and greeted.established is not None and self._clock() - greeted.established < SILENT:
                self._tell(client.id, accepted=False)
            self._open.pop(client.id, None)

    def _tell(self, connection: str, *, accepted: bool) -> None:
        """Once for each connection."""
        greeted = self._open.get(connection)
        if greeted and not greeted.told:
            greeted.told = True
            self._learning.add(Event(greeted.client, greeted.host, greeted.device, accepted))


def device(address: str) -> str:
    """What stands for one device: an IPv4 address, or an IPv6 network, in which one device has as many as it likes."""
    plain = canonical(address)
    at = ipaddress.ip_address(plain.partition("%")[0])
    return str(ipaddress.ip_network((at, 64), strict=False)) if at.version == 6 else plain


def _host(data: ClientHelloData) -> str:
    """The host it greets, where it goes to no other; empty where that is an address or not one."""
    server = data.context.server.address
    asked = None if isinstance(data.context.client.proxy_mode, TransparentMode) or not server else server[0]
    names = {name.rstrip(".").lower() for name in (data.client_hello.sni, asked) if name}
    return "" if len(names) != 1 or is_address(host := names.pop()) else host
