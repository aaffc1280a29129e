"""MQTT 3.1.1 and 5: what is published under a topic. Who signs in, and with which password, is not read."""

from collections.abc import Iterator
from typing import ClassVar

from detection.conversations.base import Unseen
from detection.conversations.inflow import Inflow
from detection.extract.base import Passage
from detection.extract.json_body import passages_of
from detection.extract.json_documents import documents
from detection.extract.json_language import Carrier
from detection.extract.language import is_short_message
from detection.extract.said import Said
from detection.observation import Channel, Direction

_CONNECT, _PUBLISH = 1, 3
_MOST = 1 << 20
"""Bytes of a packet that are read."""
_MOST_ALIASES = 1000
_ALIAS = 0x23
_ONE, _FOUR = frozenset({0x01}), frozenset({0x02})
"""Properties of one and of four bytes that PUBLISH may have."""
_TEXTS, _PAIR, _NUMBER = frozenset({0x03, 0x08, 0x09}), 0x26, 0x0B


class Mqtt:
    name: ClassVar[str] = "MQTT"

    def __init__(self) -> None:
        self._sides = (_Side(), _Side())
        self._version = 4
        self.unseen: Unseen | None = None

    @property
    def size(self) -> int:
        return sum(len(side.flow) for side in self._sides)

    def feed(self, data: bytes, *, from_client: bool) -> Iterator[Said]:
        side = self._sides[from_client]
        side.flow.add(data)
        while not self.unseen and (packet := self._packet(side)) is not None:
            if side.kind >> 4 == _CONNECT:
                self._version = packet[6] if packet[:6] == b"\0\4MQTT" and len(packet) > 6 else 4
            elif side.kind >> 4 == _PUBLISH and (found := self._published(side, packet)):
                direction = Direction.WRITTEN if from_client else Direction.SHOWN
                for passage in self._passages(*found, written=from_client):
                    yield Said(passage, direction)

    def _packet(self, side: "_Side") -> bytes | None:
        if not side.flow.is_counting:
            head = side.flow.peek(5)
            length, digits = _variable(head, 1)
            if digits < 0:
                self.unseen = Unseen.BROKEN
            if digits <= 0:
                return None
            side.kind = head[0]
            side.flow.exactly(1 + digits)
            side.flow.count_off(length, _MOST, wanted=side.kind >> 4 in (_CONNECT, _PUBLISH))
        return side.flow.counted()

    def _published(self, side: "_Side", packet: bytes) -> tuple[str, bytes] | None:
        size = int.from_bytes(packet[:2], "big")
        topic = packet[2 : 2 + size].decode("utf-8", "replace")
        at = 2 + size + (2 if side.kind & 6 else 0)
        if self._version >= 5:
            length, digits = _variable(packet, at)
            if digits <= 0:
                return None
            alias = _alias(packet[at + digits : at + digits + length])
            at += digits + length
            topic = side.named(alias, topic)
        return topic[:200], packet[at:]

    def _passages(self, topic: str, payload: bytes, *, written: bool) -> Iterator[Passage]:
        try:
            text = payload.decode("utf-8").strip()
        except UnicodeDecodeError:
            return
        if text[:1] in ("{", "["):
            carrier = Carrier(written=written, plain=Channel.MESSAGE, conversation=topic, chat=True)
            for passage in passages_of(documents(text), carrier):
                yield Passage(
                    channel=passage.channel,
                    text=passage.text,
                    conversation=passage.conversation or topic,
                    author=passage.author,
                    app=self.name,
                )
        elif "\0" not in text and is_short_message(text):
            yield Passage(channel=Channel.MESSAGE, text=text, conversation=topic, app=self.name)


class _Side:
    def __init__(self) -> None:
        self.flow = Inflow()
        self.kind = 0
        self._aliases: dict[int, str] = {}

    def named(self, alias: int, topic: str) -> str:
        if alias and topic and len(self._aliases) < _MOST_ALIASES:
            self._aliases[alias] = topic
        return topic or self._aliases.get(alias, "")


def _variable(data: bytes, at: int) -> tuple[int, int]:
    """A number of up to four bytes and how many it takes; 0 where more must come, -1 where it is none."""
    value = 0
    for place in range(4):
        if at + place >= len(data):
            return 0, 0
        byte = data[at + place]
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, place + 1
    return 0, -1


def _alias(properties: bytes) -> int:
    """The short name of the topic; 0 if there is none."""
    at = 0
    while at < len(properties):
        kind = properties[at]
        if kind == _ALIAS:
            return int.from_bytes(properties[at + 1 : at + 3], "big")
        size = _size(kind, properties, at + 1)
        if size < 0:
            return 0
        at += 1 + size
    return 0


def _size(kind: int, properties: bytes, at: int) -> int:
    if kind in _ONE:
        return 1
    if kind in _FOUR:
        return 4
    if kind == _NUMBER:
        return _variable(properties, at)[1] or -1
    if kind in _TEXTS or kind == _PAIR:
        first = 2 + int.from_bytes(properties[at : at + 2], "big")
        return first if kind != _PAIR else first + 2 + int.from_bytes(properties[at + first : at + first + 2], "big")
    return -1
