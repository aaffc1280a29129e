import pytest

from detection.observation import Channel
from tests.detection.extract.factories import said, shown


def events(*data: str) -> str:
    return "".join(f"event: x\ndata: {one}\n\n" for one in data)


STREAMS = [
    events('{"choices":[{"delta":{"content":"Why did"}}]}', '{"choices":[{"delta":{"content":" the hen"}}]}', "[DONE]"),
    events(
        '{"type":"content_block_delta","delta":{"type":"text_delta","text":"Why did"}}',
        '{"type":"content_block_delta","delta":{"type":"text_delta","text":" the hen"}}',
    ),
    events(
        '{"candidates":[{"content":{"parts":[{"text":"Why did"}],"role":"model"}}]}',
        '{"candidates":[{"content":{"parts":[{"text":" the hen"}],"role":"model"}}]}',
    ),
    events('{"type":"output_text.delta","delta":"Why did"}', '{"type":"output_text.delta","delta":" the hen"}').replace(
        "\n", "\r\n"
    ),
    events(
        '{"type":"response.created","response":{"instructions":"be kind to all","output":[]}}',
        '{"type":"response.output_text.delta","delta":"Why did"}',
        '{"type":"response.output_text.delta","delta":" the hen"}',
        '{"type":"response.output_text.done","text":"Why did the hen"}',
        '{"type":"response.completed","response":{"output":[{"role":"assistant","content":"Why did the hen"}]}}',
    ),
]


@pytest.mark.parametrize("stream", STREAMS)
def test_a_reply_in_pieces_is_put_together(stream: str) -> None:
    (passage,) = said(shown(stream, "text/event-stream"))
    assert passage == (Channel.REPLY, "Why did the hen")


def test_chat_messages_in_a_stream_stay_messages() -> None:
    stream = 'data: {"user":"bo","text":"see you"}\n\ndata: {"user":"al","text":"ok"}\n\n'
    assert said(shown(stream, "text/event-stream")) == [(Channel.MESSAGE, "see you"), (Channel.MESSAGE, "ok")]


def test_bare_text_is_joined() -> None:
    assert said(shown("data: Why did\n\ndata:  the hen\n\n", "text/event-stream")) == [
        (Channel.PAGE, "Why did the hen")
    ]


def test_secrets_are_never_read() -> None:
    assert said(shown('data: {"token":"open the door","password":"open the door"}\n\n', "text/event-stream")) == []


SAME = [
    'data: {"user":"bo",\ndata: "text":"see you"}\n\n',
    'data: {"user":"bo","text":"see you"}\r\rdata: [DONE]\r\r',
    '\ufeffdata:{"user":"bo","text":"see you"}\n\n',
    ': a comment\nretry: 4000\nid: 7\nevent: x\ndata: {"user":"bo","text":"see you"}\n\n',
    'data: {"user":"bo","text":"see you"}',
    'data: {"user":"bo","text":"see you"}\r\n\n: keep-alive\n\n',
    '{"user":"bo","text":"see you"}\n',
]


@pytest.mark.parametrize("stream", SAME)
def test_an_event_is_read_as_the_standard_has_it(stream: str) -> None:
    assert said(shown(stream, "text/event-stream")) == [(Channel.MESSAGE, "see you")]


def test_only_line_ends_end_a_line() -> None:
    stream = 'data: {"user":"bo","text":"see\u2028you\x85there"}\n\n'
    assert said(shown(stream, "text/event-stream")) == [(Channel.MESSAGE, "see\u2028you\x85there")]
