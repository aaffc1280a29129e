"""MQTT over WebSockets: what is published, and under which topic. Some deflate what they publish.

Source: MQTT Version 3.1.1 and Version 5.0, OASIS, section 3.3 (PUBLISH); mautrix-meta, ``messagix/payload.go``.
"""

import zlib
from typing import NamedTuple

from detection.extract.limits import inflated, leave_out

_PUBLISH = 3
_MOST = 200
"""Packets in one frame."""
MOST_INFLATED = 4 << 20
"""Bytes of all payloads of a frame."""


class Published(NamedTuple):
    topic: str
    payload: bytes
    """Inflated where it was deflated."""


def published(frame: bytes, *, cut: bool = False) -> list[Published] | None:
    """None where the bytes are not MQTT packets from end to end, of which with ``cut`` the last may break off; empty
    where they publish nothing."""
    found: list[Published] = []
    at = count = 0
    room = MOST_INFLATED
    while at < len(frame):
        if count >= _MOST:
            leave_out()
            break
        size, start = length_at(frame, at + 1)
        if not 1 <= frame[at] >> 4 <= 15 or size < 0 or (start + size > len(frame) and not cut):
            return None
        if frame[at] >> 4 == _PUBLISH:
            one = _published(frame[at], frame[start : start + size])
            if one is None:
                return None
            found.append(one._replace(payload=_inflated(one.payload, room)))
            room -= min(room, len(found[-1].payload))
        at, count = start + size, count + 1
    return found if count else None


def _published(first: int, packet: bytes) -> Published | None:
    end = 2 + int.from_bytes(packet[:2])
    try:
        topic = packet[2:end].decode()
    except UnicodeDecodeError:
        return None
    if not topic.isprintable() or end > len(packet) or len(packet) < 2:
        return None
    if first >> 1 & 3:
        end += 2  # the packet's number, where somebody is to confirm it
    return Published(topic, _without_properties(packet[end:]))


def _without_properties(payload: bytes) -> bytes:
    """Version 5 puts them first, with their length; no frame but the connection's first says which version it is. A
    text does not begin with a byte as low as theirs."""
    size, start = length_at(payload, 0)
    if not payload or payload[0] >= 0x20 or payload[:1] in b"\t\r\n" or size < 0 or start + size > len(payload):
        return payload
    return payload[start + size :]


def _inflated(payload: bytes, room: int) -> bytes:
    """As it is where it does not begin as zlib says (method 8, and divisible by 31); "" where there is no room."""
    if len(payload) < 2 or payload[0] & 0x0F != 8 or int.from_bytes(payload[:2]) % 31:
        return payload
    try:
        return inflated(zlib.decompressobj(), payload, room)
    except zlib.error:
        return payload


def length_at(packet: bytes, at: int) -> tuple[int, int]:
    """A length of seven bits to a byte, and where it ends; -1 where there is none."""
    value = 0
    for shift in range(0, 28, 7):
        if at >= len(packet):
            break
        byte, at = packet[at], at + 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    return -1, at
