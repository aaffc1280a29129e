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

NOT_ASKED = "gatehouse.replay.not-asked"
"""Flow metadata: the request was not captured and stands for nothing; its answer was, and is read."""


def unknown_request(context: Context, stream: int) -> CommandGenerator[None]:
    """That of an answer."""
    yield _headers(context, stream, http1_head.unknown_request(), end=True)
    yield ReceiveHttp(RequestEndOfMessage(stream))


def stray_of_client(context: Context, stream: int, before: Request | None, data: bytes) -> CommandGenerator[None]:
    """A message for ``data`` that belongs to none. ``before``: the last one of the same side."""
    yield _headers(context, stream, http1_head.stray_request(before), end=False)
    yield ReceiveHttp(RequestData(stream, data))
    yield ReceiveHttp(RequestEndOfMessage(stream))
    yield DropStream(stream)


def stray_of_server(context: Context, stream: int, before: Response | None, data: bytes) -> CommandGenerator[None]:
    """The same, of the other side."""
    yield from unknown_request(context, stream)
    yield ReceiveHttp(ResponseHeaders(stream, http1_head.stray_response(before), False))
    yield ReceiveHttp(ResponseData(stream, data))
    yield ReceiveHttp(ResponseEndOfMessage(stream))


def _headers(context: Context, stream: int, request: Request, *, end: bool) -> ReceiveHttp:
    flow = HTTPFlow(context.client, context.server)
    flow.metadata[NOT_ASKED] = True
    return ReceiveHttp(RequestHeaders(stream, request, end, flow))
