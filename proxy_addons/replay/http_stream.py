"""mitmproxy's part for one request and its answer, for a replay: bodies can be followed, and what broke off is read."""

from typing import Protocol

from mitmproxy.http import HTTPFlow
from mitmproxy.proxy import events
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator
from mitmproxy.proxy.layers.http import HttpStream
from mitmproxy.proxy.layers.http._events import (
    RequestData,
    RequestEndOfMessage,
    RequestProtocolError,
    ResponseData,
    ResponseEndOfMessage,
    ResponseProtocolError,
)


class Follow(Protocol):
    """Is told every piece of a body, streamed or held, still in its content coding."""

    def __call__(self, flow: HTTPFlow, data: bytes, *, from_client: bool) -> None: ...


class ReplayHttpStream(HttpStream):
    def __init__(self, context: Context, stream_id: int, follow: Follow) -> None:
        super().__init__(context, stream_id)
        self._follow, self._is_told_again = follow, False

    def _handle_event(self, event: events.Event) -> CommandGenerator[None]:
        if isinstance(event, RequestData | ResponseData) and not self._is_told_again:
            self._follow(self.flow, event.data, from_client=isinstance(event, RequestData))
        # What was held, and turns out too long for that, comes once more from within.
        before, self._is_told_again = self._is_told_again, True
        yield from super()._handle_event(self._ended_early(event))
        self._is_told_again = before

    def _ended_early(self, event: events.Event) -> events.Event:
        """What broke off in the middle of a body was seen as far as it came, and is read that far."""
        if not isinstance(event, RequestProtocolError | ResponseProtocolError):
            return event
        if self.client_state in (self.state_consume_request_body, self.state_stream_request_body):
            return RequestEndOfMessage(self.stream_id) if isinstance(event, RequestProtocolError) else event
        if self.server_state in (self.state_consume_response_body, self.state_stream_response_body):
            return ResponseEndOfMessage(self.stream_id)
        return event
