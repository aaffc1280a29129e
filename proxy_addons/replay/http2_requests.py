"""mitmproxy's reader of an HTTP/2 client, for a replay: of answers it is told when they begin and end, and no more."""

from mitmproxy.proxy import events
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator
from mitmproxy.proxy.layers.http._events import ResponseData, ResponseHeaders, ResponseTrailers
from mitmproxy.proxy.layers.http._http2 import Http2Server

from proxy_addons.replay.http2_reading import Http2Reading

MOST_HEADERS = 1 << 20


class Http2Requests(Http2Server):
    """What would be sent to the client goes nowhere. It would wait for windows that the recording may not open."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.h2_conn = Http2Reading(self.h2_conf)
        self.h2_conn.decoder.max_header_list_size = MOST_HEADERS

    def _handle_event(self, event: events.Event) -> CommandGenerator[None]:
        if isinstance(event, ResponseHeaders):
            if self.is_open_for_us(event.stream_id):
                self.h2_conn.send_headers(event.stream_id, [(b":status", b"200")], end_stream=event.end_stream)
                self.h2_conn.clear_outbound_data_buffer()
        elif not isinstance(event, ResponseData | ResponseTrailers):
            yield from super()._handle_event(event)
