"""What comes to port 443 and cannot be opened: passed, passed and told of, or closed, by the client's network."""

import re
from collections.abc import Iterator
from enum import StrEnum

from mitmproxy.exceptions import AddonHalt
from mitmproxy.net.tls import starts_like_tls_record
from mitmproxy.proxy import commands, events, layers
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator, Layer, NextLayer
from mitmproxy.proxy.layers.tls import parse_client_hello

from detection.binding_table import canonical
from detection.conversations.recognition import Not, recognised
from proxy_addons.clear_layer import ASKED
from proxy_addons.client_networks import ClientNetworks
from proxy_addons.watchdog import Watchdog

WEB_TLS = 443
ENCRYPTED_HELLO = 0xFE0D
"""The extension of TLS that hides the hello (ECH). Browsers send one with nothing in it to everybody, and the name
beside it as ever. One that means it comes again without, once it has met a certificate of ours."""
LONGEST_HELLO = 1 << 16
_HTTP = re.compile(rb"[A-Za-z]{3,20} ")


class Answer(StrEnum):
    PASS = "pass"  # noqa: S105 - a policy, no password
    ALERT = "alert"
    BLOCK = "block"


class Reason(StrEnum):
    NOT_TLS = "not-tls"
    """Neither TLS nor HTTP nor a protocol that is read: a tunnel on a port that is open everywhere."""
    HELLO = "hello"
    """It begins like TLS, and is none."""
    ECH = "ech"
    """The name of the host is encrypted, and none beside it."""


class Undecryptable:
    """Stands before mitmproxy's own NextLayer, which would close what it cannot parse and open what has no name."""

    def __init__(self, networks: ClientNetworks, watchdog: Watchdog) -> None:
        """``networks``: an Answer for each; others pass."""
        self._networks, self._watchdog = networks, watchdog

    def next_layer(self, deciding: NextLayer) -> None:
        context = deciding.context
        if deciding.layer or not _is_first_on_443(context):
            return
        reason = None
        with self._watchdog.guard("next_layer"):
            reason = _reason(deciding.data_client(), deciding.data_server())
        if reason is Not.YET:
            raise AddonHalt
        if isinstance(reason, Reason):
            with self._watchdog.guard("next_layer"):
                deciding.layer = self._answered(context, reason)

    def _answered(self, context: Context, reason: Reason) -> Layer:
        peer = context.client.peername
        answer = (self._networks.of(canonical(peer[0])) if peer else None) or Answer.PASS
        self._watchdog.count(f"undecryptable.{reason}")
        if answer != Answer.PASS:
            self._watchdog.count(f"undecryptable_{answer}")
        return Closed(context) if answer == Answer.BLOCK else layers.TCPLayer(context, ignore=True)


class Closed(Layer):
    """Hangs up, and has nobody called at the other end."""

    def _handle_event(self, event: events.Event) -> CommandGenerator[None]:
        if isinstance(event, events.Start):
            yield from self._hang_up()

    def _hang_up(self) -> Iterator[commands.Command]:
        yield commands.CloseConnection(self.context.client)


def _is_first_on_443(context: Context) -> bool:
    """Not what is inside TLS that was opened, nor what is said to the proxy itself."""
    client, server = context.client, context.server
    on_443 = server.address is not None and server.address[1] == WEB_TLS
    return (
        on_443 and client.transport_protocol == "tcp" and not client.tls and not isinstance(context.layers[-1], ASKED)
    )


def _reason(client: bytes, server: bytes) -> Reason | Not | None:
    """None: it can be opened, or is read as it is. ``Not.YET``: more must come before that is known."""
    if len(client) < 3 and b"\x16\x03".startswith(client):
        return Not.YET
    if not starts_like_tls_record(client):
        is_read = _HTTP.match(client) or recognised(client, server) is not Not.KNOWN
        return None if is_read else Reason.NOT_TLS
    try:
        hello = parse_client_hello(client)
        if hello is None:
            return Not.YET if len(client) < LONGEST_HELLO else Reason.HELLO
        hides = any(kind == ENCRYPTED_HELLO for kind, _ in hello.extensions)
    except ValueError:
        return Reason.HELLO
    return Reason.ECH if hides and not hello.sni else None
