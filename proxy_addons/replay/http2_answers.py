"""mitmproxy's reader of an HTTP/2 server, for a replay: the client chose the numbers of streams, and may be pushed."""

from collections.abc import Sequence

import h2.events
from mitmproxy.http import Request
from mitmproxy.proxy import events
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator
from mitmproxy.proxy.layers.http._base import HttpEvent, ReceiveHttp
from mitmproxy.proxy.layers.http._events import RequestData, RequestEndOfMessage, RequestHeaders, RequestTrailers
from mitmproxy.proxy.layers.http._http2 import Http2Client, StreamState, parse_h2_request_headers

from proxy_addons.replay.http2_reading import Http2Reading
from proxy_addons.replay.http2_requests import MOST_HEADERS

_TABLE = 1 << 20
_ANYWHERE = ((b":scheme", b"https"), (b":authority", b"-"), (b":path", b"/"))


class Http2Answers(Http2Client):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.provisional_max_concurrency = None
        self.h2_conn = Http2Reading(self.h2_conf)
        # The recorded client's SETTINGS, not ours, ruled whether the server pushed, and how it compressed headers.
        self.h2_conn.local_settings.enable_push = 1
        self.h2_conn.local_settings.acknowledge()
        self.h2_conn.decoder.max_allowed_table_size = _TABLE
        self.h2_conn.decoder.max_header_list_size = MOST_HEADERS

    def _handle_event(self, event: events.Event) -> CommandGenerator[None]:
        if isinstance(event, HttpEvent):
            if _is_pushed(event.stream_id):
                return  # nobody asked the server for it
            self._keep_number(event.stream_id)
        if isinstance(event, RequestHeaders):
            self._ask(event)
        elif not isinstance(event, RequestData | RequestTrailers):  # of which nothing is sent either
            yield from super()._handle_event(event)

    def handle_h2_event(self, event: h2.events.Event) -> CommandGenerator[bool]:
        if isinstance(event, h2.events.PushedStreamReceived):
            number, names = event.pushed_stream_id, event.headers
            if number and names:  # as ever in what h2 has read
                yield from self._push(number, names)
            return False
        return (yield from super().handle_h2_event(event))

    def _ask(self, event: RequestHeaders) -> None:
        """By its method, on which depends whether a body follows the answer's head."""
        asked = [(b":method", event.request.data.method), *_ANYWHERE]
        self.h2_conn.send_headers(event.stream_id, asked, end_stream=event.end_stream)
        self.streams[event.stream_id] = StreamState.EXPECTING_HEADERS
        self.h2_conn.clear_outbound_data_buffer()

    def _push(self, number: int, names: Sequence[tuple[bytes, bytes]]) -> CommandGenerator[None]:
        """The request a promise stands for, as if the client had sent it; what is none is left out with its answer."""
        try:
            host, port, method, scheme, authority, path, headers = parse_h2_request_headers(names)
        except ValueError:
            return
        asked = Request(host, port, method, scheme, authority, path, b"HTTP/2.0", headers, None, None, 0.0, None)
        self._keep_number(number)
        self.streams[number] = StreamState.EXPECTING_HEADERS
        yield ReceiveHttp(RequestHeaders(number, asked, end_stream=True))
        yield ReceiveHttp(RequestEndOfMessage(number))

    def _keep_number(self, number: int) -> None:
        self.our_stream_id[number] = self.their_stream_id[number] = number


def _is_pushed(number: int) -> bool:
    return number % 2 == 0
