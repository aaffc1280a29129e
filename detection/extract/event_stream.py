"""Server-sent events: a chatbot's reply in pieces, or messages as they come.

Source: HTML Living Standard, "Server-sent events", parsing an event stream.
"""

import re
from collections.abc import Iterator

from detection.extract.base import Message, Passage
from detection.extract.charset import decode
from detection.extract.json_body import carrier_of, passages_of
from detection.extract.json_documents import Json, documents
from detection.extract.media_types import EVENT_STREAM
from detection.observation import Channel

_LINE_END = re.compile(r"\r\n|\n|\r")
"""No other character ends a line, whatever ``splitlines`` says."""


class EventStream:
    def handles(self, message: Message) -> bool:
        return message.media_type == EVENT_STREAM

    def passages(self, message: Message) -> Iterator[Passage]:
        values: list[Json] = []
        bare: list[str] = []
        text = decode(message)
        for data in data_of(text):
            if data.lstrip().startswith(("{", "[")) and data.strip() != "[DONE]":
                values += documents(data)
            elif data.strip() != "[DONE]":
                bare.append(data)
        if not values and not bare:  # one object to a line, whatever the type says
            values += documents(text)
        yield from passages_of(values, carrier_of(message))
        if text := "".join(bare).strip():
            yield Passage(channel=Channel.PAGE, text=text)


def data_of(stream: str) -> Iterator[str]:
    """What each event carries: its lines of data. An empty line ends an event."""
    lines: list[str] = []
    for line in _LINE_END.split(stream.removeprefix("\ufeff")):
        if line.startswith("data:"):
            lines.append(line[5:].removeprefix(" "))
        elif not line and lines:
            yield "\n".join(lines)
            lines = []
    if lines:
        yield "\n".join(lines)
