"""One direction of an HTTP/1 connection: bytes in, parts of messages out; a hole costs what is in it and no more."""

import re
from collections.abc import Iterator
from enum import Enum, auto

from proxy_addons.replay.http1_chunks import LONGEST_SIZE, is_trailer, may_tell_size, size_told
from proxy_addons.replay.http1_grammar import REQUESTS, Grammar
from proxy_addons.replay.http1_parts import Framing, Kind, Part

LONGEST_HEAD = 256 << 10
LONGEST_LINE = 64 << 10
LONGEST_END = 16
"""Bytes of a head's end."""
LONGEST_JUNK = 128
"""Bytes before the very first head."""
LEAST_STRAY = 4
"""Bytes that may be words."""
MOST_HELD = 1 << 20
"""Bytes kept while it is not known what they are."""
MOST_STRAY = 256 << 10
"""Bytes of a side that belong to no message and are told all the same."""
_BODY = rb"(?=[<{\[\x1f]|[0-9A-Fa-f]{1,8}\r?\n)"
_HEAD_END = re.compile(rb"\r*\n\r*\n|(?:\r*\n[ \t\0\r]+\n?|\r\r)" + _BODY)
"""An empty line, or one that only looks empty and has a body behind it."""


class _In(Enum):
    HEAD = auto()
    LENGTH = auto()
    UNTIL_END = auto()
    HELD = auto()
    RAW = auto()
    FIRST_SIZE = auto()
    """Before the first chunk; a body that is said to come in chunks and does not shows it here."""
    CHUNK_SIZE = auto()
    CHUNK = auto()
    CHUNK_END = auto()
    TRAILERS = auto()
    NOWHERE = auto()
    """Behind a hole, or in what is not HTTP: until a message begins."""


class Http1Reader:
    def __init__(self, grammar: Grammar) -> None:
        """``grammar``: REQUESTS or RESPONSES."""
        self.framing: Framing | int = 0
        """Of the message whose head was given last; a number is a length."""
        self.skipped = 0
        """Bytes that could not be read as part of any message."""
        self.resynchronised = False
        """Whether the message whose head was given last was found behind a hole, so that others may have been in it."""
        self.is_unchunked = False
        """The body is said to come in chunks and does not, or no more: it is taken to last until the end, or another
        message."""
        self._grammar = grammar
        self._buffer = bytearray()
        self._searched = 0
        self._is_first = True
        self._in = _In.HEAD
        self._left = 0
        self._stray_bytes = 0
        self._whole = True
        """Nothing was lost of the body so far."""

    def feed(self, data: bytes) -> Iterator[Part]:
        self._is_first = False
        if self.is_unchunked and self._grammar is REQUESTS and self._in is _In.UNTIL_END:
            yield from self._another_request(data)
        self._buffer += data
        while self._buffer:
            before = len(self._buffer), self._in
            yield from self._step()
            if before == (len(self._buffer), self._in):
                return

    def lost(self, size: int) -> Iterator[Part]:
        """``size`` bytes are missing here. What of a body comes behind them is its too, where that can be known."""
        self._whole = self._is_first = False
        if self._in in (_In.LENGTH, _In.CHUNK) and size <= self._left:
            self._left -= size
            yield from self._step()
        elif self._in is not _In.UNTIL_END:
            yield from self.end()

    def end(self) -> Iterator[Part]:
        if self._in is _In.HEAD:
            yield from self.finish_head(whole=False)
            if not self._grammar.is_head.match(self._buffer):
                yield from self._stray(len(self._buffer))
        elif self._in not in (_In.HELD, _In.NOWHERE):
            if self._in is _In.FIRST_SIZE:
                yield from self._body(len(self._buffer))
                self._unchunk()
            self._whole &= self._in in (_In.UNTIL_END, _In.RAW)
            ended, self._in = self._in, _In.NOWHERE
            yield Part(Kind.END, whole=self._whole)
            if ended is _In.TRAILERS:
                yield from self._stray(len(self._buffer))
        self._go_nowhere()

    @property
    def is_between(self) -> bool:
        """Between two messages, or at the very beginning."""
        return self._in is _In.HEAD and not self._buffer

    @property
    def is_lost(self) -> bool:
        return self._in is _In.NOWHERE

    def has_begun_otherwise(self, data: bytes) -> bool:
        """Whether the very first bytes of this direction, ``data``, are not the beginning of a message."""
        fits = self._grammar.may_begin.match(data[:40]) or self._grammar.begins.search(data[:LONGEST_JUNK])
        if fits or not self._is_first:
            return False
        head = _HEAD_END.search(data)
        return not (head and self._grammar.is_head.match(data[: head.end()]))

    def line(self) -> bytes:
        """The first line of a head that is not whole yet; empty if that is not whole either."""
        line, newline, _ = bytes(self._buffer).lstrip(b"\r\n").partition(b"\n")
        return line if newline and self._in is _In.HEAD else b""

    def finish_head(self, *, whole: bool) -> Iterator[Part]:
        """No more of a head will come: what there is of it is the message, if that is at least a line."""
        line, newline, _ = bytes(self._buffer).strip(b"\r\n").partition(b"\n")
        if self._in is _In.HEAD and line and (newline or self._buffer.endswith(b"\n")):
            head = bytes(self._buffer[: self._buffer.rfind(b"\n") + 1])
            self._buffer.clear()
            self._searched = 0
            yield Part(Kind.HEAD, head, whole)
            yield Part(Kind.END, whole=whole)

    def go_on(self, framing: Framing | int) -> Iterator[Part]:
        """What was HELD is known now: the rest is RAW, or a next message begins (0)."""
        self.framing = framing
        self._enter()
        yield from self.feed(b"")

    def take(self) -> bytes:
        """What has not been read, for somebody else to read."""
        rest = bytes(self._buffer)
        self._buffer.clear()
        return rest

    def _step(self) -> Iterator[Part]:
        match self._in:
            case _In.HEAD:
                yield from self._head()
            case _In.LENGTH | _In.CHUNK:
                yield from self._counted()
            case _In.UNTIL_END | _In.RAW:
                yield from self._body(len(self._buffer))
            case _In.FIRST_SIZE:
                self._before_chunks()
            case _In.CHUNK_SIZE:
                self._chunk_size()
            case _In.CHUNK_END:
                self._behind_chunk()
            case _In.TRAILERS:
                yield from self._trailer()
            case _In.HELD if len(self._buffer) > MOST_HELD:
                self._go_nowhere()
            case _In.NOWHERE:
                self._look_for_start()

    def _head(self) -> Iterator[Part]:
        while self._buffer and self._buffer[0] in b"\r\n":
            del self._buffer[:1]
        if not self._buffer:
            return
        found = _HEAD_END.search(self._buffer, max(0, self._searched - LONGEST_END))
        self._searched = 0 if found else len(self._buffer)
        if not self._may_be_head(found.end() if found else 0):
            yield from self._stray(self._until_message())
            return
        if found is None:
            return
        head = bytes(self._buffer[: found.end()])
        del self._buffer[: found.end()]
        self.framing = 0
        yield Part(Kind.HEAD, head)
        self.resynchronised = False
        self._enter()
        if self._in is _In.HEAD:
            yield Part(Kind.END)

    def _may_be_head(self, size: int) -> bool:
        """``size``: of the head, where its end is there."""
        fits = self._grammar.is_head if size else self._grammar.may_begin
        return len(self._buffer) <= LONGEST_HEAD + size and bool(fits.match(self._buffer[: size or LONGEST_LINE]))

    def _until_message(self) -> int:
        """How many bytes it is until one certainly begins, or there are no more."""
        found = self._grammar.begins.search(self._buffer, 1)
        return found.start() if found else len(self._buffer)

    def _stray(self, size: int) -> Iterator[Part]:
        """Somebody may show it all the same; but what no end of it is seen of is no message."""
        stray = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._searched = 0
        if len(stray.strip()) < LEAST_STRAY or self._stray_bytes + size > MOST_STRAY or self.resynchronised:
            self.skipped += size
        else:
            self._stray_bytes += size
            yield Part(Kind.STRAY, stray)

    def _another_request(self, data: bytes) -> Iterator[Part]:
        if self._grammar.begins.match(data):
            yield from self._next_message()

    def _enter(self) -> None:
        """The body that the framing of the head tells of."""
        self._whole, self.is_unchunked = True, False
        if isinstance(self.framing, int):
            self._in, self._left = (_In.LENGTH if self.framing else _In.HEAD), self.framing
        else:
            self._in = _ENTERED[self.framing]

    def _counted(self) -> Iterator[Part]:
        size = min(self._left, len(self._buffer))
        self._left -= size
        yield from self._body(size)
        if not self._left:
            if self._in is _In.LENGTH:
                yield from self._next_message()
            else:
                self._in = _In.CHUNK_END

    def _body(self, size: int) -> Iterator[Part]:
        piece = bytes(self._buffer[:size])
        del self._buffer[:size]
        if piece:
            yield Part(Kind.BODY, piece)

    def _before_chunks(self) -> None:
        begun = bytes(self._buffer[:LONGEST_SIZE])
        if size_told(begun) is not None:
            self._in = _In.CHUNK_SIZE
        elif len(self._buffer) >= LONGEST_SIZE or not may_tell_size(begun):
            self._unchunk()

    def _unchunk(self) -> None:
        self._in, self.is_unchunked = _In.UNTIL_END, True

    def _chunk_size(self) -> None:
        line = self._line()
        if line is None:
            if not may_tell_size(bytes(self._buffer)):
                self._unchunk()
            return
        size = size_told(line)
        if size is not None:
            self._left = size
            self._in = _In.CHUNK if self._left else _In.TRAILERS
        elif line.strip():
            self._unchunk()
            return
        del self._buffer[: len(line)]

    def _behind_chunk(self) -> None:
        if self._buffer[0] in b"\r\n" or may_tell_size(bytes(self._buffer[:LONGEST_SIZE]).partition(b"\n")[0]):
            self._in = _In.CHUNK_SIZE
        else:
            self._unchunk()

    def _trailer(self) -> Iterator[Part]:
        line = self._line()
        if line is None:
            return
        if not line.strip() or is_trailer(line):
            del self._buffer[: len(line)]
        if not is_trailer(line):
            yield from self._next_message()

    def _line(self) -> bytes | None:
        """The first, with its end; None while it is not whole."""
        end = self._buffer.find(b"\n")
        if end < 0 and len(self._buffer) <= LONGEST_SIZE:
            return None
        return bytes(self._buffer[: end + 1 or LONGEST_SIZE])

    def _next_message(self) -> Iterator[Part]:
        self._in = _In.HEAD
        yield Part(Kind.END, whole=self._whole)

    def _go_nowhere(self) -> None:
        self._in = _In.NOWHERE
        self.skipped += len(self._buffer)
        self._searched = 0
        self._buffer.clear()

    def _look_for_start(self) -> None:
        if self._grammar.begins.match(self._buffer):
            self._in, self.resynchronised = _In.HEAD, True
        else:
            self._go_nowhere()


_ENTERED = {
    Framing.CHUNKED: _In.FIRST_SIZE,
    Framing.UNTIL_END: _In.UNTIL_END,
    Framing.HELD: _In.HELD,
    Framing.RAW: _In.RAW,
}
