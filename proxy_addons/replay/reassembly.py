"""Put TCP segments back into the byte streams they came from, both directions of a connection in one order."""

from collections import OrderedDict
from collections.abc import Generator, Iterable, Iterator

from proxy_addons.replay.half_stream import WINDOW, WRAP, HalfStream
from proxy_addons.replay.ordering import Ordering, Unread
from proxy_addons.replay.segments import ACK, FIN, RST, SYN, Datagram, Segment
from proxy_addons.replay.stream import NONE, Event, Side, Stream, What

MOST_OPEN = 10_000
"""Connections followed at once; then the one silent for longest is taken for ended."""
CHANGES = SYN | FIN | RST | ACK


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
        self._ordering = Ordering(unread)
        self._open: OrderedDict[tuple[bytes, int, bytes, int], Stream] = OrderedDict()
        """By the address and port of the client, and of the server; what was silent for longest is first."""
        self._latest: Stream | None = None
        """The last of these."""

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
                stream, side = way.stream, way.side
                if flags & SYN or len(self._open) > MOST_OPEN:
                    stream, side = yield from self._room_for(stream, side, segment)
                yield from self._ordering.take(stream, side, segment)
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
            yield from self._ordering.finish(self._open.popitem(last=False)[1], last)

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

    def _room_for(self, stream: Stream, side: Side, s: Segment) -> Generator[Event, None, tuple[Stream, Side]]:
        """The connection that a segment is of; what must make room for it ends."""
        if s.flags & SYN and not s.flags & ACK and _is_another(stream.halves[side.value], s):
            yield from self._ordering.finish(stream, s.at)
            stream, side = self._start(s), Side.CLIENT
        if len(self._open) > MOST_OPEN:
            yield from self._ordering.finish(self._open.popitem(last=False)[1], s.at)
        return stream, side

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


def _is_another(half: HalfStream, s: Segment) -> bool:
    """A fresh handshake on ports used before, not the old one sent again."""
    return half.base is not None and (s.sequence + 1) % WRAP != half.base


def _looks_like_answer(s: Segment) -> bool:
    """Who is the client where no handshake was captured; what is said later may correct it."""
    if s.payload.startswith(b"HTTP/1"):
        return True
    return not s.payload[:8].split(b" ")[0].isupper() and s.source_port < s.target_port and s.source_port < 10_000
