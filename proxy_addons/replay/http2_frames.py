"""Take what a side says in HTTP/2 apart into frames, as bytes: an object made of each would cost more than the rest."""

from collections.abc import Iterator
from typing import NamedTuple

DATA, HEADERS, PRIORITY, RESET, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)
END_STREAM, END_HEADERS, PADDED, WITH_PRIORITY = 1, 4, 8, 32
HEAD = 9
LONGEST = 1 << 20
"""Bytes of a frame; two ends that did not agree on more send no more than 16 KiB."""
_SIZES = {RESET: 4, PING: 8, WINDOW_UPDATE: 4}
_SETTING = 6
_OF_A_STREAM = (DATA, HEADERS, RESET, PUSH_PROMISE, CONTINUATION)
_OF_NONE = (SETTINGS, PING, GOAWAY)
_MAY_BE_PADDED = (DATA, HEADERS, PUSH_PROMISE)


class Http2Error(ValueError):
    """Why no more of a side can be read."""


class Frame(NamedTuple):
    kind: int
    flags: int
    stream: int
    body: bytes
    """Without padding."""


class Http2Frames:
    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._held, self._needed = 0, HEAD

    def whole(self, data: bytes) -> Iterator[Frame]:
        """Those that are whole with these bytes. Http2Error, behind those before it, where one cannot be."""
        self._chunks.append(data)
        self._held += len(data)
        if self._held < self._needed:
            return
        data, place = b"".join(self._chunks), 0
        size, self._needed = len(data), HEAD
        while size - place >= HEAD:
            length = int.from_bytes(data[place : place + 3], "big")
            if length > LONGEST:
                raise Http2Error("a frame that is too long")
            end = place + HEAD + length
            if end > size:
                self._needed = end - place
                break
            kind, flags = data[place + 3], data[place + 4]
            stream = int.from_bytes(data[place + 5 : place + HEAD], "big") & 0x7FFFFFFF
            yield Frame(kind, flags, stream, _body(kind, flags, stream, data[place + HEAD : end]))
            place = end
        self._chunks, self._held = [data[place:]], size - place


def _body(kind: int, flags: int, stream: int, body: bytes) -> bytes:
    if len(body) != _SIZES.get(kind, len(body)) or (kind == SETTINGS and len(body) % _SETTING):
        raise Http2Error("a frame of a size that cannot be")
    if (kind in _OF_A_STREAM and not stream) or (kind in _OF_NONE and stream):
        raise Http2Error("a frame on a stream that cannot be its own")
    if not flags & PADDED or kind not in _MAY_BE_PADDED:
        return body
    padding = body[0] if body else 0
    if padding >= len(body):
        raise Http2Error("more padding than frame")
    return body[1 : len(body) - padding]
