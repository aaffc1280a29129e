"""What connections turn out to be, told by whole replays: there is nothing between to look at."""

import pytest

from proxy_addons.replay.opening import LATEST
from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import GRANTED, PUPIL, SOCKS, WEB, Talk, answer, get, search


@pytest.mark.parametrize(
    "before",
    [
        Talk().hello().up(b"PROXY TCP4 10.1.0.7 192.0.2.80 40000 80\r\n"),
        Talk().hello().up(b"\x0d\x0a\x00\x01\x02").down(b"\x03\x04").up(b"\x05"),
        Talk().hello().down(b"ready\r\n"),
    ],
    ids=["a balancer's line", "a handshake of its own kind", "a greeting"],
)
def test_http_behind_something_else_is_read(replayed: Replayed, before: Talk) -> None:
    outcome = replayed(before.up(search()).down(answer()).up(get()).down(answer()).bye().packets)
    assert [(method, status) for method, _, status in asked(outcome)] == [("GET", 200), ("GET", 200)]
    assert len(outcome.detections) == 1


def test_what_may_come_before_http_has_an_end(replayed: Replayed) -> None:
    talk = Talk().hello().up(b"\xff").down(b"\xff").up(b"\xff" * LATEST).up(search()).down(answer()).bye()
    assert replayed(talk.packets).unread == {("TCP connections", "no known protocol"): 1}


def test_http_asked_through_a_connection_that_the_other_end_opened_is_its_askers(replayed: Replayed) -> None:
    talk = Talk(client=(WEB, 40000), server=(PUPIL, 8855)).hello().up(b"NZ\x8d\x08").down(b"\x05\x01P").up(b"\x05\x00")
    outcome = replayed(talk.down(search()).up(answer()).bye().packets)
    assert [status for _, _, status in asked(outcome)] == [200]
    assert [found.observation.subject.address for found in outcome.detections] == [PUPIL]


@pytest.mark.parametrize(
    ("talk", "what", "reason"),
    [
        (Talk().hello().bye(), "TCP connections", "nothing was said"),
        (Talk().hello().up(b"\x00\x01\x02").down(b"\x03").bye(), "TCP connections", "no known protocol"),
        (Talk().hello().up(b"\x00\x01\x02").bye(), "TCP connections", "no known protocol"),
        (Talk().hello().down(b"220 mail.test ready\r\n").bye(), "TCP connections", "no known protocol"),
        (Talk().hello().down(b"data" * 50_000).bye(), "TCP connections", "no known protocol"),
        (Talk().hello().up(b"GET /half").bye(), "TCP connections", "no known protocol"),
        (
            Talk().hello().up(b"\x16\x03\x01\x00\x00").bye(),
            "TLS connections",
            "the handshake is not whole in the capture",
        ),
        (Talk().hello().up(SOCKS[0]).down(b"\x05\xff").bye(), "tunnels", "the proxy refused"),
        (Talk().hello().up(SOCKS[0]).bye(), "tunnels", "the proxy's answer is missing"),
        (Talk().hello().up(b"CONNECT x HTTP/1.1\r\n\r\n").down(GRANTED), "tunnels", "what they lead to is not known"),
    ],
)
def test_a_connection_that_gives_nothing_is_named_with_its_reason(
    replayed: Replayed, talk: Talk, what: str, reason: str
) -> None:
    assert replayed(talk.packets).unread == {(what, reason): 1}


def test_where_no_handshake_was_captured_who_asks_is_the_client(replayed: Replayed) -> None:
    """By its ports alone the server of this connection would be taken for its client."""
    talk = Talk(client=(PUPIL, 80), server=(WEB, 40000)).up(get()).down(answer()).up(search()).down(answer())
    outcome = replayed(talk.packets[1:])
    assert [status for _, _, status in asked(outcome)] == [200]
    (found,) = outcome.detections
    assert found.observation.subject.address == PUPIL
