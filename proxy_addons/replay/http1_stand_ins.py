"""What stands in for the messages of HTTP/1 that were not captured, so that what was is read."""

from mitmproxy.http import HTTPFlow, Request, Response
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator
from mitmproxy.proxy.layers.http import DropStream
from mitmproxy.proxy.layers.http._base import ReceiveHttp
from mitmproxy.proxy.layers.http._events import (
    RequestData,
    RequestEndOfMessage,
    RequestHeaders,
    ResponseData,
    ResponseEndOfMessage,
    ResponseHeaders,
)

from proxy_addons.replay import http1_head
from proxy_addons.replay.http1_pairing import Http1Exchange, Pairing

NOT_ASKED = "gatehouse.replay.not-asked"
"""Flow metadata: the request was not captured and stands for nothing; its answer was, and is read."""


class StandIns:
    """Numbered by ``pairing`` like the messages that were captured."""

    def __init__(self, context: Context, pairing: Pairing) -> None:
        self._context, self._pairing = context, pairing
        self.asked: Request | None = None
        """The last request, as which the client's stray bytes are told."""
        self.answered: Response | None = None

    def unknown_request(self) -> CommandGenerator[Http1Exchange]:
        """That of an answer; what it belongs to waits for none."""
        exchange = self._pairing.new("GET")
        exchange.asked = True
        yield from self._unknown(exchange)
        return exchange

    def refused(self, target: str) -> CommandGenerator[Http1Exchange]:
        """That of what a proxy says instead of opening a tunnel, which is a page like any other."""
        exchange = yield from self.unknown_request()
        exchange.target = target
        return exchange

    def stray_of_client(self, data: bytes) -> CommandGenerator[None]:
        """A message for ``data`` that belongs to none."""
        stream = self._pairing.new("POST").id
        yield self._headers(stream, http1_head.stray_request(self.asked), end=False)
        yield ReceiveHttp(RequestData(stream, data))
        yield ReceiveHttp(RequestEndOfMessage(stream))
        yield DropStream(stream)

    def stray_of_server(self, data: bytes) -> CommandGenerator[None]:
        """The same, of the other side."""
        exchange = self._pairing.new("GET")
        yield from self._unknown(exchange)
        yield ReceiveHttp(ResponseHeaders(exchange.id, http1_head.stray_response(self.answered), False))
        yield ReceiveHttp(ResponseData(exchange.id, data))
        yield ReceiveHttp(ResponseEndOfMessage(exchange.id))

    def _unknown(self, exchange: Http1Exchange) -> CommandGenerator[None]:
        yield self._headers(exchange.id, http1_head.unknown_request(), end=True)
        yield ReceiveHttp(RequestEndOfMessage(exchange.id))

    def _headers(self, stream: int, request: Request, *, end: bool) -> ReceiveHttp:
        flow = HTTPFlow(self._context.client, self._context.server)
        flow.metadata[NOT_ASKED] = True
        return ReceiveHttp(RequestHeaders(stream, request, end, flow))
