"""On port 443 what cannot be opened is told from what can, and the client's network says what becomes of it."""

import json
import socket
import ssl
import struct

import pytest
from mitmproxy import options
from mitmproxy.connection import Server
from mitmproxy.exceptions import AddonHalt
from mitmproxy.proxy import events, layers
from mitmproxy.proxy.commands import CloseConnection
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import NextLayer
from mitmproxy.proxy.layers import modes
from mitmproxy.proxy.mode_specs import ProxyMode
from mitmproxy.test import tflow

from proxy_addons.client_networks import ClientNetworks
from proxy_addons.undecryptable import Closed, Undecryptable
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.conftest import gateway
from tests.proxy_addons.deadline import eventually

NETWORKS = {"10.20.0.0/16": "block", "10.30.0.0/16": "alert"}
PUPIL, STAFF, GUEST = "10.20.0.9", "10.30.0.9", "10.40.0.9"


def hello(name):
    """As a real client begins."""
    came, goes = ssl.MemoryBIO(), ssl.MemoryBIO()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    with pytest.raises(ssl.SSLWantReadError):
        context.wrap_bio(came, goes, server_hostname=name).do_handshake()
    return goes.read()


def with_ech(record):
    """The same with an encrypted hello in it: an extension added at the end, and three lengths put right."""
    extension = struct.pack("!HH", 0xFE0D, 8) + b"\x00\x00\x01\x00\x01\x00\x00\x00"
    body = bytearray(record[5:])
    at = 4 + 2 + 32
    at += 1 + body[at]
    at += 2 + int.from_bytes(body[at : at + 2])
    at += 1 + body[at]
    body[at : at + 2] = (int.from_bytes(body[at : at + 2]) + len(extension)).to_bytes(2)
    body += extension
    body[1:4] = (len(body) - 4).to_bytes(3)
    return record[:3] + len(body).to_bytes(2) + bytes(body)


NAMED, NAMELESS = hello("forum.test"), hello(None)


@pytest.fixture
def watchdog():
    return Watchdog()


def decide(watchdog, said, client=GUEST, port=443, top=modes.TransparentProxy, mode="transparent", tls=False):
    person = tflow.tclient_conn()
    person.proxy_mode, person.peername, person.tls = ProxyMode.parse(mode), (client, 50000), tls
    lazy = options.Options()
    lazy.add_option("connection_strategy", str, "lazy", "")
    context = Context(person, lazy)
    context.server = Server(address=("192.0.2.9", port))
    top(context)
    deciding = NextLayer(context)
    deciding.events.append(events.DataReceived(person, said))
    Undecryptable(ClientNetworks(NETWORKS), watchdog).next_layer(deciding)
    return deciding.layer


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "not-tls"),
        (b"\x00\x0e8\x12\x34\x56\x78\x9a\xbc\xde\xf0\x00\x00\x00\x00", "not-tls"),  # OpenVPN over TCP
        (b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\xff", "hello"),
        (with_ech(NAMELESS), "ech"),
    ],
)
def test_what_cannot_be_opened_passes_and_its_reason_is_counted(watchdog, said, reason):
    assert isinstance(decide(watchdog, said), layers.TCPLayer)
    assert watchdog.report()["undecryptable"] == {reason: 1}


@pytest.mark.parametrize(
    "said", [NAMED, NAMELESS, with_ech(NAMED), b"GET / HTTP/1.1\r\n", b"NICK sam\r\n", b"PRI * HTTP/2.0\r\n"]
)
def test_what_can_be_opened_or_read_is_left_to_others(watchdog, said):
    assert decide(watchdog, said, client=PUPIL) is None
    assert "undecryptable" not in watchdog.report()


def test_the_network_of_a_client_decides(watchdog):
    made = [decide(watchdog, b"SSH-2.0-x\r\n", client=client) for client in (PUPIL, STAFF, GUEST)]
    assert [type(layer) for layer in made] == [Closed, layers.TCPLayer, layers.TCPLayer]
    report = watchdog.report()
    assert report["undecryptable"] == {"not-tls": 3}
    assert (report["undecryptable_alert"], report["undecryptable_block"]) == (1, 1)


def test_what_is_closed_is_hung_up_on(watchdog):
    (command,) = decide(watchdog, b"SSH-2.0-x\r\n", client=PUPIL).handle_event(events.Start())
    assert isinstance(command, CloseConnection)


@pytest.mark.parametrize("said", [b"\x16", b"\x16\x03", NAMED[:100], with_ech(NAMELESS)[:-1]])
def test_half_a_hello_is_waited_for(watchdog, said):
    with pytest.raises(AddonHalt):
        decide(watchdog, said)


def test_a_hello_without_end_is_none(watchdog):
    assert isinstance(decide(watchdog, (b"\x16\x03\x01\x40\x00\x01\xff\xff\xff" + bytes(0x3FFC)) * 5), layers.TCPLayer)


@pytest.mark.parametrize(
    "elsewhere",
    [{"port": 22}, {"tls": True}, {"top": modes.HttpProxy, "mode": "regular"}],
)
def test_other_ports_opened_tls_and_the_proxy_itself_are_no_matter_of_this(watchdog, elsewhere):
    assert decide(watchdog, b"SSH-2.0-x\r\n", **elsewhere) is None


@pytest.fixture(scope="module")
def closing(tmp_path_factory):
    with gateway(tmp_path_factory.mktemp("closing"), **{"undecryptable = { '127.0.0.0/8' = 'block' } # of": 0}) as made:
        yield made


def test_a_client_of_the_explicit_proxy_is_hung_up_on_as_well(closing):
    with socket.create_connection(("127.0.0.1", closing.port), 10) as client:
        client.sendall(b"CONNECT forum.test:443 HTTP/1.1\r\nHost: forum.test:443\r\n\r\n")
        assert b" 200 " in client.recv(4096)
        client.sendall(b"SSH-2.0-Larkmoor\r\n")
        assert client.recv(4096) == b""
    assert closing.web.asked == []
    status = closing.folder / "state" / "status.json"
    counted = eventually(lambda: status.exists() and json.loads(status.read_text()).get("undecryptable"))
    assert counted == {"not-tls": 1}


def test_the_web_goes_on_beside_it(closing):
    assert closing.browser().request("GET", "https://forum.test/nothing").status == 404
