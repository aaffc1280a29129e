from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import CONNECT, GRANTED, Talk, answer, get


def test_a_tunnel_in_a_tunnel_is_followed_but_not_for_ever(replayed: Replayed) -> None:
    talk = Talk().hello()
    for _ in range(3):
        talk.up(CONNECT).down(GRANTED)
    assert asked(replayed(talk.up(get()).down(answer()).packets))[-1] == ("GET", "http://news.test/", 200)
    talk = Talk().hello()
    for _ in range(9):
        talk.up(CONNECT).down(GRANTED)
    assert replayed(talk.bye().packets).unread == {("tunnels", "too many in one another"): 1}
