import gzip
from hashlib import sha256

from proxy_addons.replay.body_hash import Body
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import Talk, answer, get, request


def test_requests_and_bodies_are_kept_in_order(replayed: Replayed) -> None:
    page = b"<p>Good morning.</p>" * 200
    talk = Talk().hello().up(get("/a")).down(answer(gzip.compress(page), Content_Encoding="gzip"))
    talk.up(request("POST", "/form", b"a=1", Content_Type="text/plain")).down(answer(b"{}", kind="application/json"))
    assert replayed(talk.bye().packets).ledger.as_json() == {
        "requests": [
            {"method": "GET", "url": "http://news.test/a", "status": 200},
            {"method": "POST", "url": "http://news.test/form", "status": 200},
        ],
        "bodies": [
            {"sha256": sha256(page).hexdigest(), "bytes": len(page), "type": "text/html"},
            {"sha256": sha256(b"a=1").hexdigest(), "bytes": 3, "type": "text/plain"},
            {"sha256": sha256(b"{}").hexdigest(), "bytes": 2, "type": "application/json"},
        ],
    }


def test_a_body_that_cannot_be_unpacked_is_counted(replayed: Replayed) -> None:
    talk = Talk().hello().up(get()).down(answer(b"plain", kind="image/png", Content_Encoding="gzip")).bye()
    outcome = replayed(talk.packets)
    assert outcome.ledger.bodies == [Body(sha256=sha256(b"plain").hexdigest(), bytes=5, type="image/png")]
    assert outcome.unread == {("bodies", "they are not in the content coding they name"): 1}


def test_a_request_without_an_answer_has_no_status(replayed: Replayed) -> None:
    outcome = replayed(Talk().hello().up(get()).bye().packets)
    assert [(r.url, r.status) for r in outcome.ledger.requests] == [("http://news.test/", None)]


def test_an_empty_body_is_none(replayed: Replayed) -> None:
    talk = Talk().hello().up(get()).down(answer(b"")).bye()
    assert replayed(talk.packets).ledger.bodies == []
