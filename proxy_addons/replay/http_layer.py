"""mitmproxy's HTTP layer for a replay: bodies can be followed, and HTTP/2 keeps its recorded stream numbers."""

from typing import Protocol

from mitmproxy.http import HTTPFlow
from mitmproxy.proxy import events
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator, Layer
from mitmproxy.proxy.layers.http import HttpLayer, HTTPMode, HttpStream
from mitmproxy.proxy.layers.http._base import HttpEvent
from mitmproxy.proxy.layers.http._events import RequestData, ResponseData
from mitmproxy.proxy.layers.http._http2 import Http2Client

_TABLE = 1 << 20


class Follow(Protocol):
    """Is told every piece of a body, streamed or held, still in its content coding."""

    def __call__(self, flow: HTTPFlow, data: bytes, *, from_client: bool) -> None: ...


class ReplayHttpLayer(HttpLayer):
    def __init__(self, context: Context, follow: Follow) -> None:
        super().__init__(context, HTTPMode.transparent)
        self._follow = follow

    def _handle_event(self, event: events.Event) -> CommandGenerator[None]:
        yield from super()._handle_event(event)
        if isinstance(event, events.Start) and self.context.server.alpn == b"h2":
            layer = self.connections[self.context.server] = _ReplayHttp2Client(self.context.fork())
            yield from self.event_to_child(layer, events.Start())

    def event_to_child(self, child: Layer | HttpStream, event: events.Event) -> CommandGenerator[None]:
        if isinstance(child, HttpStream) and isinstance(event, RequestData | ResponseData):
            self._follow(child.flow, event.data, from_client=isinstance(event, RequestData))
        yield from super().event_to_child(child, event)


class _ReplayHttp2Client(Http2Client):
    """The server's side of a recorded connection: the client chose the stream numbers, not we."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.provisional_max_concurrency = None
        # The recorded client's SETTINGS, not ours, ruled how the recorded server compressed its headers.
        self.h2_conn.decoder.max_allowed_table_size = _TABLE

    def _handle_event(self, event: events.Event) -> CommandGenerator[None]:
        if isinstance(event, HttpEvent) and event.stream_id not in self.our_stream_id:
            self.our_stream_id[event.stream_id] = event.stream_id
            self.their_stream_id[event.stream_id] = event.stream_id
        yield from super()._handle_event(event)
