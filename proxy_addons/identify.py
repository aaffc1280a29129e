"""Say who is behind each request, message and lookup: who signed in, else whom its address stands for now."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from mitmproxy.dns import DNSFlow
from mitmproxy.flow import Flow
from mitmproxy.http import HTTPFlow
from mitmproxy.tcp import TCPFlow

from detection.binding_table import canonical
from detection.observation import Subject
from proxy_addons.watchdog import Watchdog

SUBJECT = "gatehouse.subject"
"""Flow metadata: the Subject, for every addon that follows."""


class Bindings(Protocol):
    def subject_for(self, address: str, device: str | None, now: datetime) -> Subject: ...


class Identify:
    def __init__(
        self,
        bindings: Bindings,
        watchdog: Watchdog,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        signed_in: Callable[[Flow], Subject | None] = lambda flow: None,
    ) -> None:
        """``signed_in``: who said who they are on this connection; that goes before whom its address stands for."""
        self._bindings, self._watchdog, self._now, self._signed_in = bindings, watchdog, now, signed_in

    def requestheaders(self, flow: HTTPFlow) -> None:
        with self._watchdog.guard("identify", flow.id):
            self._name(flow)

    def websocket_message(self, flow: HTTPFlow) -> None:
        """Anew for each message: a chat stays open for hours, and the device may change hands meanwhile."""
        with self._watchdog.guard("identify", flow.id):
            self._name(flow)

    def tcp_start(self, flow: TCPFlow) -> None:
        with self._watchdog.guard("identify", flow.id):
            self._name(flow)

    def tcp_message(self, flow: TCPFlow) -> None:
        """Likewise."""
        with self._watchdog.guard("identify", flow.id):
            self._name(flow)

    def dns_request(self, flow: DNSFlow) -> None:
        with self._watchdog.guard("identify", flow.id):
            self._name(flow)

    def _name(self, flow: Flow) -> None:
        flow.metadata[SUBJECT] = self._signed_in(flow) or self._bindings.subject_for(
            address_of(flow), None, self._now()
        )


def subject_of(flow: Flow) -> Subject:
    """The Subject that was put there, or what the address alone tells."""
    subject = flow.metadata.get(SUBJECT)
    return subject if isinstance(subject, Subject) else Subject(address=address_of(flow))


def address_of(flow: Flow) -> str:
    """The client's address in its plain form: a socket for both families writes IPv4 as ::ffff:192.0.2.1."""
    return canonical(flow.client_conn.peername[0]) if flow.client_conn.peername else ""
