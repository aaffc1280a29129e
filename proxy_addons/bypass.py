"""Leave alone what must never be opened: helplines, health, banks, exam boards, records, device services.

Of what is left alone only the reason is counted: no host, no time, nobody.
"""

import ipaddress
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from mitmproxy.http import HTTPFlow
from mitmproxy.proxy.mode_specs import TransparentMode
from mitmproxy.tcp import TCPFlow
from mitmproxy.tls import ClientHelloData

from detection import helplines
from detection.settings import SettingsError
from proxy_addons.exchanges import CAME_FROM
from proxy_addons.fetch_metadata import is_navigation
from proxy_addons.message_headers import header
from proxy_addons.request_address import host_of
from proxy_addons.watchdog import Watchdog

SHIPPED = Path(__file__).with_name("bypass.toml")

UNREAD = "gatehouse.unread"
"""Flow metadata: set on what must not be read, for every addon that follows."""
UNSEEN = frozenset({"helpline", "health"})
"""Reasons for which not even that a page was visited may show in what it fetches elsewhere."""


class Hosts:
    """Which domains are left alone, and why."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        self._reasons = dict(reasons)

    def reason(self, host: str) -> str | None:
        """Why ``host`` is left alone, by whole labels: "notnhs.uk" is not below "nhs.uk"."""
        labels = host.rstrip(".").lower().split(".")
        for start in range(len(labels)):
            if reason := self._reasons.get(".".join(labels[start:])):
                return reason
        return None


def load_hosts(*files: Path, own: tuple[str, ...] = ()) -> Hosts:
    """Read lists of the form of bypass.toml; ``own`` are the system's own hosts. Helplines are always among them."""
    reasons = dict.fromkeys((host.lower() for host in own), "own-console")
    for file in files:
        try:
            groups = tomllib.loads(file.read_text("utf-8")).get("group", [])
            reasons |= {domain.lower(): group["reason"] for group in groups for domain in group["domains"]}
        except OSError as e:
            raise SettingsError(f"{file}: cannot be read: {e.strerror}") from e
        except (ValueError, KeyError, TypeError, AttributeError) as e:
            raise SettingsError(f"{file}: is not a list of groups with reason and domains: {e}") from e
    return Hosts(reasons | dict.fromkeys(helplines.domains(), "helpline"))


class Bypass:
    def __init__(self, hosts: Hosts, watchdog: Watchdog, listed: Callable[[str], bool] = lambda host: False) -> None:
        """``listed``: hosts with illegal content, which no list of a school's own keeps closed."""
        self._hosts, self._watchdog, self._listed = hosts, watchdog, listed

    def tls_clienthello(self, data: ClientHelloData) -> None:
        with self._watchdog.guard("tls_clienthello"):
            names = [name for name in (data.client_hello.sni, _asked_for(data)) if name]
            if self.leaves_closed(names):
                data.ignore_connection = True

    def leaves_closed(self, names: list[str]) -> bool:
        """Whether TLS is not opened to a host of these names; that is counted. Recorded TLS is asked about here too."""
        reason = self._agreed(names)
        if reason:
            self._watchdog.bypassed(reason)
        return reason is not None

    def requestheaders(self, flow: HTTPFlow) -> None:
        """Plain HTTP. What came through TLS and was opened was opened for a reason (see above), so it is read."""
        with self._watchdog.guard("requestheaders", flow.id):
            self._look_back(flow)
            if flow.request.scheme == "https" or flow.metadata.get(UNREAD):
                return
            names = list(filter(None, dict.fromkeys((_destination(flow), host_of(flow.request)))))
            if reason := self._agreed(names):
                flow.metadata[UNREAD] = True
                self._watchdog.bypassed(reason)

    def tcp_start(self, flow: TCPFlow) -> None:
        """Neither the web nor TLS that was left alone; where the gateway leads to a fixed server, or TLS was opened."""
        with self._watchdog.guard("tcp_start", flow.id):
            server = flow.server_conn.address
            names = [name for name in (flow.client_conn.sni, server[0] if server else None) if name]
            if reason := next(filter(None, map(self._hosts.reason, names)), None):
                flow.metadata[UNREAD] = True
                self._watchdog.bypassed(reason)

    def _look_back(self, flow: HTTPFlow) -> None:
        """What a helpline's page fetches elsewhere (its chat, its counters) tells of the visit as well."""
        headers = flow.request.headers
        pages = filter(None, (header(headers, b"referer"), header(headers, b"origin")))
        reasons = (self._hosts.reason(helplines.host_of(page)) for page in pages)
        if reason := next((reason for reason in reasons if reason in UNSEEN), None):
            flow.metadata[CAME_FROM] = True
            if not is_navigation(headers):
                flow.metadata[UNREAD] = True
                self._watchdog.bypassed(reason)

    def _agreed(self, names: list[str]) -> str | None:
        """The names must agree: saying one host while going to another does not keep a connection closed."""
        reasons = [self._hosts.reason(name) for name in names]
        if any(reasons) and any(self._listed(name) for name in names):
            return None
        return reasons[0] if reasons and all(reasons) else None


def _asked_for(data: ClientHelloData) -> str | None:
    """Where the client told the proxy to go. A transparent gateway was told nothing and has the SNI alone."""
    if isinstance(data.context.client.proxy_mode, TransparentMode):
        return None
    return data.context.server.address[0] if data.context.server.address else None


def _destination(flow: HTTPFlow) -> str | None:
    """The host of a proxy request. A transparent one has only the address, which names nobody."""
    host = flow.request.host
    return None if isinstance(flow.client_conn.proxy_mode, TransparentMode) and _is_address(host) else host


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
