from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import Talk, answer, get


def test_what_the_gateway_never_opens_the_replay_does_not_read_either(replayed: Replayed) -> None:
    outcome = replayed(Talk().hello().up(get(host="www.nhs.uk")).down(answer()).bye().packets)
    assert ("messages to hosts that are never opened", "health") in outcome.unread
