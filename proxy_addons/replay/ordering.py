"""What the packets of a connection told, put in order on both of its sides; what does not come is waited for, but not
for ever."""

from collections import Counter
from collections.abc import Iterator

from proxy_addons.replay.half_stream import WRAP, Waiting
from proxy_addons.replay.segments import ACK, FIN, RST, SYN, Segment
from proxy_addons.replay.stream import Event, Side, Stream, What

WAITING = 4 << 20
"""Bytes of one connection held back for a hole at most; then the hole is taken for lost."""
ALL_WAITING = 64 << 20
"""The same, of all connections together."""
PATIENCE = 64
"""Segments of a connection after which bytes that its other end has, but the capture has not, are taken for lost."""

Unread = Counter[tuple[str, str]]


class Ordering:
    """Of all connections, each with its own Stream; what is lost is counted in ``unread``."""

    def __init__(self, unread: Unread) -> None:
        self._unread = unread
        self._waiting = 0
        """Bytes held back of all connections together."""

    def take(self, stream: Stream, side: Side, s: Segment) -> Iterator[Event]:
        """What can be told now that ``s`` has come on a side of its stream."""
        before = sum(half.waiting_bytes for half in stream.halves)
        self._put(stream, side, s)
        yield from self._advance(stream, s.at)
        self._waiting += sum(half.waiting_bytes for half in stream.halves) - before
        while self._must_give_up(stream):
            yield from self._give_up(stream, s.at)
        if s.flags & RST and stream.halves[side.value].position(s.sequence) == stream.halves[side.value].offset:
            yield from self.finish(stream, s.at)

    def finish(self, stream: Stream, at: float) -> Iterator[Event]:
        """Nothing more of it will come: tell what there is, and the end of both sides."""
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

    def _put(self, stream: Stream, side: Side, s: Segment) -> None:
        half, other = stream.halves[side.value], stream.halves[1 - side.value]
        sequence = (s.sequence + 1) % WRAP if s.flags & SYN else s.sequence
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

    @staticmethod
    def _end(stream: Stream, side: Side, at: float) -> Iterator[Event]:
        half = stream.halves[side.value]
        if not half.over:
            half.close()
            yield Event(stream, side, What.END, at, half.offset)


def _longest_waiting(stream: Stream) -> Side:
    firsts = [(half.first.number, side) for side in Side if (half := stream.halves[side.value]).first]
    return min(firsts, key=lambda found: found[0])[1]
