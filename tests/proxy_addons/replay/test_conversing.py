from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import CONNECT, GRANTED, Talk, answer, get


def test_a_tunnel_may_be_refused_and_asked_for_again(replayed: Replayed) -> None:
    talk = Talk().hello().up(CONNECT).down(answer(b"who are you?", status=407)).up(CONNECT).down(GRANTED)
    outcome = replayed(talk.up(get()).down(answer()).bye().packets)
    assert asked(outcome) == [
        ("CONNECT", "news.test:80", 407),
        ("CONNECT", "news.test:80", 200),
        ("GET", "http://news.test/", 200),
    ]
    assert [body.bytes for body in outcome.ledger.bodies] == [len(b"who are you?"), len(b"<p>Hello.</p>")]


def test_a_client_that_does_not_wait_for_its_tunnel_is_heard_all_the_same(replayed: Replayed) -> None:
    outcome = replayed(Talk().hello().up(CONNECT + get()).down(GRANTED + answer()).bye().packets)
    assert asked(outcome) == [("CONNECT", "news.test:80", 200), ("GET", "http://news.test/", 200)]
