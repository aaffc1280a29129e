import pytest

from detection.extract.base import Passage
from detection.extract.chatbots import with_a_chatbot
from detection.extract.services import service_at
from detection.observation import Channel, Direction
from tests.detection.extract.factories import frame, said, shown, written


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://you.com/api", True),
        ("https://www.you.com/api", True),
        ("https://notyou.com/api", False),
        ("https://you.com.example/", False),
        ("https://[broken/", False),
        ("", False),
    ],
)
def test_a_chatbot_is_known_by_its_host(url: str, is_one: bool) -> None:
    service = service_at(url)
    assert (service is not None and service.chatbot) is is_one


@pytest.mark.parametrize(
    ("channel", "direction", "becomes"),
    [
        (Channel.POST, Direction.WRITTEN, Channel.PROMPT),
        (Channel.MESSAGE, Direction.WRITTEN, Channel.PROMPT),
        (Channel.SEARCH, Direction.WRITTEN, Channel.SEARCH),
        (Channel.MESSAGE, Direction.SHOWN, Channel.REPLY),
        (Channel.PAGE, Direction.SHOWN, Channel.PAGE),
    ],
)
def test_what_is_written_is_asked_and_what_is_said_back_is_a_reply(
    channel: Channel, direction: Direction, becomes: Channel
) -> None:
    assert with_a_chatbot(Passage(channel=channel, text="hello"), direction).channel is becomes


def test_language_that_names_no_role_is_a_prompt_at_a_chatbot_with_a_name_and_without() -> None:
    for url in ("https://you.com/api/ask", "https://claude.ai/api/of/tomorrow"):
        assert said(written({"comment": "tell me a joke"}, url=url)) == [(Channel.PROMPT, "tell me a joke")]
        assert said(shown({"comment": "why did the hen"}, url=url)) == [(Channel.PAGE, "why did the hen")]


def test_a_frame_of_an_unknown_shape_is_a_prompt_or_a_reply() -> None:
    url = "wss://neo.character.ai/ws/"
    assert said(frame('{"user": "u", "text": "hello there"}', url=url)) == [(Channel.PROMPT, "hello there")]
    assert said(frame('{"user": "u", "text": "hello there"}', Direction.SHOWN, url)) == [(Channel.REPLY, "hello there")]
