"""Hold an origin's certificate against what is known of it, and say what is wrong with one that will not do."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from mitmproxy.http import HTTPFlow
from mitmproxy.net import tls as net_tls
from mitmproxy.tls import TlsData
from OpenSSL import SSL

from proxy_addons.fetch_metadata import is_navigation
from proxy_addons.upstream import staples
from proxy_addons.upstream.faults import fault_of
from proxy_addons.upstream.recent import RecentFaults
from proxy_addons.upstream.revocation import RevocationLists
from proxy_addons.watchdog import Watchdog


class UpstreamCheck:
    """mitmproxy checks dates, names and issuers; we add revocation, and count each by its reason."""

    def __init__(
        self,
        lists: RevocationLists,
        recent: RecentFaults,
        watchdog: Watchdog,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._lists, self._recent, self._watchdog, self._now = lists, recent, watchdog, now

    def tls_start_server(self, data: TlsData) -> None:
        """Ask for a staple. With the answer, or without one, comes the question whether to go on: ``accepts``."""
        with self._watchdog.guard("tls_start_server"):
            if data.ssl_conn and not data.is_dtls:
                data.ssl_conn.set_app_data(self.accepts)
                data.ssl_conn.request_ocsp()

    def accepts(self, connection: SSL.Connection, staple: bytes) -> bool:
        """Whether a certificate that was verified is not revoked, as far as anybody has told us."""
        with self._watchdog.guard("revocation"):
            if not staple and not self._lists:
                return True
            chain = [each.to_cryptography() for each in connection.get_verified_chain() or ()]
            return not (self._lists.names(chain) or staples.says_revoked(staple, chain, self._now()))
        return True

    def tls_failed_server(self, data: TlsData) -> None:
        with self._watchdog.guard("tls_failed_server"):
            if fault := fault_of(data.conn.error):
                self._watchdog.count(f"upstream.{fault}")
                self._recent.note(data.conn.sni or "", fault)  # without a name mitmproxy puts the address there

    def error(self, flow: HTTPFlow) -> None:
        """A person is told (page.py). A program gets no page that it might take for an answer: its connection ends."""
        with self._watchdog.guard("error", flow.id):
            at_fault = flow.error and fault_of(flow.error.msg)
            if at_fault and not is_navigation(flow.request.headers) and flow.killable:
                flow.kill()


def install() -> None:
    """Let each context that mitmproxy makes for origins ask; they are shared, so each is made to once."""
    made = net_tls.create_proxy_server_context.__wrapped__

    @lru_cache(256)
    def create(**options: Any) -> SSL.Context:
        context: SSL.Context = made(**options)
        context.set_ocsp_client_callback(_ask)
        return context

    net_tls.create_proxy_server_context = create


def _ask(connection: SSL.Connection, staple: bytes, _: object) -> bool:
    accepts = connection.get_app_data()
    return accepts is None or bool(accepts(connection, staple))
