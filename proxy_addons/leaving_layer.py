"""Let mitmproxy's HTTP connections be ended politely: GOAWAY for HTTP/2, close 1001 for WebSockets.

mitmproxy knows only to cut connections. A ``Leave`` goes down a connection's layers to where HTTP is spoken.
"""

from collections.abc import Iterator
from typing import Any

from hyperframe.frame import GoAwayFrame
from mitmproxy.proxy import commands, events
from mitmproxy.proxy.layer import CommandGenerator, Layer
from mitmproxy.proxy.layers.http import HttpLayer, HttpStream
from mitmproxy.proxy.layers.http._http1 import Http1Server
from mitmproxy.proxy.layers.http._http2 import Http2Server
from mitmproxy.proxy.layers.websocket import WebsocketLayer
from wsproto.events import CloseConnection
from wsproto.frame_protocol import CloseReason

NO_ERROR = 0
LAST_OF_ALL = 2**31 - 1
"""Says: whatever you have begun is still answered, but begin nothing more here."""


class Leave(events.Event):
    def __init__(self, *, at_once: bool = False) -> None:
        """``at_once``: WebSockets too, which otherwise go on as long as their ends like."""
        self.at_once = at_once


def install() -> None:
    if HttpLayer._handle_event is not _handle_event:
        HttpLayer._handle_event = _handle_event  # type: ignore[method-assign]


_as_ever = HttpLayer._handle_event


def http_of(top: Layer) -> HttpLayer | None:
    """Where a connection speaks HTTP; None while, or because, it does not."""
    last = top.context.layers[-1]
    return last if isinstance(last, HttpLayer) else None


def is_idle(http: HttpLayer) -> bool:
    """Whether nothing is under way on it, nor within a CONNECT."""
    server = http.connections.get(http.context.client)
    if isinstance(server, Http1Server):
        within = [_within(stream) for stream in http.streams.values()]
        return all(inner and is_idle(inner) for inner in within) and not bytes(server.buf)
    return isinstance(server, Http2Server) and not http.streams  # of its own it keeps those that are long answered


def _within(stream: HttpStream) -> HttpLayer | None:
    """The HTTP that is spoken through a CONNECT."""
    last = stream.context.layers[-1]
    return last if stream.child_layer and isinstance(last, HttpLayer) else None


def _handle_event(self: HttpLayer, event: events.Event) -> CommandGenerator[None]:
    yield from _leave(self, event) if isinstance(event, Leave) else _as_ever(self, event)


def _leave(http: HttpLayer, event: Leave) -> CommandGenerator[None]:
    server = http.connections.get(http.context.client)
    if is_idle(http) and not http.streams:
        if isinstance(server, Http2Server):
            server.h2_conn.close_connection(NO_ERROR)
            yield commands.SendData(server.conn, server.h2_conn.data_to_send())
        yield commands.CloseConnection(http.context.client)
        return
    if isinstance(server, Http2Server):
        # By h2 itself the connection would be at its end with this: no answer under way could be finished.
        goaway = GoAwayFrame(0, last_stream_id=LAST_OF_ALL, error_code=NO_ERROR)
        yield commands.SendData(server.conn, goaway.serialize())
    for stream in list(http.streams.values()):
        for inner in _inner(stream, event):
            yield from http.event_to_child(stream, inner)


def _inner(stream: HttpStream, event: Leave) -> Iterator[events.Event]:
    """What the stream is to be told."""
    if isinstance(stream.child_layer, WebsocketLayer):
        if event.at_once and stream.child_layer.flow.websocket:
            yield _closing(stream.child_layer)
    elif _within(stream):
        yield event


def _closing(socket: WebsocketLayer) -> events.Event:
    """As if the server had said good-bye; the bytes that make the layer look for it are none."""
    said: Any = socket.server_ws
    said._events.append(CloseConnection(code=CloseReason.GOING_AWAY, reason="gateway restarts"))
    return events.DataReceived(socket.context.server, b"")
