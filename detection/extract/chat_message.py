"""One WebSocket message, text or binary: a chat line, in the envelopes chat libraries put it in."""

import re
from collections.abc import Iterator
from dataclasses import replace

from detection.extract import binary_frame
from detection.extract.base import Message, Passage
from detection.extract.json_body import carrier_of, passages_of
from detection.extract.json_documents import Json, documents
from detection.extract.json_language import Carrier
from detection.extract.language import is_short_message
from detection.extract.phoenix import parts_of
from detection.extract.sendbird import is_sendbird, said_over_sendbird
from detection.extract.xml_document import passages_of_xml, pieces_of
from detection.extract.xmpp import is_xmpp
from detection.observation import Channel

_ENVELOPE = re.compile(r"(?:\d{1,4}(?:/[\w/-]*,)?\d*|[aoc]|[A-Z]{4}(?=\{))?(?=[\[{\"])")
"""socket.io and engine.io (``42["message",…]``, ``42/room,7[…]``), SockJS (``a["…"]``), what else Sendbird commands
(``FILE{…}``)."""
_STOMP = re.compile(r"(?P<command>SEND|MESSAGE)\r?\n(?P<headers>(?:[^\r\n]+\r?\n)*)\r?\n(?P<body>[^\0]*)")
_DESTINATION = re.compile(r"^destination:([^\r\n]{1,200})", re.M)
_HEARTBEAT = re.compile(r"\d{1,3}(?:probe)?|p[io]ng|ka", re.I)
_BINARY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1d\x1f\ufffd]")
_LOOK_AT = 200
_RECORD_END = "\x1e"
"""SignalR's, after each of its JSON messages."""


class ChatMessage:
    def handles(self, message: Message) -> bool:
        return message.frame or message.url.startswith(("ws:", "wss:"))

    def passages(self, message: Message) -> Iterator[Passage]:
        carrier = carrier_of(message)
        text = message.body.decode("utf-8", "replace").strip("\0 \t\r\n")
        if _BINARY.search(text[:_LOOK_AT]):
            packed = list(_binary(message.body, carrier))
            yield from packed
            if packed or "\ufffd" in text[:_LOOK_AT] or "\0" in text[:_LOOK_AT]:
                return
        if stomp := _STOMP.match(text):
            destination = _DESTINATION.search(stomp["headers"])
            yield from _line(stomp["body"], _in(carrier, destination[1] if destination else ""))
        else:
            for record in filter(None, text.split(_RECORD_END)):
                yield from _line(record, carrier)


def _line(text: str, carrier: Carrier) -> Iterator[Passage]:
    if text.startswith("<") and (is_xmpp(text) or "xmlns" in text[:_LOOK_AT]):
        yield from passages_of_xml(text, carrier)
        return
    if is_sendbird(text):
        yield from said_over_sendbird(text, carrier)
        return
    envelope = _ENVELOPE.match(text)
    values = list(documents(text[envelope.end() :])) if envelope else []
    if len(values) == 1 and (phoenix := parts_of(values[0])):
        yield from passages_of([phoenix[1]], _in(carrier, phoenix[0][:200]))
        return
    if values:
        yield from passages_of(map(_without_event, values), carrier)
        return
    if text.lstrip().startswith("<"):
        text = "\n".join(pieces_of(text)) or text
    if is_short_message(text) and not _HEARTBEAT.fullmatch(text):
        yield Passage(channel=Channel.MESSAGE, text=text.strip(), conversation=carrier.conversation)


def _binary(frame: bytes, carrier: Carrier) -> Iterator[Passage]:
    for said in binary_frame.opened(frame):
        inside = _in(carrier, said.conversation)
        if isinstance(said.value, str):
            yield from _line(said.value, inside)
        else:
            yield from passages_of([_without_event(said.value)], inside)


def _in(carrier: Carrier, conversation: str) -> Carrier:
    return replace(carrier, conversation=conversation) if conversation else carrier


def _without_event(value: Json) -> Json:
    """``["chat message", "hello"]``: the strings in front name the event."""
    if isinstance(value, str):
        return {"text": value}
    if not isinstance(value, list) or len(value) < 2 or not isinstance(value[0], str) or value[0][:1] in ("{", "["):
        return value
    objects: list[Json] = [v for v in value if isinstance(v, dict | list)]
    spoken: list[Json] = [{"text": v} for v in value[1:] if isinstance(v, str)]
    return objects or spoken
