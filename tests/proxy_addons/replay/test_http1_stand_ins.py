from collections.abc import Iterable

from mitmproxy import options
from mitmproxy.proxy.commands import Command
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator
from mitmproxy.proxy.layers.http import DropStream
from mitmproxy.proxy.layers.http._base import HttpEvent, ReceiveHttp
from mitmproxy.proxy.layers.http._events import RequestData, RequestHeaders, ResponseData, ResponseHeaders
from mitmproxy.test.tflow import tclient_conn

from proxy_addons.replay import http1_head
from proxy_addons.replay.http1_pairing import Pairing
from proxy_addons.replay.http1_stand_ins import NOT_ASKED, StandIns

CONTEXT = Context(tclient_conn(), options.Options())
ASKED = http1_head.request(b"GET /talk HTTP/1.1\r\nHost: news.test\r\nContent-Length: 5\r\n\r\n")


def told(commands: Iterable[Command]) -> list[HttpEvent]:
    return [command.event for command in commands if isinstance(command, ReceiveHttp)]


def names(events: list[HttpEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_an_answer_whose_request_is_missing_has_one_that_is_marked() -> None:
    pairing = Pairing()
    head, end = told(StandIns(CONTEXT, pairing).unknown_request())
    assert isinstance(head, RequestHeaders)
    assert head.replay_flow is not None
    assert head.replay_flow.metadata[NOT_ASKED]
    assert (head.stream_id, end.stream_id, head.end_stream) == (1, 1, True)
    assert (pairing.first, pairing.new("GET").id) == (None, 3)


def test_what_a_refused_tunnel_is_answered_with_is_a_page_of_its_target() -> None:
    stand_ins, commands = StandIns(CONTEXT, Pairing()), list[Command]()

    def refused() -> CommandGenerator[None]:
        exchange = yield from stand_ins.refused("news.test:443")
        assert (exchange.target, exchange.asked) == ("news.test:443", True)

    commands += refused()
    assert names(told(commands)) == ["RequestHeaders", "RequestEndOfMessage"]


def test_what_a_client_says_beside_its_messages_is_posted_where_the_last_one_went() -> None:
    stand_ins = StandIns(CONTEXT, Pairing())
    stand_ins.asked = ASKED
    commands = list(stand_ins.stray_of_client(b"hello"))
    head, data, _ = told(commands)
    assert isinstance(head, RequestHeaders)
    assert isinstance(data, RequestData)
    assert (head.request.method, head.request.path, data.data) == ("POST", "/talk", b"hello")
    assert "content-length" not in head.request.headers
    assert isinstance(commands[-1], DropStream)


def test_what_a_server_says_beside_its_messages_is_an_answer() -> None:
    events = told(StandIns(CONTEXT, Pairing()).stray_of_server(b"hello"))
    asked = ["RequestHeaders", "RequestEndOfMessage"]
    assert names(events) == [*asked, "ResponseHeaders", "ResponseData", "ResponseEndOfMessage"]
    assert isinstance(events[2], ResponseHeaders)
    assert events[2].response.status_code == 200
    assert isinstance(events[3], ResponseData)
    assert events[3].data == b"hello"
