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
        '{"p":"/message/content/parts/0","o":"append","v":"Why"}',
        '{"v":" did the"}',
        '{"p":"","o":"patch","v":[{"p":"/message/content/parts/0","o":"append","v":" hen"},{"p":"/x","v":"done"}]}',
    ).replace("\n", "\r\n"),
    events(
        '{"candidates":[{"content":{"parts":[{"text":"Why did"}],"role":"model"}}]}',
        '{"candidates":[{"content":{"parts":[{"text":" the hen"}],"role":"model"}}]}',
    ),
    events(
        '{"message":{"author":{"role":"assistant"},"content":{"parts":["Why did the"]}}}',
        '{"message":{"author":{"role":"assistant"},"content":{"parts":["Why did the hen"]}}}',
    ),
    events('{"type":"output_text.delta","delta":"Why did"}', '{"type":"output_text.delta","delta":" the hen"}'),
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
