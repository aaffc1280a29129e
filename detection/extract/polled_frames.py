"""Chat lines that go by requests and answers where there is no WebSocket: socket.io's and SockJS's long polling.

Source: "Engine.IO protocol" (``transport=polling``: packets behind their length and a colon in version 3, with the
record separator between them in version 4); SockJS's protocol tests (``xhr_send``, ``xhr``, ``xhr_streaming``).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from detection.extract.base import Message, Passage
from detection.extract.charset import decode
from detection.extract.chat_message import ChatMessage
from detection.extract.limits import at_most

_ENGINE = re.compile(r"[^?]*\?(?:[^#]*&)?transport=polling(?:&|$)")
_SOCKJS = re.compile(r"[^?]*/\d{1,6}/\w{1,40}/xhr(?:_send|_streaming)?(?:\?|$)")
_BEHIND_ITS_LENGTH = re.compile(r"(\d{1,7}):(?=\d)")
_BETWEEN = "\x1e"
_SAYS = "4"
"""The packets that carry a message; others open, close and keep alive."""
_PACKET, _FRAME = re.compile(rb"(?:\d{1,7}:)?[0-6b]"), re.compile(rb"[aohcm\[]")
_MOST = 500
"""Lines of one body."""


class PolledFrames:
    def handles(self, message: Message) -> bool:
        if message.frame:
            return False
        return bool(
            (_ENGINE.match(message.url) and _PACKET.match(message.body))
            or (_SOCKJS.match(message.url) and _FRAME.match(message.body))
        )

    def passages(self, message: Message) -> Iterator[Passage]:
        text = decode(message)
        says = _of_engine(text) if _ENGINE.match(message.url) else _of_sockjs(text)
        for line in at_most(says, _MOST):
            yield from ChatMessage().passages(replace(message, body=line.encode("utf-8", "replace"), frame=True))


def _of_engine(text: str) -> Iterator[str]:
    packets = _behind_their_length(text) if _BEHIND_ITS_LENGTH.match(text) else iter(text.split(_BETWEEN))
    return (packet[1:] for packet in packets if packet.startswith(_SAYS))


def _behind_their_length(text: str) -> Iterator[str]:
    at = 0
    while length := _BEHIND_ITS_LENGTH.match(text, at):
        at = length.end() + int(length[1])
        yield text[length.end() : at]


def _of_sockjs(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line.startswith(("a[", "[")))
