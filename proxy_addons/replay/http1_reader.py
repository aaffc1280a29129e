"""One direction of an HTTP/1 connection: bytes in, parts of messages out; a hole costs what is in it and no more."""

from collections.abc import Iterator
from enum import Enum, auto

from proxy_addons.replay.http1_chunked_body import ChunkedBody
from proxy_addons.replay.http1_grammar import REQUESTS, Grammar
from proxy_addons.replay.http1_next_head import NextHead
from proxy_addons.replay.http1_parts import Framing, Kind, Part
from proxy_addons.replay.http1_strays import Strays

MOST_HELD = 1 << 20
"""Bytes kept while it is not known what they are."""


class _In(Enum):
    """Beside the bodies that a Framing tells the end of."""

    HEAD = auto()
    LENGTH = auto()
    NOWHERE = auto()
    """Behind a hole, or in what is not HTTP: until a message begins."""


class Http1Reader:
    def __init__(self, grammar: Grammar) -> None:
        """``grammar``: REQUESTS or RESPONSES."""
        self.framing: Framing | int = 0
        """Of the message whose head was given last; a number is a length."""
        self.resynchronised = False
        """Whether the message whose head was given last was found behind a hole, so that others may have been in it."""
        self.is_unchunked = False
        """The body is said to come in chunks and does not, or no more: it is taken to last until the end, or another
        message."""
        self._grammar = grammar
        self._buffer = bytearray()
        self._next = NextHead(grammar, self._buffer)
        self._chunks = ChunkedBody(self._buffer)
        self._is_first = True
        self._in: _In | Framing = _In.HEAD
        self._left = 0
        self._strays = Strays()
        self._whole = True
        """Nothing was lost of the body so far."""

    def feed(self, data: bytes) -> Iterator[Part]:
        self._is_first = False
        unchunked = self.is_unchunked and self._in is Framing.UNTIL_END
        if unchunked and self._grammar is REQUESTS and self._grammar.begins.match(data):
            yield from self._next_message()
        self._buffer += data
        while self._buffer:
            before = len(self._buffer), self._in
            yield from self._step()
            if before == (len(self._buffer), self._in):
                return

    def lost(self, size: int) -> Iterator[Part]:
        """``size`` bytes are missing here. What of a body comes behind them is its too, where that can be known."""
        self._whole = self._is_first = False
        if self._in is _In.LENGTH and size <= self._left:
            self._left -= size
            yield from self._step()
        elif self._in is not Framing.UNTIL_END and not (self._in is Framing.CHUNKED and self._chunks.lost(size)):
            yield from self.end()

    def end(self) -> Iterator[Part]:
        if self._in is _In.HEAD:
            yield from self.finish_head(whole=False)
            if not self._next.has_begun:
                yield from self._stray(len(self._buffer))
        elif self._in not in (Framing.HELD, _In.NOWHERE):
            if self._in is Framing.CHUNKED and not self._chunks.has_begun:
                yield from self._body(len(self._buffer))
                self._unchunk()
            self._whole &= self._in in (Framing.UNTIL_END, Framing.RAW)
            ended, self._in = self._in, _In.NOWHERE
            yield Part(Kind.END, whole=self._whole)
            if ended is Framing.CHUNKED and self._chunks.is_in_trailers:
                yield from self._stray(len(self._buffer))
        self._go_nowhere()

    @property
    def skipped(self) -> int:
        """Bytes that could not be read as part of any message."""
        return self._strays.skipped

    @property
    def is_between(self) -> bool:
        """Between two messages, or at the very beginning."""
        return self._in is _In.HEAD and not self._buffer

    @property
    def is_lost(self) -> bool:
        return self._in is _In.NOWHERE

    def has_begun_otherwise(self, data: bytes) -> bool:
        """Whether the very first bytes of this direction, ``data``, are not the beginning of a message."""
        return self._is_first and not self._next.may_be_in(data)

    def line(self) -> bytes:
        """The first line of a head that is not whole yet; empty if that is not whole either."""
        return self._next.line() if self._in is _In.HEAD else b""

    def finish_head(self, *, whole: bool) -> Iterator[Part]:
        """No more of a head will come: what there is of it is the message, if that is at least a line."""
        if self._in is _In.HEAD and (head := self._next.take_lines()):
            yield Part(Kind.HEAD, head, whole)
            yield Part(Kind.END, whole=whole)

    def go_on(self, framing: Framing | int) -> Iterator[Part]:
        """What was HELD is known now: the rest is RAW, or a next message begins (0)."""
        self.framing = framing
        self._enter()
        yield from self.feed(b"")

    def take(self) -> bytes:
        """What has not been read, for somebody else to read."""
        return self._next.drop(len(self._buffer))

    def _step(self) -> Iterator[Part]:
        match self._in:
            case _In.HEAD:
                yield from self._head()
            case _In.LENGTH:
                yield from self._counted()
            case Framing.UNTIL_END | Framing.RAW:
                yield from self._body(len(self._buffer))
            case Framing.CHUNKED:
                yield from self._chunked()
            case Framing.HELD if len(self._buffer) > MOST_HELD:
                self._go_nowhere()
            case _In.NOWHERE:
                self._look_for_start()

    def _head(self) -> Iterator[Part]:
        head = self._next.take()
        if head is None:
            yield from self._stray(self._next.distance)
        elif head:
            self.framing = 0
            yield Part(Kind.HEAD, head)
            self.resynchronised = False
            self._enter()
            if self._in is _In.HEAD:
                yield Part(Kind.END)

    def _stray(self, size: int) -> Iterator[Part]:
        """What no end of it is seen of is no message."""
        yield from self._strays.take(self._next.drop(size), behind_hole=self.resynchronised)

    def _enter(self) -> None:
        """The body that the framing of the head tells of."""
        self._whole, self.is_unchunked = True, False
        if isinstance(self.framing, int):
            self._in, self._left = (_In.LENGTH if self.framing else _In.HEAD), self.framing
        else:
            self._in = self.framing
        if self._in is Framing.CHUNKED:
            self._chunks = ChunkedBody(self._buffer)

    def _counted(self) -> Iterator[Part]:
        size = min(self._left, len(self._buffer))
        self._left -= size
        yield from self._body(size)
        if not self._left:
            yield from self._next_message()

    def _body(self, size: int) -> Iterator[Part]:
        piece = bytes(self._buffer[:size])
        del self._buffer[:size]
        if piece:
            yield Part(Kind.BODY, piece)

    def _chunked(self) -> Iterator[Part]:
        yield from self._chunks.parts()
        if self._chunks.has_ended:
            yield from self._next_message()
        elif self._chunks.is_plain:
            self._unchunk()

    def _unchunk(self) -> None:
        self._in, self.is_unchunked = Framing.UNTIL_END, True

    def _next_message(self) -> Iterator[Part]:
        self._in = _In.HEAD
        yield Part(Kind.END, whole=self._whole)

    def _go_nowhere(self) -> None:
        self._in = _In.NOWHERE
        self._strays.skip(self.take())

    def _look_for_start(self) -> None:
        if self._grammar.begins.match(self._buffer):
            self._in, self.resynchronised = _In.HEAD, True
        else:
            self._go_nowhere()
