"""mitmproxy's part for one request and its answer, for a replay: bodies can be followed, and what broke off is read."""

from typing import Protocol

from mitmproxy.http import HTTPFlow, Request
from mitmproxy.proxy import events
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator
from mitmproxy.proxy.layers.http import HTTPMode, HttpStream
from mitmproxy.proxy.layers.http._events import (
    RequestData,
    RequestEndOfMessage,
    RequestHeaders,
    RequestProtocolError,
    ResponseData,
    ResponseEndOfMessage,
    ResponseProtocolError,
)
from mitmproxy.proxy.mode_specs import ProxyMode

TRANSPARENT, EXPLICIT = ProxyMode.parse("transparent"), ProxyMode.parse("regular")
_PIECES = (RequestData, ResponseData)
_ERRORS = (RequestProtocolError, ResponseProtocolError)


class Follow(Protocol):
    """Is told every piece of a body, streamed or held, still in its content coding."""

    def __call__(self, flow: HTTPFlow, data: bytes, *, from_client: bool) -> None: ...


class ReplayHttpStream(HttpStream):
    mode = HTTPMode.transparent

    def __init__(self, context: Context, stream_id: int, follow: Follow, *, proxied: bool) -> None:
        """``proxied``: the client knows of a proxy, and asked it for this connection."""
        super().__init__(context, stream_id)
        self._follow, self._proxied, self._is_told_again = follow, proxied, False

    def _handle_event(self, event: events.Event) -> CommandGenerator[None]:
        if isinstance(event, RequestHeaders):
            self._set_mode(event.request)
        elif isinstance(event, _PIECES) and not self._is_told_again:
            self._follow(self.flow, event.data, from_client=isinstance(event, RequestData))
        elif isinstance(event, _ERRORS):
            event = self._ended_early(event)
        # What was held, and turns out too long for that, comes once more from within.
        before, self._is_told_again = self._is_told_again, True
        yield from super()._handle_event(event)
        self._is_told_again = before

    def _set_mode(self, asked: Request) -> None:
        """A request that names its host whole was sent to a proxy, and the live gateway was that proxy."""
        explicit = bool(asked.host) and not asked.is_http2
        self.mode = HTTPMode.regular if explicit else HTTPMode.transparent
        self.context.client.proxy_mode = EXPLICIT if explicit or self._proxied else TRANSPARENT

    def _ended_early(self, event: RequestProtocolError | ResponseProtocolError) -> events.Event:
        """What broke off in the middle of a body was seen as far as it came, and is read that far."""
        if self.client_state in (self.state_consume_request_body, self.state_stream_request_body):
            return RequestEndOfMessage(self.stream_id) if isinstance(event, RequestProtocolError) else event
        if self.server_state in (self.state_consume_response_body, self.state_stream_response_body):
            return ResponseEndOfMessage(self.stream_id)
        return event
