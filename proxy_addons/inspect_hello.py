"""Name services that get round the filter when a device goes to one: a box's resolver tells nobody what was looked up.

By the name in the handshake, so that it is noticed though the app takes no certificate of ours. As for lookups, the
device may have gone there by itself; and of every other host nothing is kept.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from mitmproxy.tls import ClientHelloData

from detection.avoidance import avoidance_of
from detection.binding_table import canonical
from proxy_addons.identify import Bindings
from proxy_addons.inspect_dns import said
from proxy_addons.inspection import Inspects
from proxy_addons.reader import Circumstances, Reader
from proxy_addons.watchdog import Watchdog


class InspectHello:
    """After Bypass: what is left closed is not looked at."""

    def __init__(
        self,
        reader: Reader,
        bindings: Bindings,
        inspection: Inspects,
        watchdog: Watchdog,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._reader, self._bindings = reader, bindings
        self._inspection, self._watchdog, self._now = inspection, watchdog, now

    def tls_clienthello(self, data: ClientHelloData) -> None:
        with self._watchdog.guard("hello"):
            host = (data.client_hello.sni or "").lower()
            if data.ignore_connection or not host or not (found := avoidance_of(host)):
                return
            self._watchdog.count(f"avoidance.{found.kind}")
            peer, at = data.context.client.peername, self._now()
            subject = self._bindings.subject_for(canonical(peer[0]) if peer else "", None, at)
            around = Circumstances(subject=subject, seen_at=at, host=host, evidence=lambda: None)
            # The connection does not wait for it: nothing is held back that was sent.
            self._inspection.submit(lambda: self._reader.heard(said(host, found), "", around), 0, "hello")
