import json

from proxy_addons.replay.detection_fields import detection_fields
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, search


def test_a_detection_says_all_that_a_script_may_ask_for(replayed: Replayed) -> None:
    (found,) = replayed(Talk().hello().up(search()).down(answer()).bye().packets).detections
    fields = json.loads(json.dumps(detection_fields(found)))
    assert fields.pop("id") == found.observation.id
    assert fields.pop("reasons")
    assert fields.pop("score") > 0
    (match,) = fields.pop("matches")
    assert (match["written"], match["start"], match["end"]) == (WORDS, 0, len(WORDS))
    assert fields.pop("subject")["address"] == "10.1.0.7"
    assert fields.pop("library_version") == found.library_version
    opinion = fields.pop("opinion")
    assert opinion["version"] == found.model_version
    assert opinion["passage"] == WORDS
    assert fields == {
        "seen_at": found.observation.seen_at.isoformat(),
        "category": "bullying",
        "severity": 3,
        "role": "may-harm-others",
        "channel": "search",
        "direction": "written",
        "app": "news.test",
        "location": "http://news.test/search?q=nobody+likes+you",
        "conversation": "news.test",
        "author": "",
        "text": WORDS,
        "marks": ["replay"],
    }
