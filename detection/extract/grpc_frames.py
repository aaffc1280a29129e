"""The messages in a body of gRPC, gRPC-web or Connect: each behind five bytes that say how long it is.

Source: "gRPC over HTTP2" and "gRPC-Web" in the gRPC project's documentation; "Connect protocol
reference", connectrpc.com.
"""

import base64
import re
import zlib
from collections.abc import Iterator

from detection.extract.limits import inflated, leave_out

PREFIX = 5
_PACKED, _LAST, _TRAILERS = 0x01, 0x02, 0x80
"""Bits of the first byte: compressed; Connect's end of the stream; gRPC-web's trailers."""
_MOST = 8 << 20
"""Bytes unpacked of one body."""
_MOST_MESSAGES = 10_000
_PIECE = re.compile(rb"[A-Za-z0-9+/]+")


def messages(body: bytes) -> Iterator[bytes]:
    """One after another; of a message that broke off, what there is. Ends where the bytes are no such frames."""
    at, room, found = 0, _MOST, 0
    while at + PREFIX <= len(body) and not body[at] & ~(_PACKED | _LAST | _TRAILERS):
        found += 1
        if found > _MOST_MESSAGES or room <= 0:
            leave_out()
            return
        size = int.from_bytes(body[at + 1 : at + PREFIX])
        content = body[at + PREFIX : at + PREFIX + size]
        if not body[at] & (_LAST | _TRAILERS):
            if body[at] & _PACKED:
                content = _unpacked(content, room)
                room -= len(content)
            yield content
        at += PREFIX + size


def whole(body: bytes) -> int:
    """Where the last whole frame ends; 0 if there is none."""
    at = 0
    while at + PREFIX <= len(body):
        end = at + PREFIX + int.from_bytes(body[at + 1 : at + PREFIX])
        if end > len(body):
            break
        at = end
    return at


def from_text(body: bytes) -> bytes:
    """The text form of gRPC-web: Base64 in pieces, each with padding of its own."""
    return b"".join(_piece(found[0]) for found in _PIECE.finditer(body))


def _piece(coded: bytes) -> bytes:
    if len(coded) % 4 == 1:
        coded = coded[:-1]
    return base64.b64decode(coded + b"=" * (-len(coded) % 4))


def _unpacked(content: bytes, room: int) -> bytes:
    try:
        return inflated(zlib.decompressobj(zlib.MAX_WBITS | 32), content, room)
    except zlib.error:
        return b""
