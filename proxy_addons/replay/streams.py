"""Put TCP segments back into the byte streams they came from, both directions of a connection in one order."""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from proxy_addons.replay.half_stream import WINDOW, WRAP, HalfStream, Waiting
from proxy_addons.replay.segments import ACK, FIN, RST, SYN, Datagram, Segment

WAITING = 4 << 20
"""Bytes of one connection held back for a hole at most; then the hole is taken for lost."""
ALL_WAITING = 64 << 20
"""The same, of all connections together."""
PATIENCE = 64
"""Segments of a connection after which bytes that its other end has, but the capture has not, are taken for lost."""
MOST_OPEN = 10_000
"""Connections followed at once; then the one silent for longest is taken for ended."""
CHANGES = SYN | FIN | RST | ACK
NONE = -1

Address = tuple[bytes, int]
Unread = Counter[tuple[str, str]]


class Side(Enum):
    CLIENT = 0
    SERVER = 1

    @property
    def other(self) -> "Side":
        return Side(1 - self.value)


class What(Enum):
    DATA = 0
    LOST = 1
    """A hole of ``size`` bytes."""
    END = 2
    """This side sends no more."""
    LOOKUP = 3
    """Over UDP, where each is by itself."""


@dataclass(slots=True, eq=False)
class Stream:
    number: int
    """Of the connection in the file, from 0, in order of first packet; of a lookup, NONE."""
    client: Address
    server: Address
    halves: tuple[HalfStream, HalfStream] = field(default_factory=lambda: (HalfStream(), HalfStream()))
    segments: int = 0
    stuck_since: int | None = None
    """Number of the segment since which nothing could be told."""

    @property
    def over(self) -> bool:
        return all(half.over for half in self.halves)

    @property
    def is_steady(self) -> bool:
        """Nothing waits, has ended or is not known on either side, so that what just follows is told at once."""
        return not any(
            half.waiting_bytes or half.over or half.end is not None for half in self.halves
        ) and None not in (half.base for half in self.halves)


class Event(NamedTuple):
    stream: Stream
    side: Side
    what: What
    at: float
    offset: int
    """Bytes of this side before this event; of a lookup, how many there were before."""
    data: bytes = b""
    size: int = 0


class _Way:
    """One side of a stream, with what comes next on it where that can be told at once."""

    __slots__ = ("ends", "half", "next", "side", "stream")

    def __init__(self, ends: tuple[bytes, int, bytes, int], stream: Stream, side: Side) -> None:
        self.ends, self.stream, self.side, self.half = ends, stream, side, stream.halves[side.value]
        self.next = NONE
        """The number of the next byte; NONE, which no segment has, where it has to be looked at."""
        if stream.is_steady:
            self.next = ((self.half.base or 0) + self.half.offset) % WRAP


_NO_WAY = _Way((b"", NONE, b"", NONE), Stream(NONE, (b"", NONE), (b"", NONE)), Side.CLIENT)


class Reassembly:
    """Feed segments in, get events out; what is lost is counted in ``unread``."""

    def __init__(self, unread: Unread) -> None:
        self.count = 0
        """Connections so far."""
        self._lookups = 0
        self._unread = unread
        self._open: OrderedDict[tuple[bytes, int, bytes, int], Stream] = OrderedDict()
        """By the address and port of the client, and of the server; what was silent for longest is first."""
        self._latest: Stream | None = None
        """The last of these."""
        self._waiting = 0

    def events(self, segments: Iterable[Segment | Datagram]) -> Iterator[Event]:
        """Nearly every segment belongs to the stream of the one before it and is just what comes next on its side; of
        the two sides it is kept at hand what that would be."""
        last, data, new = 0.0, What.DATA, tuple.__new__
        way = back = _NO_WAY
        for segment in segments:
            if not isinstance(segment, Segment):
                last = segment.at
                yield self._lookup(segment)
                continue
            last, source, port, target, to, sequence, acknowledged, flags, payload = segment
            ends = source, port, target, to
            if ends != way.ends:
                way, back = (back, way) if ends == back.ends else self._ways(segment)
            behind = (back.next - acknowledged) % WRAP
            if sequence != way.next or behind >= WINDOW or flags & CHANGES != ACK:
                yield from self._segment(way.stream, way.side, segment)
                way = back = _NO_WAY
                continue
            stream, half, other = way.stream, way.half, back.half
            stream.segments += 1
            if (heard := other.offset - behind) > other.acknowledged:
                other.acknowledged = heard
            if payload:
                yield new(Event, (stream, way.side, data, last, half.offset, payload, 0))
                half.offset += len(payload)
                way.next = (sequence + len(payload)) % WRAP
        while self._open:
            yield from self._finish(self._open.popitem(last=False)[1], last)

    def _ways(self, s: Segment) -> tuple["_Way", "_Way"]:
        """That of a segment, and the way back."""
        stream, side = self._stream_of(s)
        ends = s.source, s.source_port, s.target, s.target_port
        back = s.target, s.target_port, s.source, s.source_port
        return _Way(ends, stream, side), _Way(back, stream, side.other)

    def _lookup(self, d: Datagram) -> Event:
        self._lookups += 1
        stream = Stream(NONE, (d.source, d.source_port), (d.target, d.target_port))
        return Event(stream, Side.CLIENT, What.LOOKUP, d.at, self._lookups - 1, d.payload)

    def _segment(self, stream: Stream, side: Side, s: Segment) -> Iterator[Event]:
        if s.flags & SYN and not s.flags & ACK and _is_another(stream.halves[side.value], s):
            yield from self._finish(stream, s.at)
            stream, side = self._start(s), Side.CLIENT
        if len(self._open) > MOST_OPEN:
            yield from self._finish(self._open.popitem(last=False)[1], s.at)
        before = sum(half.waiting_bytes for half in stream.halves)
        self._take(stream, side, s)
        yield from self._advance(stream, s.at)
        self._waiting += sum(half.waiting_bytes for half in stream.halves) - before
        while self._must_give_up(stream):
            yield from self._give_up(stream, s.at)
        if s.flags & RST and stream.halves[side.value].position(s.sequence) == stream.halves[side.value].offset:
            yield from self._finish(stream, s.at)

    def _stream_of(self, s: Segment) -> tuple[Stream, Side]:
        _, source, source_port, target, target_port, _, _, _, _ = s
        key, side = (source, source_port, target, target_port), Side.CLIENT
        known = self._open.get(key)
        if not known:
            key, side = (target, target_port, source, source_port), Side.SERVER
            known = self._open.get(key)
        if known:
            if known is not self._latest:
                self._open.move_to_end(key)
                self._latest = known
            return known, side
        answers = bool(s.flags & SYN and s.flags & ACK) or (not s.flags & SYN and _looks_like_answer(s))
        return self._start(s, swapped=answers), Side.SERVER if answers else Side.CLIENT

    def _start(self, s: Segment, *, swapped: bool = False) -> Stream:
        ends = (s.source, s.source_port), (s.target, s.target_port)
        client, server = reversed(ends) if swapped else ends
        stream = self._open[*client, *server] = Stream(self.count, client, server)
        self._open.move_to_end((*client, *server))
        self._latest = stream
        self.count += 1
        return stream

    def _take(self, stream: Stream, side: Side, s: Segment) -> None:
        half, other = stream.halves[side.value], stream.halves[1 - side.value]
        sequence = (s.sequence + 1) % (1 << 32) if s.flags & SYN else s.sequence
        if half.base is None or s.flags & SYN:
            half.begin(sequence)
        stream.segments += 1
        needs = (other.position(s.acknowledged) or 0) if s.flags & ACK else 0
        if other.end is not None:
            needs = min(needs, other.end)
        other.acknowledged = max(other.acknowledged, needs)
        position = half.position(sequence)
        if position is not None and s.flags & FIN and half.end is None:
            half.end = position + len(s.payload)
        if not s.payload or (position is not None and position + len(s.payload) <= half.offset):
            return
        if position is None or half.over:
            self._unread["bytes of TCP", "outside of their connection"] += len(s.payload)
        else:
            half.wait(Waiting(position, stream.segments, s.at, needs, s.payload))

    def _advance(self, stream: Stream, at: float) -> Iterator[Event]:
        """Tell all that can be told."""
        told = True
        while told:
            told = False
            for side in Side:
                half, other = stream.halves[side.value], stream.halves[1 - side.value]
                while (first := half.first) and first.position <= half.offset:
                    if first.needs > other.offset and not other.over:
                        break
                    told = True
                    yield from self._tell(stream, side, half.take())
                if half.end is not None and half.offset >= half.end:
                    yield from self._end(stream, side, at)
            stream.stuck_since = None if told else stream.stuck_since

    @staticmethod
    def _tell(stream: Stream, side: Side, segment: Waiting) -> Iterator[Event]:
        if segment.payload:
            yield Event(stream, side, What.DATA, segment.at, segment.position, segment.payload)
            stream.halves[side.value].offset += len(segment.payload)

    def _must_give_up(self, stream: Stream) -> bool:
        if not any(half.first for half in stream.halves):
            stream.stuck_since = None
            return False
        if stream.stuck_since is None:
            stream.stuck_since = stream.segments
        waiting = sum(half.waiting_bytes for half in stream.halves)
        if waiting > WAITING or self._waiting > ALL_WAITING:
            return True
        return stream.segments - stream.stuck_since > PATIENCE and any(
            half.acknowledged > half.offset for half in stream.halves
        )

    def _give_up(self, stream: Stream, at: float) -> Iterator[Event]:
        """Wait no longer for what the segment that has waited longest is waiting for."""
        before = sum(half.waiting_bytes for half in stream.halves)
        side = _longest_waiting(stream)
        half, other = stream.halves[side.value], stream.halves[1 - side.value]
        if (first := half.first) and first.position > half.offset:
            yield from self._lose(stream, side, first.position, at)
        elif first and other.first and other.first.position > other.offset:
            yield from self._lose(stream, side.other, min(other.first.position, first.needs), at)
        elif first:
            # The other end says it has bytes of which there is no trace: perhaps they come yet.
            yield from self._tell(stream, side, half.take())
        stream.stuck_since = None
        yield from self._advance(stream, at)
        self._waiting += sum(half.waiting_bytes for half in stream.halves) - before

    def _lose(self, stream: Stream, side: Side, until: int, at: float) -> Iterator[Event]:
        half = stream.halves[side.value]
        size = until - half.offset
        self._unread["bytes of TCP", "missing from the capture"] += size
        yield Event(stream, side, What.LOST, at, half.offset, size=size)
        half.offset = until

    def _finish(self, stream: Stream, at: float) -> Iterator[Event]:
        while any(half.first for half in stream.halves):
            yield from self._give_up(stream, at)
        for side in Side:
            half = stream.halves[side.value]
            # One byte more than was sent is how the end of a stream is acknowledged.
            known = half.end if half.end is not None else half.acknowledged - 1
            if known > half.offset and not half.over:
                yield from self._lose(stream, side, known, at)
        for side in Side:
            yield from self._end(stream, side, at)

    @staticmethod
    def _end(stream: Stream, side: Side, at: float) -> Iterator[Event]:
        half = stream.halves[side.value]
        if not half.over:
            half.close()
            yield Event(stream, side, What.END, at, half.offset)


def _is_another(half: HalfStream, s: Segment) -> bool:
    """A fresh handshake on ports used before, not the old one sent again."""
    return half.base is not None and (s.sequence + 1) % (1 << 32) != half.base


def _longest_waiting(stream: Stream) -> Side:
    firsts = [(half.first.number, side) for side in Side if (half := stream.halves[side.value]).first]
    return min(firsts, key=lambda found: found[0])[1]


def _looks_like_answer(s: Segment) -> bool:
    """Who is the client where no handshake was captured; what is said later may correct it."""
    if s.payload.startswith(b"HTTP/1"):
        return True
    return not s.payload[:8].split(b" ")[0].isupper() and s.source_port < s.target_port and s.source_port < 10_000
