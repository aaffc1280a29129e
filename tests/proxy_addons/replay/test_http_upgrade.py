import pytest
from h2.config import H2Configuration  # type: ignore[import-untyped]
from h2.connection import H2Connection  # type: ignore[import-untyped]

from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import WORDS, Talk

PAGE = b"<p>" + WORDS.encode() + b"</p>"
SWITCH = b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
NAMES = [
    (":method", "GET"),
    (":scheme", "http"),
    (":authority", "news.test"),
    (":path", "/next"),
    ("accept", "text/html"),
]


def ask(settings: bytes) -> bytes:
    head = b"GET /first HTTP/1.1\r\nHost: news.test\r\nAccept: text/html\r\nConnection: Upgrade, HTTP2-Settings\r\n"
    return head + b"Upgrade: h2c\r\nHTTP2-Settings: " + settings + b"\r\n\r\n"


@pytest.mark.parametrize("early", [True, False], ids=["answered before the client speaks HTTP/2", "after"])
def test_what_asked_for_http2_and_what_follows_in_it_is_read(replayed: Replayed, early: bool) -> None:
    client, server = H2Connection(H2Configuration(client_side=True)), H2Connection(H2Configuration(client_side=False))
    settings = client.initiate_upgrade_connection()
    server.initiate_upgrade_connection(settings)
    preface = client.data_to_send()
    talk = Talk().hello().up(ask(settings))
    if not early:
        talk.down(SWITCH).up(preface[:10]).up(preface[10:])
    server.send_headers(1, [(":status", "200"), ("content-type", "text/html")])
    server.send_data(1, PAGE, end_stream=True)
    said = server.data_to_send()
    if early:
        talk.down(SWITCH + said).up(preface)
    else:
        talk.down(said)
    client.receive_data(said)
    client.send_headers(3, NAMES, end_stream=True)
    said = client.data_to_send()
    server.receive_data(preface + said)
    server.send_headers(3, [(":status", "404"), ("content-type", "text/html")])
    server.send_data(3, b"no", end_stream=True)
    outcome = replayed(talk.up(said).down(server.data_to_send()).bye().packets)
    first, next_ = "http://news.test/first", "http://news.test/next"
    assert asked(outcome) == [("GET", first, 101), ("GET", first, 200), ("GET", next_, 404)]
    assert [d.observation.text for d in outcome.detections] == [WORDS]
    assert not outcome.unread
