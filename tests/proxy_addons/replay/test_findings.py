from detection.observation import Mark
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get


def test_every_detection_is_marked_as_replayed(replayed: Replayed) -> None:
    talk = Talk().hello().up(get("/search?q=" + WORDS.replace(" ", "+"))).down(answer()).bye()
    (found,) = replayed(talk.packets).detections
    assert Mark.REPLAY in found.observation.marks
