from dataclasses import replace

import pytest

from detection.extract import Message, extract
from detection.extract.media_types import EVENT_STREAM
from detection.extract.services.call import Call
from detection.extract.services.replies import reply, turns, under, usual_pieces
from detection.observation import Channel
from tests.detection.extract.factories import shown, written
from tests.detection.extract.services.examples import Example, examples

STREAMS = [e for e in examples() if e.message.body.count(b"\n") > 5 and [p.channel for p in e.reads] == [Channel.REPLY]
           and (e.message.media_type == EVENT_STREAM or b"\n{" in e.message.body)]  # fmt: skip


def test_pieces_are_one_reply_in_the_conversation_any_event_names() -> None:
    body = '{"w": "Why did"}\n{"w": " the hen", "in": "c1"}\n{"w": "  cross"}'
    (said,) = reply(under("x|w"), conversation="in")(Call.of(shown(body, "application/json")))
    assert (said.channel, said.text, said.conversation) == (Channel.REPLY, "Why did the hen  cross", "c1")


def test_a_piece_that_repeats_all_before_it_replaces_it() -> None:
    body = '{"w": "Why did"}\n{"w": "Why did the hen"}'
    (said,) = reply(under("w"))(Call.of(shown(body, "application/json")))
    assert said.text == "Why did the hen"


def test_no_words_are_no_reply() -> None:
    assert list(reply(under("w"))(Call.of(shown({"w": ""})))) == []


def test_the_usual_shapes_are_pieces_alone_and_in_a_list() -> None:
    event = {"choices": [{"delta": {"content": "hen"}}]}
    assert list(usual_pieces([event, [event, 5], "x"])) == ["hen", "hen", "", ""]


CONVERSATION = {
    "id": "c1",
    "all": [
        {"by": "System", "says": "be kind to all"},
        {"by": "User", "says": "hello"},
        {"by": "Assistant", "says": ["good", "morning"]},
        {"by": "User", "says": "goodbye"},
        {"by": "Sam", "says": "nobody we know"},
    ],
}
TURNS = turns(each="all[]", who="by", text="says|says[]", conversation="id")


def test_an_opened_conversation_is_shown_turn_by_turn() -> None:
    said = list(TURNS(Call.of(shown(CONVERSATION))))
    assert [(p.channel, p.text) for p in said] == [
        (Channel.PROMPT, "hello"),
        (Channel.REPLY, "good\nmorning"),
        (Channel.PROMPT, "goodbye"),
    ]
    assert {p.conversation for p in said} == {"c1"}


def test_of_a_conversation_sent_along_only_what_is_new_counts() -> None:
    assert [p.text for p in TURNS(Call.of(written(CONVERSATION)))] == ["goodbye"]


def halves(message: Message) -> list[Message]:
    """As the gateway reads a stream in two parts: cut between two events."""
    mark = b"\n\n" if message.media_type == EVENT_STREAM else b"\n"
    events = message.body.split(mark)
    middle = len(events) // 2
    return [replace(message, body=mark.join(part)) for part in (events[:middle], events[middle:])]


@pytest.mark.parametrize("example", STREAMS, ids=lambda example: f"{example.service}: {example.what}")
def test_each_part_of_a_stream_that_was_cut_gives_its_words(example: Example) -> None:
    def words(text: str) -> str:
        return "".join(text.split())

    one, two = ([p for p in extract(part) if p.channel is Channel.REPLY] for part in halves(example.message))
    whole = words(example.reads[0].text)
    assert len(one) == len(two) == 1
    assert whole in (words(one[0].text + two[0].text), words(two[0].text))


def test_there_are_streams_to_cut() -> None:
    assert len(STREAMS) > 5


@pytest.mark.parametrize(
    "url", ["https://chatgpt.com/backend-api/conversation", "https://chat.deepseek.com/api/v0/chat/completion"]
)
@pytest.mark.parametrize("deep", [100, 900, 5000])
def test_patches_in_patches_without_end_are_no_error(url: str, deep: int) -> None:
    body = 'data: {"v": "hello there"}\n\ndata: ' + '{"v": [' * deep + "]}" * deep + "\n\n"
    assert [p.text for p in extract(shown(body, EVENT_STREAM, url=url))] == ["hello there"]
