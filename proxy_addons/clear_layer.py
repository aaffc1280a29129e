"""Make mitmproxy pass clear protocols on: it waits for clients to speak first, and takes lines of words for HTTP."""

from mitmproxy.net.tls import starts_like_tls_record
from mitmproxy.proxy import commands, layers, mode_servers, tunnel
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator, Layer, NextLayer
from mitmproxy.proxy.layers import modes
from mitmproxy.proxy.mode_specs import ReverseMode

from detection.conversations.recognition import Not, recognised

GREETS = frozenset({21, 25, 110, 119, 143, 587})
"""Ports on which the server speaks first: before anybody has spoken nothing else is known."""
GREETS_IN_TLS = frozenset({465, 563, 990, 993, 995})
ASKED = (modes.HttpProxy, modes.HttpUpstreamProxy, modes.ReverseProxy)
"""Where the client talks to the proxy itself, or the settings say what it speaks."""


class ClearLayer:
    """Stands before mitmproxy's own NextLayer, which would decide otherwise."""

    def next_layer(self, deciding: NextLayer) -> None:
        context, client = deciding.context, deciding.data_client()
        if deciding.layer or context.client.transport_protocol != "tcp" or isinstance(context.layers[-1], ASKED):
            return
        if starts_like_tls_record(client):
            if _port(context) in GREETS_IN_TLS:
                stack = tunnel.LayerStack()
                stack /= layers.ServerTLSLayer(context)
                stack /= layers.ClientTLSLayer(context)
                stack /= layers.TCPLayer(context)
                deciding.layer = stack[0]
        elif not isinstance(recognised(client, deciding.data_server()), Not):
            deciding.layer = layers.TCPLayer(context)


class _Early(modes.DestinationKnown):
    """Goes to the server at once where that is the one to speak first."""

    def finish_start(self) -> CommandGenerator[str | None]:
        if _greets(self.context):
            error: str | None = yield commands.OpenConnection(self.context.server)
            if error:
                self._handle_event = self.done  # type: ignore[method-assign]
                return error
        return (yield from super().finish_start())


class EarlyReverse(_Early, modes.ReverseProxy):
    pass


class EarlyTransparent(_Early, modes.TransparentProxy):
    pass


class EarlySocks5(_Early, modes.Socks5Proxy):
    pass


def install() -> None:
    """mitmproxy makes a connection's first layer by its mode, and has no hook before that."""
    mode_servers.ReverseInstance.make_top_layer = _reverse  # type: ignore[method-assign]
    mode_servers.TransparentInstance.make_top_layer = _transparent  # type: ignore[method-assign]
    mode_servers.Socks5Instance.make_top_layer = _socks5  # type: ignore[method-assign]


def _reverse(self: mode_servers.ReverseInstance, context: Context) -> Layer:
    return EarlyReverse(context)


def _transparent(self: mode_servers.TransparentInstance, context: Context) -> Layer:
    return EarlyTransparent(context)


def _socks5(self: mode_servers.Socks5Instance, context: Context) -> Layer:
    return EarlySocks5(context)


def _greets(context: Context) -> bool:
    mode = context.client.proxy_mode
    if isinstance(mode, ReverseMode):
        return mode.scheme == "tcp"
    return _port(context) in GREETS


def _port(context: Context) -> int:
    return context.server.address[1] if context.server.address else 0
