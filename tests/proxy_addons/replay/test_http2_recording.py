from collections.abc import Iterable

import pytest
from hpack import Encoder
from hyperframe.frame import DataFrame, Frame, GoAwayFrame, HeadersFrame, RstStreamFrame, SettingsFrame

from proxy_addons.replay.exchange import MOST_EARLY
from proxy_addons.replay.http2_reader import PREFACE
from proxy_addons.replay.http2_recording import CLOSED
from proxy_addons.replay.http_recording import MOST_UNANSWERED
from proxy_addons.replay.replay import Outcome
from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import WORDS, Talk
from tests.proxy_addons.replay.http2_talk import Http2Talk

PUSHED = (("", 200), ("next", 200), ("last", 404))
PAGE = b"<p>" + WORDS.encode() + b"</p>"
HTML = (("content-type", "text/html"),)
FORM = (("content-type", "application/x-www-form-urlencoded"),)


class Frames:
    """Both sides of a connection, frame by frame, as no two ends of a library would say it."""

    def __init__(self, mss: int = 60_000) -> None:
        self._asks, self._answers = Encoder(), Encoder()
        self._talk = Talk(mss=mss).hello().up(PREFACE + SettingsFrame().serialize()).down(SettingsFrame().serialize())

    def ask(self, number: int, *names: tuple[str, str], end: bool = True, **own: str) -> "Frames":
        said = {"method": "GET", "scheme": "http", "authority": "news.test", "path": f"/{number}"} | own
        block = self._asks.encode(
            [*((f":{name}", value) for name, value in said.items()), ("accept", "text/html"), *names]
        )
        return self.up(HeadersFrame(number, block, flags=_flags(end=end)))

    def answer(self, number: int, *names: tuple[str, str], status: str = "200", end: bool = False) -> "Frames":
        block = self._answers.encode([(":status", status), *names])
        return self.down(HeadersFrame(number, block, flags=_flags(end=end)))

    def body(self, number: int, data: bytes = PAGE, *, end: bool = True) -> "Frames":
        return self.down(DataFrame(number, data, flags=["END_STREAM"] if end else []))

    def up(self, *frames: Frame) -> "Frames":
        self._talk.up(b"".join(frame.serialize() for frame in frames))
        return self

    def down(self, *frames: Frame) -> "Frames":
        self._talk.down(b"".join(frame.serialize() for frame in frames))
        return self

    def leave(self, *, client: bool) -> "Frames":
        self._talk._send(client, "FA")
        return self

    def outcome(self, replayed: Replayed, *, bye: bool = True) -> Outcome:
        return replayed((self._talk.bye() if bye else self._talk).packets)


def _flags(*, end: bool) -> Iterable[str]:
    return ["END_HEADERS", "END_STREAM"] if end else ["END_HEADERS"]


def texts(outcome: Outcome) -> list[str]:
    return [detection.observation.text for detection in outcome.detections]


def test_what_a_server_pushed_is_read_as_if_it_had_been_asked_for(replayed: Replayed) -> None:
    talk = Http2Talk()
    first = talk.asks("/")
    talk.pushes(first, 2, "/next", PAGE).says(first, 200, b"<p>Hello.</p>")
    outcome = replayed(talk.get("/last").answer(404, b"no").recorded().bye().packets)
    assert asked(outcome) == [("GET", f"http://news.test/{path}", status) for path, status in PUSHED]
    assert texts(outcome) == [WORDS]
    assert not outcome.unread


def test_however_many_requests_a_connection_has_they_are_read(replayed: Replayed) -> None:
    talk = Http2Talk()
    for number in range(300):
        talk.get(f"/{number}").answer(200, b"<p>Hello.</p>")
    found = asked(replayed(talk.recorded().bye().packets))
    assert found == [("GET", f"http://news.test/{number}", 200) for number in range(300)]


def test_however_many_are_open_at_once_they_are_read(replayed: Replayed) -> None:
    """A server may allow more than a hundred; where it was not captured, not all of them are kept."""
    frames = Frames()
    for number in range(1, 2 * MOST_UNANSWERED + 3, 2):
        frames.ask(number)
    found = asked(frames.answer(401, *HTML).body(401).outcome(replayed))
    assert len(found) == MOST_UNANSWERED + 1
    assert [url for _, url, status in found if status] == ["http://news.test/401"]


@pytest.mark.parametrize("size", [100, MOST_EARLY + 10], ids=["short", "too long to be held"])
def test_an_answer_that_comes_before_the_end_of_its_request_is_read(replayed: Replayed, size: int) -> None:
    """It says that it will not hear the rest, and the client, which sees it, says no more."""
    page = PAGE + b" " * size
    frames = Frames().ask(1, *FORM, method="POST", end=False).up(DataFrame(1, b"text=" + WORDS.encode()))
    frames.answer(1, *HTML, status="413").body(1, page[:4000], end=False)
    for start in range(4000, len(page), 16_000):
        frames.body(1, page[start : start + 16_000], end=False)
    frames.body(1, b"").down(RstStreamFrame(1, 0)).up(RstStreamFrame(1, 8))
    outcome = frames.ask(3).answer(3, *HTML).body(3, b"<p>Hello.</p>").outcome(replayed)
    assert [status for _, _, status in asked(outcome)] == [413, 200]
    assert WORDS in texts(outcome)
    assert {len(page), 13} <= {body.bytes for body in outcome.ledger.bodies}


def test_what_the_client_no_longer_wants_is_read_as_far_as_it_came(replayed: Replayed) -> None:
    frames = Frames().ask(1).answer(1, *HTML).body(1, PAGE, end=False).up(RstStreamFrame(1, 8)).body(1, b"<p>more</p>")
    outcome = frames.ask(3).answer(3, *HTML).body(3, b"<p>Hello.</p>").outcome(replayed)
    assert texts(outcome) == [WORDS]
    assert asked(outcome)[1] == ("GET", "http://news.test/3", 200)
    assert outcome.unread == {CLOSED: len(b"<p>more</p>")}


def test_a_server_that_will_take_nothing_more_goes_on_with_what_it_took(replayed: Replayed) -> None:
    frames = Frames().ask(1).answer(1, *HTML).down(GoAwayFrame(0, last_stream_id=1)).body(1)
    assert texts(frames.outcome(replayed)) == [WORDS]


def test_what_comes_before_and_behind_an_answer_is_none_of_it(replayed: Replayed) -> None:
    frames = Frames().ask(1, ("expect", "x")).answer(1, status="103").answer(1, *HTML).body(1, end=False)
    outcome = frames.answer(1, ("checked", "yes"), status="200", end=True).outcome(replayed)
    assert asked(outcome) == [("GET", "http://news.test/1", 200)]
    assert texts(outcome) == [WORDS]


def test_trailers_of_a_request_end_it(replayed: Replayed) -> None:
    frames = (
        Frames().ask(1, *FORM, method="POST", end=False).up(DataFrame(1, b"text=" + WORDS.replace(" ", "+").encode()))
    )
    outcome = frames.ask(1, end=True).answer(1, end=True).outcome(replayed)
    assert asked(outcome) == [("POST", "http://news.test/1", 200)]
    assert texts(outcome) == [WORDS]


def test_a_message_that_both_ends_refuse_costs_no_other(replayed: Replayed) -> None:
    frames = Frames().ask(1, method="CONNECT").ask(3).ask(5).ask(7).ask(9).answer(1, *HTML).body(1)
    frames.answer(3, status="x").body(3).body(5, end=False).answer(7, status="103", end=True)
    outcome = frames.answer(9, *HTML).body(9).outcome(replayed)
    statuses = {url[-1]: status for _, url, status in asked(outcome)}
    assert statuses == {"3": None, "5": None, "7": None, "9": 200}
    assert texts(outcome) == [WORDS]
    assert outcome.unread["requests", "of HTTP/2, that ask for a tunnel"] == 1
    assert outcome.unread["answers", "of HTTP/2, without a status, or with what HTTP/2 does not know"] == 1


def test_answers_come_whole_though_the_client_sends_no_more(replayed: Replayed) -> None:
    frames = Frames().ask(1).answer(1, *HTML).leave(client=True).body(1).leave(client=False)
    assert texts(frames.outcome(replayed, bye=False)) == [WORDS]
