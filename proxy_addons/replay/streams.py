"""Put TCP segments back into the byte streams they came from, in capture order."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from proxy_addons.replay.segments import ACK, FIN, RST, SYN, Segment

WRAP = 1 << 32
WAITING = 4 << 20
"""Bytes held back for one hole at most; then the hole is taken for lost."""


class Side(Enum):
    CLIENT = 0
    SERVER = 1


class What(Enum):
    DATA = 0
    END = 1
    """This side sends no more."""
    LOST = 2
    """A hole: what follows cannot be joined to what came before."""


class Event(NamedTuple):
    stream: int
    """Number of the connection in the file, from 0, in order of first packet."""
    side: Side
    what: What
    at: float
    offset: int
    """Bytes of this side before this event."""
    data: bytes


Address = tuple[bytes, int]


@dataclass(slots=True)
class _Half:
    expected: int | None = None
    offset: int = 0
    held: dict[int, bytes] = field(default_factory=dict)
    held_bytes: int = 0
    end_at: int | None = None
    over: bool = False


@dataclass(slots=True)
class Stream:
    number: int
    client: Address
    server: Address
    halves: tuple[_Half, _Half] = field(default_factory=lambda: (_Half(), _Half()))
    greeted: bool = False
    """A handshake was seen, so the sides are certain."""


class Reassembly:
    """Feed segments in, get events out. ``streams`` names the two ends of each number."""

    def __init__(self, unread: Counter[tuple[str, str]]) -> None:
        self.streams: list[Stream] = []
        self._unread = unread
        self._open: dict[tuple[Address, Address], Stream] = {}

    def events(self, segments: Iterable[Segment]) -> Iterator[Event]:
        last = 0.0
        for segment in segments:
            last = segment.at
            yield from self._segment(segment)
        for stream in list(self._open.values()):
            yield from self._finish(stream, last)

    def _segment(self, s: Segment) -> Iterator[Event]:
        stream, side = self._stream_of(s)
        if s.flags & SYN and not s.flags & ACK and self._is_new(stream, s):
            yield from self._finish(stream, s.at)
            stream, side = self._start(s), Side.CLIENT
        half = stream.halves[side.value]
        sequence = s.sequence
        if s.flags & SYN:
            stream.greeted = True
            sequence = (sequence + 1) % WRAP
            half.expected = sequence if half.expected is None else half.expected
        elif half.expected is None:
            half.expected = sequence
        if s.payload:
            yield from self._data(stream, side, sequence, s.payload, s.at)
        if s.flags & FIN:
            half.end_at = (sequence + len(s.payload)) % WRAP
        if half.end_at is not None and half.end_at == half.expected:
            yield from self._end(stream, side, s.at)
        if s.flags & RST:
            yield from self._finish(stream, s.at)

    def _stream_of(self, s: Segment) -> tuple[Stream, Side]:
        source, target = (s.source, s.source_port), (s.target, s.target_port)
        if known := self._open.get((source, target)):
            return known, Side.CLIENT
        if known := self._open.get((target, source)):
            return known, Side.SERVER
        from_server = bool(s.flags & SYN and s.flags & ACK) or (not s.flags & SYN and _looks_like_answer(s))
        return self._start(s, swapped=from_server), Side.SERVER if from_server else Side.CLIENT

    def _start(self, s: Segment, swapped: bool = False) -> Stream:
        ends = (s.source, s.source_port), (s.target, s.target_port)
        client, server = reversed(ends) if swapped else ends
        stream = Stream(len(self.streams), client, server)
        self.streams.append(stream)
        self._open[client, server] = stream
        return stream

    @staticmethod
    def _is_new(stream: Stream, s: Segment) -> bool:
        """A fresh handshake on ports used before, not the old one sent again."""
        expected = stream.halves[0].expected
        return expected is not None and (s.sequence + 1) % WRAP != expected and stream.halves[0].offset > 0

    def _data(self, stream: Stream, side: Side, sequence: int, payload: bytes, at: float) -> Iterator[Event]:
        half = stream.halves[side.value]
        if half.over or half.expected is None:
            return
        ahead = _distance(half.expected, sequence)
        if ahead > 0:
            if len(half.held.get(sequence, b"")) < len(payload):
                half.held_bytes += len(payload) - len(half.held.get(sequence, b""))
                half.held[sequence] = payload
            if half.held_bytes > WAITING:
                yield from self._lose(stream, side, at)
            return
        if -ahead < len(payload):
            yield self._deliver(stream, side, payload[-ahead:] if ahead else payload, at)
            yield from self._held(stream, side, at)

    def _held(self, stream: Stream, side: Side, at: float) -> Iterator[Event]:
        half = stream.halves[side.value]
        while half.held and half.expected is not None:
            expected = half.expected
            ready = [q for q in half.held if _distance(expected, q) <= 0]
            if not ready:
                return
            for sequence in sorted(ready, key=lambda q: _distance(expected, q)):
                payload = half.held.pop(sequence)
                half.held_bytes -= len(payload)
                skip = -_distance(half.expected, sequence)
                if 0 <= skip < len(payload):
                    yield self._deliver(stream, side, payload[skip:], at)

    @staticmethod
    def _deliver(stream: Stream, side: Side, payload: bytes, at: float) -> Event:
        half = stream.halves[side.value]
        event = Event(stream.number, side, What.DATA, at, half.offset, payload)
        half.expected = ((half.expected or 0) + len(payload)) % WRAP
        half.offset += len(payload)
        return event

    def _lose(self, stream: Stream, side: Side, at: float) -> Iterator[Event]:
        half = stream.halves[side.value]
        self._unread["bytes after a hole in a connection", "packets are missing from the capture"] += half.held_bytes
        half.held.clear()
        half.held_bytes, half.over = 0, True
        yield Event(stream.number, side, What.LOST, at, half.offset, b"")

    def _end(self, stream: Stream, side: Side, at: float) -> Iterator[Event]:
        half = stream.halves[side.value]
        if not half.over:
            half.over = True
            yield Event(stream.number, side, What.END, at, half.offset, b"")

    def _finish(self, stream: Stream, at: float) -> Iterator[Event]:
        for side in Side:
            if stream.halves[side.value].held:
                yield from self._lose(stream, side, at)
        for side in Side:
            yield from self._end(stream, side, at)
        self._open.pop((stream.client, stream.server), None)


def _distance(expected: int, sequence: int) -> int:
    """How far ``sequence`` lies ahead of ``expected``, negative when behind, across the wrap."""
    ahead = (sequence - expected) % WRAP
    return ahead if ahead < WRAP // 2 else ahead - WRAP


def _looks_like_answer(s: Segment) -> bool:
    """Who is the client where no handshake was captured."""
    if s.payload.startswith((b"HTTP/1", b"SSH-", b"220 ", b"* OK")):
        return True
    return not s.payload[:8].split(b" ")[0].isupper() and s.source_port < s.target_port and s.source_port < 10_000
