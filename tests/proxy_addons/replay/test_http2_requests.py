import asyncio

from h2.config import H2Configuration  # type: ignore[import-untyped]
from h2.connection import H2Connection  # type: ignore[import-untyped]
from mitmproxy.addons.proxyserver import Proxyserver
from mitmproxy.http import Response
from mitmproxy.options import Options
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.events import DataReceived, Start
from mitmproxy.proxy.layers.http._events import ResponseData, ResponseEndOfMessage, ResponseHeaders
from mitmproxy.test import taddons

from proxy_addons.replay.ends import Ends, client_of
from proxy_addons.replay.http2_requests import Http2Requests
from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import NOON, PUPIL, WEB
from tests.proxy_addons.replay.http2_talk import Http2Talk


def test_however_many_requests_a_connection_has_they_are_read(replayed: Replayed) -> None:
    talk = Http2Talk()
    for number in range(300):
        talk.get(f"/{number}").answer(200, b"<p>Hello.</p>")
    found = asked(replayed(talk.recorded().bye().packets))
    assert found == [("GET", f"http://news.test/{number}", 200) for number in range(300)]


def test_nothing_is_held_for_a_client_whose_windows_the_recording_does_not_open() -> None:
    client = client_of(Ends((PUPIL, 40000), (WEB, 80)), NOON)
    layer = Http2Requests(Context(client, asyncio.run(proxy_options())))
    list(layer.handle_event(Start()))
    asking = H2Connection(H2Configuration(client_side=True))
    asking.initiate_connection()
    names = {":method": "GET", ":scheme": "https", ":authority": "news.test", ":path": "/"}
    asking.send_headers(1, list(names.items()), end_stream=True)
    list(layer.handle_event(DataReceived(client, asking.data_to_send())))
    told = [ResponseHeaders(1, Response.make(200)), *(ResponseData(1, bytes(1 << 20)) for _ in range(3))]
    assert [command for event in told for command in layer.handle_event(event)] == []
    assert not layer.h2_conn.stream_buffers
    list(layer.handle_event(ResponseEndOfMessage(1)))
    assert layer.is_closed(1)


async def proxy_options() -> Options:
    """Made where a loop runs: outside of one, the context would open another and leave it open."""
    with taddons.context(Proxyserver()) as context:
        return context.options
