import pytest

from detection.observation import Channel
from tests.detection.extract.factories import said, shown, written

LINES = '0:"see you at "\n0:"the ri"\n8:[{"a":1}]\n0:"ver"\nd:{"finishReason":"stop"}\n'


@pytest.mark.parametrize("before", ["", 'f:{"messageId":"m1"}\n', '2:[{"x":1}]\nf:{"messageId":"m1"}\n'])
@pytest.mark.parametrize("media_type", ["text/plain", "text/event-stream", ""])
def test_the_words_of_all_lines_are_one_answer(before: str, media_type: str) -> None:
    assert said(shown(before + LINES, media_type)) == [(Channel.REPLY, "see you at the river")]


def test_a_line_that_breaks_off_is_left_out() -> None:
    assert said(shown('0:"see you there"\n0:"and th', "text/plain")) == [(Channel.REPLY, "see you there")]


@pytest.mark.parametrize("text", ["0: see you there", "10:30 see you there", 'a: "see you there"'])
def test_other_lines_are_plain_text(text: str) -> None:
    assert said(shown(text, "text/plain")) == [(Channel.PAGE, text)]


def test_what_somebody_writes_is_no_answer() -> None:
    assert [channel for channel, _ in said(written(LINES, "text/plain"))] == [Channel.POST]
