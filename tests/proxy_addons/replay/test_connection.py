from proxy_addons.replay.ledger import Asked
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import Talk, answer, get


def test_http_inside_a_proxys_tunnel_is_read_as_if_it_were_outside(replayed: Replayed) -> None:
    talk = Talk().hello().up(b"CONNECT news.test:80 HTTP/1.1\r\n\r\n").down(b"HTTP/1.1 200 Established\r\n\r\n")
    outcome = replayed(talk.up(get("/today")).down(answer()).bye().packets)
    assert outcome.ledger.requests == [
        Asked(method="CONNECT", url="news.test:80", status=200),
        Asked(method="GET", url="http://news.test/today", status=200),
    ]


def test_a_connection_that_gives_nothing_is_named(replayed: Replayed) -> None:
    outcome = replayed(Talk().hello().up(b"\x00\x01\x02\x03").bye().packets)
    assert outcome.unread == {("TCP connections", "not HTTP"): 1}
