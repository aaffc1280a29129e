"""Told by whole replays, so that what mitmproxy makes of it is tested with it."""

import gzip
from collections.abc import Callable

import pytest
from scapy.packet import Packet, Raw

from proxy_addons.replay import exchange, http1_pairing
from proxy_addons.replay.http1_recording import STRAY
from proxy_addons.replay.replay import Outcome
from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import PUPIL, WORDS, Talk, answer, get, request, search

FORM = "application/x-www-form-urlencoded"
UNCHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
MISSING = ("bytes of TCP", "missing from the capture")


def without(talk: Talk, words: bytes) -> list[Packet]:
    """The packets, but the first in which somebody says so."""
    lost = next(p for p in talk.packets if p.haslayer(Raw) and words in p[Raw].load)
    return [p for p in talk.packets if p is not lost]


def texts(outcome: Outcome) -> list[str]:
    return [d.observation.text for d in outcome.detections]


def statuses(outcome: Outcome) -> list[int | None]:
    return [status for _, _, status in asked(outcome)]


def test_several_requests_on_one_connection_are_all_read(replayed: Replayed) -> None:
    talk = Talk().hello()
    for number in range(3):
        talk.up(get(f"/{number}")).down(answer(status=200 + number))
    assert asked(replayed(talk.bye().packets)) == [("GET", f"http://news.test/{n}", 200 + n) for n in range(3)]


def test_requests_sent_at_once_have_each_their_own_answer(replayed: Replayed) -> None:
    talk = Talk().hello().up(b"".join(get(f"/{n}") for n in range(3)))
    talk.down(b"".join(answer(status=200 + n) for n in range(3)))
    assert statuses(replayed(talk.bye().packets)) == [200, 201, 202]


@pytest.mark.parametrize(
    "said",
    [
        lambda talk: (
            talk.up(get()).down(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + WORDS.encode()).bye()
        ),
        lambda talk: talk.up(b"GET /old\r\n").down(b"<p>" + WORDS.encode() + b"</p>").bye(),
        lambda talk: talk.up(b"GET / HTTP/1.1\r\nAccept: text/html\r\n\r\n").down(b"<p>" + WORDS.encode()).bye(),
        lambda talk: talk.up(get()).down(UNCHUNKED + b"<p>" + WORDS.encode()).bye(),
        lambda talk: talk.up(get()).down(b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + answer(WORDS.encode())).bye(),
    ],
    ids=[
        "HTTP/1.0 without a length",
        "HTTP/0.9",
        "an answer without a head",
        "chunks that are none",
        "hints before the answer",
    ],
)
def test_old_and_odd_answers_are_bodies(replayed: Replayed, said: Callable[[Talk], Talk]) -> None:
    outcome = replayed(said(Talk().hello()).packets)
    assert [b.bytes >= len(WORDS) for b in outcome.ledger.bodies] == [True]
    assert not outcome.unread


def test_an_answer_without_its_chunks_costs_not_the_next(replayed: Replayed) -> None:
    talk = Talk().hello().up(get("/one")).down(UNCHUNKED + b"<p>nothing to see").up(get("/two"))
    outcome = replayed(talk.down(answer(WORDS.encode(), status=201)).bye().packets)
    assert statuses(outcome) == [200, 201]
    assert texts(outcome) == [WORDS]


@pytest.mark.parametrize("chunked", [True, False])
def test_what_the_way_packed_is_unpacked(replayed: Replayed, chunked: bool) -> None:
    packed = gzip.compress(b"<p>" + WORDS.encode())
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: gzip" + b", chunked" * chunked
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed) if chunked else packed
    outcome = replayed(Talk().hello().up(get()).down(head + b"\r\n\r\n" + body).bye().packets)
    assert texts(outcome) == [WORDS]
    assert not outcome.unread


def test_what_an_old_server_says_has_no_status(replayed: Replayed) -> None:
    assert statuses(replayed(Talk().hello().up(b"GET /old\r\n").down(b"<p>Hello.").bye().packets)) == [None]


def test_a_proxys_client_names_the_host_itself(replayed: Replayed) -> None:
    talk = Talk(server=("10.1.0.1", 3128)).hello().up(get("http://forum.test:8080/a", host="forum.test:8080"))
    outcome = replayed(talk.down(answer()).bye().packets)
    assert asked(outcome) == [("GET", "http://forum.test:8080/a", 200)]


def test_what_is_posted_is_read_chunked_or_not(replayed: Replayed) -> None:
    said = f"message={WORDS.replace(' ', '+')}".encode()
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(said), said)
    for sent in (
        request("POST", "/say", said, Content_Type=FORM),
        request("POST", "/say", Content_Type=FORM, Transfer_Encoding="chunked") + chunked,
        request("POST", "/say", said, Content_Type=FORM, Expect="100-continue"),
    ):
        assert texts(replayed(Talk(mss=50).hello().up(sent).down(answer()).bye().packets)) == [WORDS]


def test_an_answer_before_the_end_of_its_request_waits_for_it(replayed: Replayed) -> None:
    sent = request("POST", "/say", f"message={WORDS}".encode(), Content_Type=FORM)
    early = Talk().hello().up(sent[:-5]).down(answer(b"<p>Thank you.")).up(sent[-5:]).bye()
    outcome = replayed(early.packets)
    assert (texts(outcome), statuses(outcome), len(outcome.ledger.bodies)) == ([WORDS], [200], 2)


def test_an_answer_waits_for_no_more_than_memory_allows(replayed: Replayed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "MOST_EARLY", 100)
    sent = request("POST", "/say", f"message={WORDS}&more=".encode() + b"x" * 90, Content_Type=FORM)
    talk = Talk().hello().up(sent[:-80]).down(answer(b"y" * 500)).up(sent[-80:]).down(b"").up(get()).down(answer())
    outcome = replayed(talk.bye().packets)
    assert (texts(outcome), statuses(outcome)) == ([WORDS], [200, 200])


def test_an_upgrade_to_something_else_is_counted(replayed: Replayed) -> None:
    talk = Talk().hello().up(get(Upgrade="other")).down(b"HTTP/1.1 101 So be it\r\nUpgrade: other\r\n\r\n\x00\x01")
    assert replayed(talk.up(b"\x02\x03").bye().packets).unread == {("messages", "not-http"): 1}


def test_of_a_page_with_a_hole_the_rest_is_read_and_the_request_keeps_its_status(replayed: Replayed) -> None:
    page = b"<p>Good morning.</p>" + b"<p>and more</p>" * 200 + b"<i>lost</i>" + b"<p>x</p>" * 300 + WORDS.encode()
    talk = Talk().hello().up(get()).down(answer(page)).up(get("/next")).down(answer(status=404)).bye()
    outcome = replayed(without(talk, b"<i>lost</i>"))
    assert statuses(outcome) == [200, 404]
    assert [WORDS in text for text in texts(outcome)] == [True]
    assert outcome.unread == {MISSING: 1000, ("answers", "parts of them are missing"): 1}


def test_of_a_form_with_a_hole_what_came_is_read(replayed: Replayed) -> None:
    sent = request("POST", "/say", f"message={WORDS}&more=".encode() + b"x" * 3000, Content_Type=FORM)
    outcome = replayed(without(Talk().hello().up(sent).down(answer()).bye(), b"x" * 1000))
    assert (texts(outcome), statuses(outcome)) == ([WORDS], [200])


def test_an_answer_that_is_missing_whole_costs_no_other(replayed: Replayed) -> None:
    talk = Talk().hello()
    for number in range(5):
        talk.up(get(f"/{number}")).down(answer(b"%d" % number, status=200 + number))
    outcome = replayed(without(talk.bye(), b"HTTP/1.1 202"))
    assert statuses(outcome) == [200, 201, None, 203, 204]
    assert outcome.unread[("answers", "missing from the capture")] == 1


@pytest.mark.parametrize("handshake", [True, False])
def test_an_answer_whose_head_is_missing_costs_no_other(replayed: Replayed, handshake: bool) -> None:
    talk = Talk(mss=150).hello()
    for number in range(3):
        talk.up(get(f"/{number}")).down(answer(b"<p>%d" % number + b"x" * 500, status=200 + number))
    packets = without(talk.bye(), b"HTTP/1.1 200")
    outcome = replayed(packets if handshake else packets[3:])
    assert statuses(outcome) == [None, 201, 202]


def test_where_several_were_asked_at_once_no_answer_behind_a_hole_is_guessed_at(replayed: Replayed) -> None:
    talk = Talk(mss=10_000).hello().up(b"".join(get(f"/{n}") for n in range(4)))
    for n in range(4):
        talk.down(answer(b"%d" % n, status=200 + n))
    outcome = replayed(without(talk.bye(), b"HTTP/1.1 201"))
    assert statuses(outcome) == [200, None, None, None]
    assert len(outcome.ledger.bodies) == 3


def test_a_request_that_is_missing_costs_no_answer(replayed: Replayed) -> None:
    talk = (
        Talk().hello().up(get()).down(answer()).up(get("/lost")).down(answer(WORDS.encode())).up(get()).down(answer())
    )
    outcome = replayed(without(talk.bye(), b"/lost"))
    assert asked(outcome) == [("GET", "http://news.test/", 200)] * 2
    assert texts(outcome) == [WORDS]
    assert outcome.unread[("requests", "missing from the capture; their answers were read")] == 1


def test_a_hole_in_a_head_costs_that_head(replayed: Replayed) -> None:
    talk = Talk(mss=60).hello().up(search(Cookie="x" * 200)).down(answer()).up(get()).down(answer()).bye()
    outcome = replayed(without(talk, b"x" * 60))
    assert texts(outcome) == [WORDS]
    assert statuses(outcome) == [200, 200]


@pytest.mark.parametrize("side", [True, False], ids=["requests", "answers"])
def test_of_a_connection_captured_by_half_that_half_is_read(replayed: Replayed, side: bool) -> None:
    talk = Talk().hello().up(search()).down(answer(b"<p>" + WORDS.encode() + b" at all</p>")).bye()
    half = [p for p in talk.packets if (p.src == talk.client[0]) is side]
    outcome = replayed(half)
    assert len(outcome.detections) == 1
    assert statuses(outcome) == ([None] if side else [])


def test_requests_without_answers_are_not_kept_for_ever(replayed: Replayed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http1_pairing, "MOST_UNANSWERED", 3)
    talk = Talk().hello()
    for number in range(10):
        talk.up(get(f"/{number}"))
    half = [p for p in talk.packets if p.src == talk.client[0]]
    assert statuses(replayed(half)) == [None] * 10


def test_an_answer_nobody_asked_for_is_not_given_to_the_next_question(replayed: Replayed) -> None:
    talk = Talk().hello().up(get()).down(answer() + answer(status=500)).up(get("/next")).down(answer(status=204))
    outcome = replayed(talk.bye().packets)
    assert statuses(outcome) == [200, 204]


@pytest.mark.parametrize("length", ["0", "5", "-1", "0x5", "5, 900"])
def test_words_behind_the_end_that_a_length_tells_are_read(replayed: Replayed, length: str) -> None:
    page = b"<p>Hi, everybody. " + WORDS.encode()
    outcome = replayed(Talk().hello().up(get()).down(answer(page, Content_Length=length)).up(get()).bye().packets)
    assert [WORDS in text for text in texts(outcome)] == [True]
    assert (statuses(outcome), outcome.ledger.bodies[-1].type) == ([200, None], "text/html")


@pytest.mark.parametrize("status", [100, 103, 204, 304])
def test_words_behind_an_answer_that_has_none_are_read(replayed: Replayed, status: int) -> None:
    talk = Talk().hello().up(get()).down(answer(WORDS.encode(), status=status)).bye()
    outcome = replayed(talk.packets)
    assert (texts(outcome), outcome.unread) == ([WORDS], {STRAY: len(WORDS)})


@pytest.mark.parametrize(
    "framing",
    [b"Content-Length: 3", b"X: y", b"Transfer-Encoding: chunked", b"Transfer-Encoding: x\r\nContent-Length: 9"],
)
def test_a_form_is_read_whatever_is_said_of_its_length(replayed: Replayed, framing: bytes) -> None:
    form = f"message={WORDS.replace(' ', '+')}".encode()
    head = f"POST /say HTTP/1.1\r\nHost: news.test\r\nContent-Type: {FORM}\r\n".encode() + framing + b"\r\n\r\n"
    padding = b"a=b&" if framing.endswith(b"3") else b""
    outcome = replayed(Talk().hello().up(head + padding + form).down(answer()).up(get()).down(answer()).bye().packets)
    assert [WORDS in text for text in texts(outcome)] == [True]
    assert asked(outcome) == [("POST", "http://news.test/say", 200), ("GET", "http://news.test/", 200)]


@pytest.mark.parametrize(
    "line", [b"HTTP/ 1.1 200 OK", b"HTTP/1.1 0200", b"\0HTTP/1.1 200 OK", b"junk\r\nHTTP/1.1 200 OK", b"SIP/2.0 200 OK"]
)
def test_an_odd_line_before_the_headers_hides_not_how_the_body_is_framed(replayed: Replayed, line: bytes) -> None:
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in WORDS.encode()) + b"0\r\n\r\n"
    said = line + b"\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
    outcome = replayed(Talk().hello().up(get()).down(said).bye().packets)
    assert (texts(outcome), statuses(outcome)) == ([WORDS], [200])


def test_lines_of_a_head_that_are_no_headers_are_read(replayed: Replayed) -> None:
    sent = f"POST /say HTTP/1.0\r\nHost: news.test\r\nContent-Type: text/plain\r\n{WORDS}\r\n\r\n".encode()
    assert texts(replayed(Talk().hello().up(sent).down(answer()).bye().packets)) == [WORDS]


@pytest.mark.parametrize("swapped", [False, True])
def test_of_a_page_the_rest_is_read_where_its_beginning_was_not_captured(replayed: Replayed, swapped: bool) -> None:
    rest = b"of yesterday.</p><p class=news>" + WORDS.encode() + b"</p><p>And</p>" + b"<i>more</i>" * 2000
    ends = {"client": ("192.0.2.80", 50000), "server": (PUPIL, 80)} if swapped else {}
    talk = Talk(**ends)
    outcome = replayed((talk.up(rest) if swapped else talk.down(rest)).bye().packets)
    assert [WORDS in text for text in texts(outcome)] == [True]
    assert len(outcome.ledger.bodies) == 1
