"""What goes out on a connection that is to end: over mitmproxy's own layers, with no network."""

import h2.config
import h2.connection
import h2.events
from mitmproxy.connection import Client, ConnectionState
from mitmproxy.options import Options
from mitmproxy.proxy import commands, context, events
from mitmproxy.proxy.layers.http import HttpLayer, HTTPMode

from proxy_addons.leaving_layer import Leave, http_of, install, is_idle

install()


def http(alpn=None):
    client = Client(
        peername=("192.0.2.10", 4000), sockname=("203.0.113.10", 443), state=ConnectionState.OPEN, alpn=alpn
    )
    options = Options()
    for name, value in (
        ("validate_inbound_headers", bool),
        ("normalize_outbound_headers", bool),
        ("proxy_debug", bool),
    ):
        options.add_option(name, value, False, "")
    where = context.Context(client, options)
    where.server.address = ("203.0.113.10", 443)
    layer = HttpLayer(where, HTTPMode.transparent)
    list(layer.handle_event(events.Start()))
    return layer


def told(layer, event):
    return list(layer.handle_event(event))


def test_an_idle_connection_is_closed():
    layer = http()
    assert http_of(layer) is layer
    assert is_idle(layer)
    (closed,) = told(layer, Leave())
    assert isinstance(closed, commands.CloseConnection)
    assert closed.connection == layer.context.client


def test_one_that_is_asking_is_left_to_go_on():
    layer = http()
    told(layer, events.DataReceived(layer.context.client, b"GET / HTTP/1.1\r\nHo"))
    assert not is_idle(layer)
    assert told(layer, Leave()) == []


def client_of(layer):
    speaker = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
    speaker.initiate_connection()
    told(layer, events.DataReceived(layer.context.client, speaker.data_to_send()))
    return speaker


def heard(speaker, out):
    return [e for command in out if isinstance(command, commands.SendData) for e in speaker.receive_data(command.data)]


def test_over_http2_an_idle_client_hears_goaway_and_then_the_end():
    layer = http(b"h2")
    speaker = client_of(layer)
    out = told(layer, Leave())
    (gone,) = [e for e in heard(speaker, out) if isinstance(e, h2.events.ConnectionTerminated)]
    assert (gone.error_code, gone.last_stream_id) == (0, 0)
    assert isinstance(out[-1], commands.CloseConnection)


def test_over_http2_a_client_that_waits_for_an_answer_hears_goaway_and_still_gets_it():
    layer = http(b"h2")
    speaker = client_of(layer)
    head = [(":method", "GET"), (":path", "/"), (":authority", "web.test"), (":scheme", "https")]
    speaker.send_headers(1, head, end_stream=True)
    told(layer, events.DataReceived(layer.context.client, speaker.data_to_send()))
    assert not is_idle(layer)
    out = told(layer, Leave())
    (gone,) = [e for e in heard(speaker, out) if isinstance(e, h2.events.ConnectionTerminated)]
    assert gone.last_stream_id == 2**31 - 1
    assert not [command for command in out if isinstance(command, commands.CloseConnection)]
