from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import NOON, WORDS, Talk, answer, get


def test_what_is_found_has_the_packets_time(replayed: Replayed) -> None:
    talk = Talk(step=1.0).hello().up(get("/search?q=" + WORDS.replace(" ", "+"))).down(answer()).bye()
    (found,) = replayed(talk.packets).detections
    assert found.observation.seen_at.timestamp() == NOON + 3
