from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import WORDS
from tests.proxy_addons.replay.http2_talk import Http2Talk

PUSHED = (("", 200), ("next", 200), ("last", 404))


def test_what_a_server_pushed_is_read_as_if_it_had_been_asked_for(replayed: Replayed) -> None:
    talk = Http2Talk()
    first = talk.asks("/")
    talk.pushes(first, 2, "/next", b"<p>" + WORDS.encode() + b"</p>").says(first, 200, b"<p>Hello.</p>")
    outcome = replayed(talk.get("/last").answer(404, b"no").recorded().bye().packets)
    assert asked(outcome) == [("GET", f"http://news.test/{path}", status) for path, status in PUSHED]
    assert [d.observation.text for d in outcome.detections] == [WORDS]
    assert not outcome.unread
