from contextlib import nullcontext
from contextvars import copy_context

import pytest
from mitmproxy.connection import Server
from mitmproxy.exceptions import AddonHalt
from mitmproxy.proxy.mode_specs import ProxyMode
from mitmproxy.proxy.server_hooks import ServerConnectionHookData
from mitmproxy.test import tflow

from proxy_addons import destinations
from proxy_addons.explicit_proxy import ExplicitProxy
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.factories import flow, hello

NAME = "gatehouse.school.test"


@pytest.fixture
def watchdog():
    return Watchdog()


@pytest.fixture
def proxy(watchdog):
    return ExplicitProxy(watchdog, clients=("192.0.2.0/24", "2001:db8:1::/64"), own_pages=(NAME,))


def client(address, mode="regular"):
    made = tflow.tclient_conn()
    made.peername, made.proxy_mode = (address, 50000), ProxyMode.parse(mode)
    return made


@pytest.mark.parametrize(
    ("address", "mode", "refused"),
    [
        ("192.0.2.7", "regular", False),
        ("::ffff:192.0.2.7", "regular", False),
        ("2001:db8:1::7", "regular", False),
        ("127.0.0.1", "regular", False),
        ("198.51.100.7", "regular", True),
        ("198.51.100.7", "socks5", True),
        ("10.1.2.3", "regular", True),
        ("198.51.100.7", "transparent", False),
    ],
)
def test_only_devices_of_the_networks_may_use_it(proxy, watchdog, address, mode, refused):
    who = client(address, mode)
    proxy.client_connected(who)
    assert bool(who.error) is refused
    assert watchdog.counts().get("proxy_refused", 0) == refused


@pytest.mark.parametrize(("address", "refused"), [("10.1.2.3", False), ("8.8.8.8", True), ("2a00:1450::1", True)])
def test_where_nobody_says_whose_it_is_it_is_nobodys_with_a_public_address(watchdog, address, refused):
    who = client(address)
    ExplicitProxy(watchdog).client_connected(who)
    assert bool(who.error) is refused


@pytest.mark.parametrize(
    ("port", "mode", "client", "refused"),
    [
        (443, "regular", "192.0.2.7", False),
        (80, "regular", "192.0.2.7", False),
        (22, "regular", "192.0.2.7", True),
        (25, "regular", "192.0.2.7", True),
        (22, "transparent", "192.0.2.7", False),
        (22, "regular", "127.0.0.1", False),
    ],
)
def test_it_leads_to_the_web_and_no_other_port(proxy, port, mode, client, refused):
    connect = flow(url=f"https://forum.test:{port}/", mode=mode, client=client)
    plain = flow(url=f"http://forum.test:{port}/", mode=mode, client=client)
    proxy.http_connect(connect)
    with pytest.raises(AddonHalt) if refused else nullcontext():
        proxy.requestheaders(plain)
    said = [asked.response.status_code if asked.response else None for asked in (connect, plain)]
    assert said == [403 if refused else None] * 2


def test_tls_to_the_proxy_itself_is_opened_and_speaks_what_connect_is_read_from(proxy):
    to_proxy, to_host = hello(NAME), hello(NAME, connect=NAME)
    to_proxy.context.client.alpn = to_host.context.client.alpn = None
    with pytest.raises(AddonHalt):
        proxy.tls_clienthello(to_proxy)
    proxy.tls_clienthello(to_host)
    assert (to_proxy.context.client.alpn, to_host.context.client.alpn) == (b"http/1.1", None)


@pytest.mark.parametrize(
    ("where", "mode", "address", "refused"),
    [
        (("127.0.0.1", 443), "regular", "192.0.2.7", True),
        (("::1", 443), "regular", "192.0.2.7", True),
        (("169.254.169.254", 80), "regular", "192.0.2.7", True),
        (("10.0.0.5", 443), "regular", "192.0.2.7", True),
        (("10.0.0.5", 443), "transparent", "192.0.2.7", False),
        (("127.0.0.1", 443), "transparent", "192.0.2.7", True),
        (("127.0.0.1", 443), "regular", "127.0.0.1", False),
        (("127.0.0.1", 25), "reverse:tcp://127.0.0.1:25", "192.0.2.7", False),
        (("203.0.113.7", 443), "regular", "192.0.2.7", False),
        (("forum.test", 443), "regular", "192.0.2.7", False),
        ((NAME, 80), "regular", "192.0.2.7", False),
    ],
)
def test_nobody_gets_to_the_box_or_near_it_through_it(proxy, where, mode, address, refused):
    data = ServerConnectionHookData(Server(address=where), client(address, mode))
    proxy.server_connect(data)
    assert bool(data.server.error) is refused


def test_where_a_fault_is_ours_nobody_goes_there(proxy, watchdog):
    data = ServerConnectionHookData(Server(address=("203.0.113.7", 443)), client("no address"))
    proxy.server_connect(data)
    assert data.server.error
    assert watchdog.counts() == {"faults.server_connect": 1}


def test_a_connections_judge_is_forgotten_once_it_is_made(proxy):
    data = ServerConnectionHookData(Server(address=("203.0.113.7", 443)), client("192.0.2.7"))
    for hook in (proxy.server_connected, proxy.server_connect_error):
        proxy.server_connect(data)
        hook(data)
        assert copy_context()[destinations._judge] is None
