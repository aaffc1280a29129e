"""What is published in the MQTT packets of Meta's web clients, also where a payload is deflated or a packet cut short.

Source: MQTT version 3.1.1, section 3.3 (PUBLISH); mautrix-meta, ``messagix/payload.go`` and ``packets``.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_PUBLISH = 3
_MOST_PACKETS = 200
MOST_UNPACKED = 4 << 20
"""Bytes of all payloads of a frame, after inflating."""


@dataclass(frozen=True, slots=True)
class Publication:
    topic: str
    payload: bytes
    """Inflated where it was deflated; of a packet cut short, what came of it."""


def publications(frame: bytes) -> Iterator[Publication]:
    """Other packets (connecting, subscribing, acknowledging) are passed over; what is no MQTT yields nothing."""
    at, room = 0, MOST_UNPACKED
    for _ in range(_MOST_PACKETS):
        if at + 2 > len(frame) or room <= 0:
            return
        head = frame[at]
        length, start = _length(frame, at + 1)
        if start < 0 or head >> 4 == 0:
            return
        if head >> 4 == _PUBLISH and (found := _published(frame[start : start + length], head >> 1 & 3, room)):
            room -= len(found.payload)
            yield found
        at = start + length


def _length(frame: bytes, at: int) -> tuple[int, int]:
    """The remaining length (seven bits a byte, the least first) and where the rest begins; -1 where it is none."""
    length = 0
    for place in range(4):
        if at + place >= len(frame):
            return 0, -1
        length |= (frame[at + place] & 0x7F) << 7 * place
        if frame[at + place] < 0x80:
            return length, at + place + 1
    return 0, -1


def _published(rest: bytes, quality: int, room: int) -> Publication | None:
    size = int.from_bytes(rest[:2], "big")
    topic, after = rest[2 : 2 + size], 2 + size + (2 if quality else 0)
    if not size or len(topic) < size or len(rest) <= after:
        return None
    return Publication(topic.decode("utf-8", "replace"), _inflated(rest[after:], room))


def _inflated(payload: bytes, room: int) -> bytes:
    """As it is, where it is not deflated (zlib's header: method 8, and divisible by 31)."""
    if len(payload) < 2 or payload[0] & 0x0F != 8 or int.from_bytes(payload[:2], "big") % 31:
        return payload
    try:
        return zlib.decompressobj().decompress(payload, room)
    except zlib.error:
        return payload
