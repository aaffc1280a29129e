from collections.abc import Iterable

from mitmproxy import options
from mitmproxy.proxy.commands import Command
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layers.http import DropStream
from mitmproxy.proxy.layers.http._base import HttpEvent, ReceiveHttp
from mitmproxy.proxy.layers.http._events import RequestData, RequestHeaders, ResponseData, ResponseHeaders
from mitmproxy.test.tflow import tclient_conn

from proxy_addons.replay import http1_head, http1_stand_ins

CONTEXT = Context(tclient_conn(), options.Options())
ASKED = http1_head.request(b"GET /talk HTTP/1.1\r\nHost: news.test\r\nContent-Length: 5\r\n\r\n")


def told(commands: Iterable[Command]) -> list[HttpEvent]:
    return [command.event for command in commands if isinstance(command, ReceiveHttp)]


def names(events: list[HttpEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_an_answer_whose_request_is_missing_has_one_that_is_marked() -> None:
    head, end = told(http1_stand_ins.unknown_request(CONTEXT, 7))
    assert isinstance(head, RequestHeaders)
    assert head.replay_flow is not None
    assert head.replay_flow.metadata[http1_stand_ins.NOT_ASKED]
    assert (head.stream_id, end.stream_id, head.end_stream) == (7, 7, True)


def test_what_a_client_says_beside_its_messages_is_posted_where_the_last_one_went() -> None:
    commands = list(http1_stand_ins.stray_of_client(CONTEXT, 7, ASKED, b"hello"))
    head, data, _ = told(commands)
    assert isinstance(head, RequestHeaders)
    assert isinstance(data, RequestData)
    assert (head.request.method, head.request.path, data.data) == ("POST", "/talk", b"hello")
    assert "content-length" not in head.request.headers
    assert isinstance(commands[-1], DropStream)


def test_what_a_server_says_beside_its_messages_is_an_answer() -> None:
    events = told(http1_stand_ins.stray_of_server(CONTEXT, 7, None, b"hello"))
    asked = ["RequestHeaders", "RequestEndOfMessage"]
    assert names(events) == [*asked, "ResponseHeaders", "ResponseData", "ResponseEndOfMessage"]
    assert isinstance(events[2], ResponseHeaders)
    assert events[2].response.status_code == 200
    assert isinstance(events[3], ResponseData)
    assert events[3].data == b"hello"
