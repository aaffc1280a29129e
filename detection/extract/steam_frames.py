"""Take apart what Steam's client and web chat say over their WebSocket: protobuf messages, each behind a header that
names what it is for.

Source: SteamRE/SteamKit, ``Resources/SteamLanguage`` (``MsgHdrProtoBuf``: a message number with its highest bit set,
the header's length, both little-endian; ``EMsg.Multi`` = 1); ValvePython/steam, ``protobufs/steammessages_base.proto``
(``CMsgProtoBufHeader.target_job_name`` = 12, ``CMsgMulti``); "Encoding", protobuf.dev.
"""

import zlib
from collections.abc import Iterator

from detection.extract.limits import inflated, leave_out

Fields = dict[int, list[int | bytes]]
"""What a message says under each number: whole numbers, or bytes."""

_PROTOBUF = 0x80000000
_MULTI = 1
_JOB_NAME = 12
_MOST_FIELDS = 20_000
_MOST_FRAMES = 500
_MOST_BYTES = 4 << 20


def jobs(frame: bytes) -> Iterator[tuple[str, Fields]]:
    """The name of each thing asked or told, such as ``FriendMessages.SendMessage#1``, and what it says."""
    number, header, body = _parted(frame)
    for one in _packed(body) if number == _MULTI else [frame]:
        number, header, body = _parted(one)
        if name := text_of(header, _JOB_NAME):
            yield name, body


def _parted(frame: bytes) -> tuple[int, Fields, Fields]:
    """The message's number, its header and its body; empty where the frame is none of ours."""
    number, size = int.from_bytes(frame[:4], "little"), int.from_bytes(frame[4:8], "little")
    if len(frame) < 8 or not number & _PROTOBUF or size > len(frame) - 8:
        return 0, {}, {}
    return number ^ _PROTOBUF, fields(frame[8 : 8 + size]), fields(frame[8 + size :])


def _packed(multi: Fields) -> Iterator[bytes]:
    """The frames that one frame holds, squeezed together or not."""
    content = next((v for v in multi.get(2, []) if isinstance(v, bytes)), b"")
    if any(multi.get(1, [])):
        try:
            content = inflated(zlib.decompressobj(wbits=31), content, _MOST_BYTES)
        except zlib.error:
            return
    at = 0
    for _ in range(_MOST_FRAMES):
        size = int.from_bytes(content[at : at + 4], "little")
        if not 0 < size <= len(content) - at - 4:
            return
        yield content[at + 4 : at + 4 + size]
        at += 4 + size
    leave_out()


def fields(body: bytes) -> Fields:
    """As far as the bytes are a protobuf message."""
    found: Fields = {}
    at = 0
    for count in range(_MOST_FIELDS + 1):
        if count == _MOST_FIELDS and at < len(body):
            leave_out()
            break
        tag, at = _varint(body, at)
        value: int | bytes
        if tag & 7 == 0:
            value, at = _varint(body, at)
        elif tag & 7 in (1, 5):
            size = 8 if tag & 7 == 1 else 4
            value, at = int.from_bytes(body[at : at + size], "little"), at + size
        elif tag & 7 == 2:
            size, at = _varint(body, at)
            value, at = body[at : at + size], at + size
        else:
            break
        if at > len(body):
            break
        found.setdefault(tag >> 3, []).append(value)
    return found


def text_of(message: Fields, *numbers: int) -> str:
    """The first of these fields that holds a text."""
    for number in numbers:
        for value in message.get(number, []):
            if isinstance(value, bytes) and value:
                return value.decode("utf-8", "replace")
    return ""


def number_of(message: Fields, number: int) -> int:
    return next((value for value in message.get(number, []) if isinstance(value, int)), 0)


def _varint(body: bytes, at: int) -> tuple[int, int]:
    """Its value and where it ends; a place beyond the end where there is none."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(body):
            break
        byte, at = body[at], at + 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    return 0, len(body) + 1
