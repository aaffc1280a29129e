import pytest
from mitmproxy import options
from mitmproxy.connection import Server
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.mode_specs import ProxyMode
from mitmproxy.test import tflow
from mitmproxy.tls import ClientHelloData, TlsData

from proxy_addons.refusals import SILENT, Refusals, device
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.test_client_class import real_hello


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Connection:
    """One connection through the addon, and what it is told of it."""

    def __init__(self, host="app.test", asked="app.test", mode="regular", closed=False):
        self.events, self.clock = [], Clock()
        self.addon = Refusals(self, Watchdog(), self.clock)
        self.client = tflow.tclient_conn()
        self.client.peername, self.client.proxy_mode = ("10.0.0.7", 5000), ProxyMode.parse(mode)
        context = Context(self.client, options.Options())
        context.server = Server(address=(asked, 443))
        self.tls = TlsData(self.client, context)
        self.addon.tls_clienthello(ClientHelloData(context, real_hello(host), closed))

    def add(self, event):
        self.events.append((event.host, event.device, event.accepted))

    def fails(self, error):
        self.client.error = error
        self.addon.tls_failed_client(self.tls)
        return self.events

    def establishes(self, *, stays=0.0, asks=False):
        self.addon.tls_established_client(self.tls)
        self.clock.now += stays
        if asks:
            flow = tflow.tflow()
            flow.client_conn = self.client
            self.addon.requestheaders(flow)
            self.addon.requestheaders(flow)
        self.addon.client_disconnected(self.client)
        return self.events


REFUSED, ACCEPTED = [("app.test", "10.0.0.7", False)], [("app.test", "10.0.0.7", True)]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("The client does not trust the proxy's certificate for app.test (tlsv1 alert unknown ca)", REFUSED),
        (
            "The client may not trust … (OpenSSL Error([('SSL routines', '', 'sslv3 alert certificate unknown')]))",
            REFUSED,
        ),
        ("The client disconnected during the handshake. If this happens consistently …", REFUSED),
        ("Client and mitmproxy cannot agree on a TLS version to use.", []),
        ("OpenSSL Error([('SSL routines', '', 'sslv3 alert certificate expired')])", []),
        ("OpenSSL Error([('SSL routines', '', 'no shared cipher')])", []),
        (None, []),
    ],
)
def test_only_who_minds_the_certificate_refuses(error, told):
    assert Connection().fails(error) == told


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({}, REFUSED),
        ({"stays": SILENT / 2, "asks": True}, ACCEPTED),
        ({"asks": True}, ACCEPTED),
        ({"stays": SILENT}, []),
    ],
)
def test_who_greets_and_leaves_at_once_without_a_word_has_refused_too(how, told):
    assert Connection().establishes(**how) == told


@pytest.mark.parametrize(
    "what",
    [
        {"closed": True},
        {"host": "app.test", "asked": "forum.test"},
        {"host": "app.test", "asked": "203.0.113.9"},
    ],
)
def test_nothing_is_learned_of_what_is_left_closed_or_names_two_hosts(what):
    assert Connection(**what).establishes(asks=True) == []


def test_a_transparent_gateway_goes_by_the_name_in_the_handshake():
    assert Connection(asked="203.0.113.9", mode="transparent").establishes(asks=True) == ACCEPTED


def test_nothing_is_remembered_of_a_connection_that_has_ended():
    for ended in (Connection(), Connection()):
        ended.establishes()
        assert not ended.addon._open
    failed = Connection()
    failed.fails("no shared cipher")
    assert not failed.addon._open


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("2001:db8:1:2:a::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:b::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_a_device_may_have_many_addresses_of_the_newer_kind(address, same):
    assert device(address) == same
