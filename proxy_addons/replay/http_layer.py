"""mitmproxy's HTTP layer for a replay: both sides are read from a recording, and nothing is asked of anybody."""

from mitmproxy.proxy import events
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator, Layer
from mitmproxy.proxy.layers.http import GetHttpConnection, GetHttpConnectionCompleted, HttpLayer, HTTPMode, HttpStream
from mitmproxy.proxy.layers.http._events import RequestHeaders
from mitmproxy.proxy.mode_specs import ProxyMode

from proxy_addons.replay.http2_answers import Http2Answers
from proxy_addons.replay.http2_requests import Http2Requests
from proxy_addons.replay.http_stream import Follow, ReplayHttpStream

TRANSPARENT, EXPLICIT = ProxyMode.parse("transparent"), ProxyMode.parse("regular")


class ReplayHttpLayer(HttpLayer):
    """``recording`` tells both sides of HTTP/1; without one, mitmproxy's own layers tell HTTP/2."""

    def __init__(self, context: Context, follow: Follow, recording: Layer | None, *, proxied: bool) -> None:
        """``proxied``: the client knows of a proxy, and asked it for this connection."""
        super().__init__(context, HTTPMode.transparent)
        self._follow, self._proxied = follow, proxied
        self.connections[context.client] = recording or Http2Requests(context.fork())
        self.connections[context.server] = recording or Http2Answers(context.fork())

    def _handle_event(self, event: events.Event) -> CommandGenerator[None]:
        yield from super()._handle_event(event)
        if isinstance(event, events.Start):
            answering = self.connections[self.context.server]
            if isinstance(answering, Http2Answers):
                yield from self.event_to_child(answering, event)

    def make_stream(self, stream_id: int) -> CommandGenerator[None]:
        stream = self.streams[stream_id] = ReplayHttpStream(self.context.fork(), stream_id, self._follow)
        yield from self.event_to_child(stream, events.Start())

    def event_to_child(self, child: Layer | HttpStream, event: events.Event) -> CommandGenerator[None]:
        if isinstance(child, HttpStream) and isinstance(event, RequestHeaders):
            self._set_mode(event)
        yield from super().event_to_child(child, event)

    def get_connection(self, event: GetHttpConnection, *, reuse: bool = True) -> CommandGenerator[None]:
        """There is one server, whatever is asked for: the recorded one."""
        stream = self.command_sources.pop(event)
        yield from self.event_to_child(stream, GetHttpConnectionCompleted(event, (self.context.server, None)))

    def _set_mode(self, event: RequestHeaders) -> None:
        """A request that names its host whole was sent to a proxy, and the live gateway was that proxy."""
        explicit = bool(event.request.host) and not event.request.is_http2
        self.mode = HTTPMode.regular if explicit else HTTPMode.transparent
        self.context.client.proxy_mode = EXPLICIT if explicit or self._proxied else TRANSPARENT
