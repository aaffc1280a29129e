"""One direction of an HTTP/2 connection: bytes in, parts of messages out."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from hpack import Decoder, HPACKError

from proxy_addons.replay.http2_frames import (
    CONTINUATION,
    DATA,
    END_HEADERS,
    END_STREAM,
    HEAD,
    HEADERS,
    PUSH_PROMISE,
    RESET,
    WITH_PRIORITY,
    Frame,
    Http2Error,
    Http2Frames,
)

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
MOST_HEADERS = 1 << 20
"""Bytes of the headers of a message, packed and unpacked."""
_TABLE = 1 << 20
"""What compresses headers may remember; how much of it both ends agreed on is not looked at."""
_PRIORITY, _PROMISED = 5, 4
"""Bytes before the headers."""

Names = tuple[tuple[bytes, bytes], ...]
"""Headers as they came, those of HTTP/2's own first."""


class Kind(Enum):
    HEADERS = auto()
    BODY = auto()
    RESET = auto()
    """Its sender wants to hear no more, or to say no more, on this stream."""
    PROMISE = auto()
    """On this stream comes an answer for which nobody asked; the headers are those of what might have been asked."""


class Part(NamedTuple):
    kind: Kind
    stream: int
    ends: bool = False
    """Its sender says no more on this stream."""
    data: bytes = b""
    names: Names = ()


class Http2Reader:
    def __init__(self, preface: bytes = b"") -> None:
        """``preface``: what must be said first."""
        self.is_over = False
        """What came could not be HTTP/2, and nothing behind it is read: headers build on all that came before."""
        self._preface = preface
        self._frames = Http2Frames()
        self._block: tuple[Frame, list[bytes]] | None = None
        """Headers that are not whole yet."""
        self._block_size = 0
        self._decoder = Decoder(MOST_HEADERS)
        self._decoder.max_allowed_table_size = _TABLE

    def feed(self, data: bytes) -> list[Part]:
        """What comes of one body at once is one part: every layer above costs more for a part than for its bytes."""
        told, pieces = list[Part](), list[bytes]()
        try:
            for part in self._parts(data):
                if part.kind is Kind.BODY:
                    last = told[-1] if pieces else None
                    if last and last.stream == part.stream and not last.ends:
                        told[-1] = part
                        pieces.append(part.data)
                        continue
                    _join(told, pieces)
                    pieces = [part.data]
                else:
                    _join(told, pieces)
                    pieces = []
                told.append(part)
        except Http2Error:
            self.is_over = True
        _join(told, pieces)
        return told

    def _parts(self, data: bytes) -> Iterator[Part]:
        for frame in self._frames.whole(self._behind_preface(data)):
            kind, flags, stream, body = frame
            if self._block or kind == CONTINUATION:
                yield from self._go_on(frame)
            elif kind == DATA:
                yield Part(Kind.BODY, stream, bool(flags & END_STREAM), body)
            elif kind in (HEADERS, PUSH_PROMISE):
                self._block, self._block_size = (frame, [_block(frame)]), 0
                yield from self._whole_block(frame)
            elif kind == RESET:
                yield Part(Kind.RESET, stream, ends=True)

    def _behind_preface(self, data: bytes) -> bytes:
        if not self._preface:
            return data
        size = min(len(data), len(self._preface))
        if data[:size] != self._preface[:size]:
            raise Http2Error("no preface")
        self._preface = self._preface[size:]
        return data[size:]

    def _go_on(self, frame: Frame) -> Iterator[Part]:
        if not self._block or frame.kind != CONTINUATION or frame.stream != self._block[0].stream:
            raise Http2Error("headers that are not whole")
        self._block[1].append(frame.body)
        self._block_size += HEAD + len(frame.body)
        if self._block_size > MOST_HEADERS:
            raise Http2Error("headers that are too long")
        yield from self._whole_block(frame)

    def _whole_block(self, last: Frame) -> Iterator[Part]:
        if self._block and last.flags & END_HEADERS:
            first, pieces = self._block
            self._block = None
            names = self._names(b"".join(pieces))
            if first.kind == PUSH_PROMISE:
                promised = int.from_bytes(first.body[:_PROMISED], "big") & 0x7FFFFFFF
                yield Part(Kind.PROMISE, promised, names=names)
            else:
                yield Part(Kind.HEADERS, first.stream, bool(first.flags & END_STREAM), names=names)

    def _names(self, block: bytes) -> Names:
        try:
            return tuple((bytes(name), bytes(value)) for name, value in self._decoder.decode(block, raw=True))
        except (HPACKError, IndexError, TypeError, UnicodeDecodeError) as e:
            raise Http2Error("headers that cannot be unpacked") from e


def _block(frame: Frame) -> bytes:
    before = _PROMISED if frame.kind == PUSH_PROMISE else _PRIORITY if frame.flags & WITH_PRIORITY else 0
    if len(frame.body) < before:
        raise Http2Error("a frame that is too short")
    return frame.body[before:]


def _join(told: list[Part], pieces: list[bytes]) -> None:
    if len(pieces) > 1:
        told[-1] = told[-1]._replace(data=b"".join(pieces))
