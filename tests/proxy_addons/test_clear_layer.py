import pytest
from mitmproxy import options
from mitmproxy.connection import Server
from mitmproxy.proxy import events, layers
from mitmproxy.proxy.commands import CloseConnection, OpenConnection
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import NextLayer
from mitmproxy.proxy.layers import modes
from mitmproxy.proxy.mode_specs import ProxyMode
from mitmproxy.test import tflow

from proxy_addons.clear_layer import ClearLayer, EarlyReverse, EarlyTransparent

HELLO = b"\x16\x03\x01\x02\x00\x01"


def context(mode="transparent", port=6667):
    client = tflow.tclient_conn()
    client.proxy_mode = ProxyMode.parse(mode)
    lazy = options.Options()
    lazy.add_option("connection_strategy", str, "lazy", "")
    made = Context(client, lazy)
    made.server = Server(address=("192.0.2.9", port))
    return made


def decided(around, top, client=b"", server=b""):
    top(around)
    deciding = NextLayer(around)
    for connection, data in ((around.client, client), (around.server, server)):
        if data:
            deciding.events.append(events.DataReceived(connection, data))
    ClearLayer().next_layer(deciding)
    return deciding.layer


@pytest.mark.parametrize(
    ("client", "server"), [(b"NICK sam\r\n", b""), (b"CAP LS 302\r\n", b""), (b"", b"* OK ready\r\n")]
)
def test_a_clear_protocol_is_not_taken_for_the_web(client, server):
    assert isinstance(decided(context(), modes.TransparentProxy, client, server), layers.TCPLayer)


@pytest.mark.parametrize("client", [b"GET / HTTP/1.1\r\n\r\n", b"POST /x HTTP/1.1\r\n\r\n", HELLO, b"NI", b""])
def test_everything_else_is_left_to_mitmproxy(client):
    assert decided(context(), modes.TransparentProxy, client) is None


@pytest.mark.parametrize("top", [modes.HttpProxy, modes.ReverseProxy])
def test_what_is_said_to_the_proxy_itself_is_left_to_mitmproxy(top):
    assert decided(context("regular"), top, b"NICK sam\r\n") is None


@pytest.mark.parametrize(("port", "first"), [(993, layers.ServerTLSLayer), (443, type(None))])
def test_where_the_server_speaks_first_in_tls_it_is_reached_at_once(port, first):
    assert isinstance(decided(context(port=port), modes.TransparentProxy, HELLO), first)


@pytest.mark.parametrize(
    ("top", "mode", "port", "early"),
    [
        (EarlyReverse, "reverse:tcp://192.0.2.9:2525", 2525, True),
        (EarlyReverse, "reverse:http://192.0.2.9:2525", 2525, False),
        (EarlyTransparent, "transparent", 25, True),
        (EarlyTransparent, "transparent", 443, False),
    ],
)
def test_a_server_that_greets_is_reached_before_the_client_has_spoken(top, mode, port, early):
    commands = list(top(context(mode, port)).handle_event(events.Start()))
    assert any(isinstance(command, OpenConnection) for command in commands) == early


def test_a_server_that_cannot_be_reached_ends_the_connection():
    top = EarlyReverse(context("reverse:tcp://192.0.2.9:25", 25))
    (opening,) = top.handle_event(events.Start())
    assert isinstance(opening, OpenConnection)
    (closing,) = top.handle_event(events.OpenConnectionCompleted(opening, "refused"))
    assert isinstance(closing, CloseConnection)
