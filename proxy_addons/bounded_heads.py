"""What an HTTP/1 connection may say before it makes sense: heads, chunks' sizes, and requests ahead of their turn.

mitmproxy keeps any of them however long they get, so that one line without an end would take all memory.
"""

from mitmproxy.proxy import commands, events
from mitmproxy.proxy.layer import CommandGenerator
from mitmproxy.proxy.layers.http._base import ReceiveHttp
from mitmproxy.proxy.layers.http._http1 import Http1Connection, Http1Server, make_error_response

LONGEST = 256 << 10
"""Bytes of a head; browsers take no longer one, and servers far less."""
AHEAD = 16 << 20
"""Bytes of requests that wait for the answer to the one before them."""


def install() -> None:
    if Http1Connection._handle_event is not _handle_event:
        Http1Connection._handle_event = _handle_event  # type: ignore[method-assign]


_as_ever = Http1Connection._handle_event


def _handle_event(self: Http1Connection, event: events.Event) -> CommandGenerator[None]:
    yield from _as_ever(self, event)
    if isinstance(event, events.DataReceived) and len(self.buf) > LONGEST:
        waits = self.state == self.wait
        if len(self.buf) > AHEAD if waits else self.state in (self.read_headers, self.read_body):
            yield from _refuse(self)


def _refuse(http: Http1Connection) -> CommandGenerator[None]:
    http.buf.maybe_extract_at_most(len(http.buf))
    if http.state == http.read_headers and isinstance(http, Http1Server):
        yield commands.SendData(http.conn, make_error_response(431, "The head of the request is too long."))
        yield commands.CloseConnection(http.conn)
    else:
        yield commands.CloseConnection(http.conn)
        if http.stream_id is not None:
            fault, why = http.ReceiveProtocolError, "more than 256 KB that end nowhere"
            yield ReceiveHttp(fault(http.stream_id, why, code=fault.code))
    http.state = http.done
