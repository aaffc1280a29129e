from proxy_addons.replay.report import as_json
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get


def test_the_same_file_twice_says_the_same_ids_included(replayed: Replayed) -> None:
    talk = Talk().hello().up(get("/search?q=" + WORDS.replace(" ", "+"))).down(answer()).bye()
    assert as_json(replayed(talk.packets)) == as_json(replayed(talk.packets))
