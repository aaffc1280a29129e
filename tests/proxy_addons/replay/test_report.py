from proxy_addons.replay.report import as_json, summary, table
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get


def test_the_json_has_the_promised_shape(replayed: Replayed) -> None:
    said = as_json(replayed(Talk().hello().up(get()).down(answer()).bye().packets))
    assert list(said) == ["file", "detections", "requests", "bodies", "read", "unread"]


def test_a_detection_is_a_line_and_the_summary_says_what_was_read(replayed: Replayed) -> None:
    outcome = replayed(Talk().hello().up(get("/search?q=" + WORDS.replace(" ", "+"))).down(answer()).bye().packets)
    (line,) = table(outcome)
    assert WORDS in line
    assert "1 detection." in summary(outcome)
