from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import CONNECT, GRANTED, SOCKS, Talk, answer, search


def test_http_inside_a_proxys_tunnel_is_read_as_if_it_were_outside(replayed: Replayed) -> None:
    talk = Talk(server=("10.1.0.1", 3128)).hello().up(CONNECT).down(GRANTED)
    outcome = replayed(talk.up(search()).down(answer()).bye().packets)
    assert asked(outcome) == [
        ("CONNECT", "news.test:80", 200),
        ("GET", "http://news.test/search?q=nobody+likes+you", 200),
    ]
    assert [d.observation.app for d in outcome.detections] == ["news.test"]
    assert not outcome.unread


def test_http_through_a_socks_proxy_is_read(replayed: Replayed) -> None:
    outcome = replayed(
        Talk().hello().up(SOCKS[0]).down(SOCKS[1]).up(SOCKS[2]).down(SOCKS[3]).up(search()).down(answer()).bye().packets
    )
    assert asked(outcome) == [("GET", "http://news.test/search?q=nobody+likes+you", 200)]
    assert len(outcome.detections) == 1
