"""Put what one end sends in a moment together, as a socket gives it to the gateway: what is costly is every event."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator

from proxy_addons.replay.stream import Event, What

MOMENT = 0.01
"""Seconds of the capture's time."""
MOST = 64 << 10
"""Bytes that the live gateway, too, reads from a socket at once."""
ALL = 16 << 20
"""Bytes held at once, of all connections together."""


def coalesced(events: Iterable[Event]) -> Iterator[Event]:
    """The same bytes in the same order of each connection, which are the same whatever others say, unless these hold
    very much; of one moment those come first that began first. An event is at the time of its last byte."""
    held, whole = _Held(), What.DATA
    pieces, stream, side, until, since = list[Event](), None, None, 0, 0.0
    for event in events:
        its, its_side, what, at, offset, data, _ = event
        # As nearly all do, it just follows the last piece that is held.
        if its is stream and its_side is side and what is whole and 0 <= at - since <= MOMENT:
            size = len(data)
            if offset + size <= until and held.size + size <= ALL:
                pieces.append(event)
                held.size += size
                continue
        stream = None
        while held and held.is_over(at):
            yield held.eldest()
        if (before := held.of(event)) and _parts(before, event):
            yield held.taken(its.number)
        if what is not What.DATA:
            yield event
            continue
        pieces = held.add(event)
        while held.size > ALL:
            yield held.eldest()
        if held.of(event) is pieces:
            stream, side, until, since = its, its_side, pieces[0].offset + MOST, held.since
    while held:
        yield held.eldest()


class _Held:
    """Pieces by connection, those first that began first."""

    def __init__(self) -> None:
        self.size = 0
        self.since = 0.0
        """When the eldest's moment began."""
        self._pieces: OrderedDict[int, list[Event]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pieces)

    def of(self, event: Event) -> list[Event]:
        return self._pieces.get(event.stream.number, [])

    def add(self, event: Event) -> list[Event]:
        """All of its connection, this last."""
        if not self._pieces:
            self.since = event.at
        pieces = self._pieces.setdefault(event.stream.number, [])
        pieces.append(event)
        self.size += len(event.data)
        return pieces

    def is_over(self, at: float) -> bool:
        """Whether the eldest's moment is. A clock that is set back ends it too."""
        return not 0 <= at - self.since <= MOMENT

    def eldest(self) -> Event:
        return self.taken(next(iter(self._pieces)))

    def taken(self, number: int) -> Event:
        pieces = self._pieces.pop(number)
        if self._pieces:
            self.since = next(iter(self._pieces.values()))[0].at
        if len(pieces) == 1:
            merged = pieces[0]
        else:
            merged = pieces[0]._replace(at=pieces[-1].at, data=b"".join([piece.data for piece in pieces]))
        self.size -= len(merged.data)
        return merged


def _parts(pieces: list[Event], event: Event) -> bool:
    """Whether it does not belong to them."""
    first = pieces[0]
    if event.what is not What.DATA or event.side is not first.side:
        return True
    return event.offset + len(event.data) - first.offset > MOST
