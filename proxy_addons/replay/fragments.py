"""Put IP packets that were sent in fragments together again, in bounded memory and for a bounded time."""

from collections import Counter, OrderedDict
from dataclasses import dataclass, field

from proxy_addons.replay.ip_headers import Fragment

PATIENCE = 30.0
"""Seconds after its first fragment that a packet is waited for, as Linux does."""
ALL_WAITING = 32 << 20
"""Bytes of unfinished packets at most; then the oldest is given up."""
OVERHEAD = 500
"""Bytes an unfinished packet costs beside its own, roughly."""
SEEN_AGAIN = 1.0
"""Seconds after a packet was whole in which a fragment of it was captured twice; later its number has a new owner."""
LONGEST = 1 << 16
_EIGHT = 8

MISSING = ("packets", "IP fragments, others of their packet are missing")
CONTRADICTING = ("packets", "IP fragments, overlapping others that said otherwise and came first")
IMPOSSIBLE = ("packets", "IP fragments that cannot be")


@dataclass(slots=True)
class _Unfinished:
    since: float
    protocol: int = 0
    data: bytearray = field(default_factory=bytearray)
    have: int = 0
    """A bit for each eight bytes."""
    length: int | None = None
    """Of the whole, once its last fragment is there."""
    count: int = 0
    finished: float | None = None

    @property
    def costs(self) -> int:
        return len(self.data) + OVERHEAD

    @property
    def is_whole(self) -> bool:
        return self.length is not None and not _bits(self.length) & ~self.have

    def put(self, start: int, piece: bytes) -> bool:
        """What was there first stays. Whether that says the same."""
        wanted, end = _bits(len(piece)) << start // _EIGHT, start + len(piece)
        new = wanted & ~self.have
        self.data.extend(bytes(max(0, end - len(self.data))))
        if new == wanted:
            self.data[start:end] = piece
        elif new:
            self._fill(new >> start // _EIGHT, start, piece)
        self.have |= wanted
        return self.data[start:end] == piece

    def _fill(self, new: int, start: int, piece: bytes) -> None:
        for at in range(0, len(piece), _EIGHT):
            if new >> at // _EIGHT & 1:
                part = piece[at : at + _EIGHT]
                self.data[start + at : start + at + len(part)] = part


class Fragments:
    def __init__(self, unread: Counter[tuple[str, str]]) -> None:
        self._unread = unread
        self._waiting: OrderedDict[bytes, _Unfinished] = OrderedDict()
        """By what their fragments have in common, oldest first."""
        self._size = 0

    def add(self, at: float, protocol: int, fragment: Fragment, piece: bytes) -> tuple[int, bytes] | None:
        """The protocol and bytes of the packet that this fragment makes whole; none while some are missing."""
        end = fragment.start + len(piece)
        if not piece or end > LONGEST or (fragment.more and len(piece) % _EIGHT):
            self._unread[IMPOSSIBLE] += 1
            return None
        packet = self._packet(at, fragment.whole)
        if packet.finished is not None:
            return None
        self._put(packet, protocol, fragment, piece)
        if packet.is_whole:
            return self._finish(packet, at)
        while self._size > ALL_WAITING:
            self._give_up_oldest()
        return None

    def close(self) -> None:
        """Count what is missing still."""
        while self._waiting:
            self._give_up_oldest()

    def _packet(self, at: float, whole: bytes) -> _Unfinished:
        while self._waiting and at - next(iter(self._waiting.values())).since > PATIENCE:
            self._give_up_oldest()
        packet = self._waiting.get(whole)
        if packet and packet.finished is not None and abs(at - packet.finished) > SEEN_AGAIN:
            self._forget(whole)
            packet = None
        if packet is None:
            packet = self._waiting[whole] = _Unfinished(at)
            self._size += packet.costs
        return packet

    def _put(self, packet: _Unfinished, protocol: int, fragment: Fragment, piece: bytes) -> None:
        before = packet.costs
        if not packet.put(fragment.start, piece):
            self._unread[CONTRADICTING] += 1
        self._size += packet.costs - before
        packet.count += 1
        if not fragment.start:
            packet.protocol = protocol
        if not fragment.more and packet.length is None:
            packet.length = fragment.start + len(piece)

    def _finish(self, packet: _Unfinished, at: float) -> tuple[int, bytes]:
        data = bytes(packet.data[: packet.length])
        self._size -= len(packet.data)
        packet.data, packet.have, packet.finished = bytearray(), 0, at
        return packet.protocol, data

    def _give_up_oldest(self) -> None:
        packet = self._forget(next(iter(self._waiting)))
        if packet.finished is None:
            self._unread[MISSING] += packet.count

    def _forget(self, whole: bytes) -> _Unfinished:
        packet = self._waiting.pop(whole)
        self._size -= packet.costs
        return packet


def _bits(length: int) -> int:
    """One for each eight bytes, begun or not."""
    return (1 << -(-length // _EIGHT)) - 1
