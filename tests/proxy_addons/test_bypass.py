import asyncio

import pytest
from mitmproxy.proxy.mode_specs import ProxyMode
from mitmproxy.test import tflow

from detection.unopened.layers import load_layers
from proxy_addons.bypass import UNREAD, Bypass
from proxy_addons.exchanges import request_exchange
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.factories import flow, hello


@pytest.fixture
def watchdog():
    return Watchdog()


@pytest.fixture
def bypass(watchdog):
    return Bypass(load_layers(own=("gatehouse.school.test",)), watchdog)


def test_a_connection_to_a_helpline_is_not_opened(bypass, watchdog):
    data = hello("www.childline.org.uk", connect="www.childline.org.uk")
    bypass.tls_clienthello(data)
    assert data.ignore_connection
    assert watchdog.report()["bypassed"] == {"helpline": 1}


def test_only_the_reason_is_counted_never_who_or_where(bypass, watchdog, caplog):
    bypass.tls_clienthello(hello("www.childline.org.uk", connect="www.childline.org.uk"))
    assert "childline" not in str(watchdog.report()) + caplog.text


@pytest.mark.parametrize(
    ("sni", "connect"),
    [
        ("nhs.uk", "forum.test"),
        ("nhs.uk", "203.0.113.9"),
        ("forum.test", "nhs.uk"),
        ("forum.test", "forum.test"),
    ],
)
def test_a_client_that_names_one_host_and_goes_to_another_is_read(bypass, sni, connect):
    data = hello(sni, connect=connect)
    bypass.tls_clienthello(data)
    assert not data.ignore_connection


def test_without_a_name_in_the_handshake_the_asked_for_host_decides(bypass):
    data = hello(None, connect="nhs.uk")
    bypass.tls_clienthello(data)
    assert data.ignore_connection


def test_a_transparent_gateway_goes_by_the_name_in_the_handshake(bypass):
    data = hello("nhs.uk", connect="203.0.113.9", mode="transparent")
    bypass.tls_clienthello(data)
    assert data.ignore_connection


@pytest.mark.parametrize(
    ("url", "mode", "host", "unread"),
    [
        ("http://nhs.uk/", "regular", "nhs.uk", True),
        ("http://forum.test/", "regular", "nhs.uk", False),
        ("http://nhs.uk/", "regular", "forum.test", False),
        ("http://203.0.113.9/", "transparent", "nhs.uk", True),
        ("http://203.0.113.9/", "regular", "nhs.uk", False),
        ("https://nhs.uk/", "regular", "nhs.uk", False),
    ],
)
def test_plain_http_is_left_unread_where_both_names_agree(bypass, url, mode, host, unread):
    asked = flow(url=url, mode=mode)
    asked.request.headers["host"] = host
    bypass.requestheaders(asked)
    assert bool(asked.metadata.get(UNREAD)) is unread


FETCHED = [
    {"referer": "https://www.childline.org.uk/"},
    {"origin": "https://www.childline.org.uk", "sec_fetch_mode": "cors", "sec_fetch_dest": "empty"},
    {"referer": "https://111.nhs.uk/guided-entry", "sec_fetch_dest": "image"},
    {"referer": "https://www.neu.org.uk/"},
]


@pytest.mark.parametrize("headers", FETCHED)
@pytest.mark.parametrize("url", ["https://counter.test/collect?q=get+support", "http://chat.test/send"])
def test_what_a_helplines_page_fetches_elsewhere_is_not_read(bypass, watchdog, url, headers):
    asked = flow(url=url, **headers)
    bypass.requestheaders(asked)
    assert asked.metadata[UNREAD]
    assert sum(watchdog.report()["bypassed"].values()) == 1


@pytest.mark.parametrize("came_from", [{"sec_fetch_dest": "document"}, {"accept": "text/html"}])
def test_a_page_visited_after_a_helpline_is_read_and_does_not_say_where_the_person_came_from(bypass, came_from):
    asked = flow(url="https://forum.test/", referer="https://www.childline.org.uk/", origin="null", **came_from)
    bypass.requestheaders(asked)
    assert UNREAD not in asked.metadata
    assert "childline" not in str(request_exchange(asked))


def test_coming_from_any_other_page_changes_nothing(bypass):
    asked = flow(url="https://forum.test/post", referer="https://www.notchildline.org.uk/", origin="https://bbc.test")
    bypass.requestheaders(asked)
    assert UNREAD not in asked.metadata
    assert ("referer", "https://www.notchildline.org.uk/") in request_exchange(asked).request_headers


def test_a_host_with_listed_content_is_opened_whatever_the_school_says(watchdog):
    bypass = Bypass(load_layers(own=("listed.test",)), watchdog, listed=lambda host: host == "listed.test")
    for host, closed in (("listed.test", False), ("nhs.uk", True)):
        data = hello(host, connect=host)
        bypass.tls_clienthello(data)
        assert bool(data.ignore_connection) is closed


@pytest.mark.parametrize(
    ("address", "sni", "reason"),
    [
        ("mail.nhs.net", None, "health"),
        ("192.0.2.9", "mail.nhs.net", "health"),
        ("mail.school.test", None, None),
        ("192.0.2.9", None, None),
    ],
)
def test_a_connection_to_such_a_host_that_is_not_the_web_is_not_read(bypass, watchdog, address, sni, reason):
    passing = tflow.ttcpflow()
    passing.server_conn.address, passing.client_conn.sni = (address, 993), sni
    bypass.tcp_start(passing)
    assert bool(passing.metadata.get(UNREAD)) == bool(reason)
    assert watchdog.report()["bypassed"] == ({reason: 1} if reason else {})


class Resolver:
    """Knows one host and is asked by nobody else."""

    async def agree(self, name, address):
        return (name, address) == ("nhs.uk", "203.0.113.9")


@pytest.fixture
def transparent(watchdog):
    return Bypass(load_layers(), watchdog, own_names=Resolver())


def waited_for(answer):
    if answer is not None:
        asyncio.run(_whole(answer))


async def _whole(answer):
    await answer


@pytest.mark.parametrize(
    ("sni", "address", "closed"),
    [
        ("nhs.uk", "203.0.113.9", True),
        ("nhs.uk", "203.0.113.66", False),
        ("www.nhs.uk", "203.0.113.9", False),
        ("forum.test", "203.0.113.9", False),
        (None, "203.0.113.9", False),
    ],
)
def test_a_transparent_gateway_leaves_closed_only_what_is_where_our_own_resolver_says(
    transparent, watchdog, sni, address, closed
):
    data = hello(sni, connect=address, mode="transparent")
    waited_for(transparent.tls_clienthello(data))
    assert bool(data.ignore_connection) is closed
    said_a_closed_name = bool(sni) and sni.endswith("nhs.uk")
    assert watchdog.report().get("disagreed", 0) == int(said_a_closed_name and not closed)


def test_who_tells_the_proxy_where_to_go_is_taken_there_and_nobody_else_is_asked(transparent):
    data = hello("www.nhs.uk", connect="www.nhs.uk")
    assert transparent.tls_clienthello(data) is None
    assert data.ignore_connection


@pytest.mark.parametrize(("address", "unread"), [("203.0.113.9", True), ("203.0.113.66", False)])
def test_plain_http_is_left_unread_only_where_its_host_is(transparent, address, unread):
    asked = flow(url=f"http://{address}/", mode="transparent")
    asked.request.headers["host"] = "nhs.uk"
    asked.server_conn.address = (address, 80)
    waited_for(transparent.requestheaders(asked))
    assert bool(asked.metadata.get(UNREAD)) is unread


def test_what_a_lie_has_opened_is_read_though_it_is_not_the_web(transparent):
    passing = tflow.ttcpflow()
    passing.client_conn.proxy_mode = ProxyMode.parse("transparent")
    passing.server_conn.address, passing.client_conn.sni = ("203.0.113.66", 443), "nhs.uk"
    transparent.tcp_start(passing)
    assert UNREAD not in passing.metadata


def test_what_another_has_left_closed_is_not_counted_twice(transparent, watchdog):
    data = hello("nhs.uk", connect="203.0.113.9", mode="transparent")
    data.ignore_connection = True
    waited_for(transparent.tls_clienthello(data))
    assert watchdog.report()["bypassed"] == {}
