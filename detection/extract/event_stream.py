"""Server-sent events: a chatbot's reply in pieces, or messages as they come."""

import re
from collections.abc import Iterator

from detection.extract.base import Message, Passage
from detection.extract.charset import decode
from detection.extract.json_body import carrier_of, passages_of
from detection.extract.json_documents import Json, documents
from detection.extract.media_types import EVENT_STREAM
from detection.observation import Channel

_EVENT_END = re.compile(r"\r\n\r\n|\n\n|\r\r")


class EventStream:
    def handles(self, message: Message) -> bool:
        return message.media_type == EVENT_STREAM

    def passages(self, message: Message) -> Iterator[Passage]:
        values: list[Json] = []
        bare: list[str] = []
        for data in data_of(decode(message)):
            if data.lstrip().startswith(("{", "[")) and data.strip() != "[DONE]":
                values += documents(data)
            elif data.strip() != "[DONE]":
                bare.append(data)
        yield from passages_of(values, carrier_of(message))
        if text := "".join(bare).strip():
            yield Passage(channel=Channel.PAGE, text=text)


def data_of(stream: str) -> Iterator[str]:
    """What each event carries."""
    for event in _EVENT_END.split(stream):
        lines = [line[5:].removeprefix(" ") for line in event.splitlines() if line.startswith("data:")]
        if lines:
            yield "\n".join(lines)
