import pytest
from scapy.packet import Raw

from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get, search
from tests.proxy_addons.replay.http2_talk import Http2Talk

LEFT = ("bytes of HTTP/2", "after its end, a hole, or what is no HTTP/2")


def test_http2_without_tls_is_read_whatever_numbers_the_client_chose(replayed: Replayed) -> None:
    talk = Http2Talk(first=15)
    for number in range(3):
        talk.get(f"/{number}").answer(200 + number, b"<p>Hello.</p>")
    talk.get("/search?q=" + WORDS.replace(" ", "+")).answer(200, b"<p>x</p>")
    outcome = replayed(talk.recorded().bye().packets)
    assert asked(outcome)[:3] == [("GET", f"http://news.test/{n}", 200 + n) for n in range(3)]
    assert [d.observation.text for d in outcome.detections] == [WORDS]
    assert not outcome.unread


def test_answers_of_http2_may_be_interleaved(replayed: Replayed) -> None:
    talk = Http2Talk()
    first, second = talk.asks("/a"), talk.asks("/b")
    talk.says(second, 404, b"no", end=False).says(first, 200, b"yes").says_more(second, b" more")
    outcome = replayed(talk.recorded().bye().packets)
    assert asked(outcome) == [("GET", "http://news.test/a", 200), ("GET", "http://news.test/b", 404)]
    assert sorted(b.bytes for b in outcome.ledger.bodies) == [3, 7]


def test_nothing_of_http2_is_guessed_at_behind_a_hole_but_what_came_is_read(replayed: Replayed) -> None:
    talk = Http2Talk()
    talk.get("/a").answer(200, b"<p>Hello.</p>")
    number = talk.asks("/b")
    talk.says(number, 200, b"<p>" + WORDS.encode() + b"</p>", end=False)
    talk.says_more(number, b"lost" * 100).get("/c").answer(200, b"<p>x</p>")
    recorded = talk.recorded().bye().packets
    outcome = replayed(p for p in recorded if not (p.haslayer(Raw) and b"lostlost" in p[Raw].load))
    assert [status for _, _, status in asked(outcome)] == [200, 200]
    assert len(outcome.detections) == 1
    assert outcome.unread[LEFT] > 0


def test_what_is_no_http2_after_all_is_counted(replayed: Replayed) -> None:
    preface, wrong = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x00\x00\x01\x04\x00\x00\x00\x00\x00x"
    talk = Talk().hello().up(preface + wrong).up(b"twelve bytes").bye()
    nothing = ("TCP connections", "no request or answer could be made out")
    assert replayed(talk.packets).unread == {LEFT: 12, nothing: 1}


def test_a_page_is_read_as_far_as_it_came_where_http2_breaks_off(replayed: Replayed) -> None:
    talk = Http2Talk()
    talk.says(talk.asks("/"), 200, b"<p>" + WORDS.encode() + b"</p>", end=False)
    assert len(replayed(talk.recorded().bye().packets).detections) == 1


@pytest.mark.parametrize(
    ("target", "host", "read"),
    [
        ("/search?q=" + WORDS.replace(" ", "+"), "192.0.2.80", True),
        ("http://192.0.2.80/search?q=" + WORDS.replace(" ", "+"), "www.nhs.uk", True),
        ("http://www.nhs.uk/search?q=" + WORDS.replace(" ", "+"), "www.nhs.uk", False),
    ],
)
def test_what_is_left_alone_is_decided_as_the_proxy_decides(
    replayed: Replayed, target: str, host: str, read: bool
) -> None:
    """A client that names its host to a proxy cannot hide where it goes behind another name."""
    outcome = replayed(Talk().hello().up(get(target, host)).down(answer()).bye().packets)
    assert bool(outcome.detections) is read


def test_the_host_of_a_request_is_where_it_went_if_it_says_nothing(replayed: Replayed) -> None:
    talk = Talk().hello().up(search().replace(b"Host: news.test\r\n", b"")).down(answer()).bye()
    assert [d.observation.app for d in replayed(talk.packets).detections] == ["192.0.2.80"]
