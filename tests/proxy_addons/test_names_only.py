"""Where only names may be counted nothing is opened, nothing read, and only the reason is counted."""

import pytest
from mitmproxy.test import tflow

from proxy_addons.bypass import UNREAD
from proxy_addons.client_networks import ClientNetworks
from proxy_addons.names_only import NamesOnly
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.factories import flow, hello

GUEST, PUPIL = "10.30.0.9", "10.20.0.9"


@pytest.fixture
def watchdog():
    return Watchdog()


@pytest.fixture
def names_only(watchdog):
    return NamesOnly(ClientNetworks({"10.30.0.0/16": ""}), watchdog)


@pytest.mark.parametrize(("client", "closed"), [(GUEST, True), (f"::ffff:{GUEST}", True), (PUPIL, False)])
@pytest.mark.parametrize("mode", ["regular", "transparent"])
def test_tls_is_never_opened(names_only, watchdog, client, closed, mode):
    data = hello("forum.test", connect="forum.test", mode=mode)
    data.context.client.peername = (client, 50000)
    names_only.tls_clienthello(data)
    assert bool(data.ignore_connection) is closed
    assert watchdog.report()["bypassed"] == ({"names-only": 1} if closed else {})


@pytest.mark.parametrize(("client", "unread"), [(GUEST, True), (PUPIL, False)])
def test_what_goes_in_clear_is_not_read(names_only, client, unread):
    web, talk, lookup = flow(url="http://forum.test/", client=client), tflow.ttcpflow(), tflow.tdnsflow()
    for one in (talk, lookup):
        one.client_conn.peername = (client, 50000)
    names_only.requestheaders(web)
    names_only.tcp_start(talk)
    names_only.dns_request(lookup)
    assert [bool(one.metadata.get(UNREAD)) for one in (web, talk, lookup)] == [unread] * 3
