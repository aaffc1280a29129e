"""A chatbot's answer in numbered lines, a few words in each.

Source: AI SDK documentation, "Stream protocols", "Data stream protocol": ``0:"…"`` is a piece of text, other numbers
and letters say how it goes on. Sites that use that library for their chatbot all speak it.
"""

import json
import re
from collections.abc import Iterator

from detection.extract.base import Message, Passage
from detection.extract.charset import decode
from detection.extract.json_chat import conversation_in
from detection.extract.language import is_short_message
from detection.extract.limits import at_most
from detection.extract.media_types import EVENT_STREAM, PLAIN
from detection.observation import Channel, Direction

_BEGINS = re.compile(rb'(?:[a-z0-9]:[\[{"\d][^\n]*\n)*0:"')
_LINE = re.compile(r'^0:(".*")\s*$', re.M)
_MOST = 20_000
"""Lines of one answer."""


class NumberedLines:
    def handles(self, message: Message) -> bool:
        shown = message.direction is Direction.SHOWN and not message.frame
        kind = message.media_type
        return shown and (kind in PLAIN or kind == EVENT_STREAM) and _BEGINS.match(message.body[:4096]) is not None

    def passages(self, message: Message) -> Iterator[Passage]:
        text = said_in(decode(message)).strip()
        if is_short_message(text):
            yield Passage(channel=Channel.REPLY, text=text, conversation=conversation_in(message.url))


def said_in(lines: str) -> str:
    words = []
    for line in at_most(_LINE.finditer(lines), _MOST):
        try:
            words.append(str(json.loads(line[1])))
        except ValueError:
            continue
    return "".join(words)
