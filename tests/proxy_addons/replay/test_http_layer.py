from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import Talk, answer, get


def test_several_requests_on_one_connection_are_all_read(replayed: Replayed) -> None:
    talk = Talk().hello()
    for number in range(3):
        talk.up(get(f"/{number}")).down(answer(status=200 + number))
    requests = replayed(talk.bye().packets).ledger.requests
    assert [(r.url, r.status) for r in requests] == [(f"http://news.test/{n}", 200 + n) for n in range(3)]
