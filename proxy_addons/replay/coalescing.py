"""Put what one end sends in a moment together, as a socket gives it to the gateway: what is costly is every event."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator

from proxy_addons.replay.streams import Event, What

MOMENT = 0.01
"""Seconds of the capture's time."""
MOST = 64 << 10
"""Bytes that the live gateway, too, reads from a socket at once."""
ALL = 16 << 20
"""Bytes held at once, of all connections together."""


def coalesced(events: Iterable[Event]) -> Iterator[Event]:
    """The same bytes in the same order of each connection, which are the same whatever others say, unless these hold
    very much; of one moment those come first that began first. An event is at the time of its last byte."""
    held = _Held()
    for event in events:
        if held.goes_on(event):
            continue
        while held and held.is_over(event.at):
            yield held.eldest()
        if (pieces := held.of(event)) and _parts(pieces, event):
            yield held.taken(event.stream.number)
        if event.what is What.DATA:
            held.add(event)
        else:
            yield event
        while held.size > ALL:
            yield held.eldest()
    while held:
        yield held.eldest()


class _Held:
    """Pieces by connection, those first that began first."""

    def __init__(self) -> None:
        self.size = 0
        self._pieces: OrderedDict[int, list[Event]] = OrderedDict()
        self._last: list[Event] = []
        """Where the last piece was put; nothing once these are taken."""
        self._since = 0.0
        """When the eldest's moment began."""

    def __len__(self) -> int:
        return len(self._pieces)

    def of(self, event: Event) -> list[Event]:
        return self._pieces.get(event.stream.number, [])

    def goes_on(self, event: Event) -> bool:
        """Whether it just follows the last piece, as nearly all do; it is held then."""
        stream, side, what, at, offset, data, _ = event
        if not self._last or what is not What.DATA or not 0 <= at - self._since <= MOMENT:
            return False
        first = self._last[0]
        if first[0] is not stream or first[1] is not side or offset + len(data) - first[4] > MOST:
            return False
        if self.size + len(data) > ALL:
            return False
        self._last.append(event)
        self.size += len(data)
        return True

    def add(self, event: Event) -> None:
        if not self._pieces:
            self._since = event.at
        self._last = self._pieces.setdefault(event.stream.number, [])
        self._last.append(event)
        self.size += len(event.data)

    def is_over(self, at: float) -> bool:
        """Whether the eldest's moment is. A clock that is set back ends it too."""
        return not 0 <= at - self._since <= MOMENT

    def eldest(self) -> Event:
        return self.taken(next(iter(self._pieces)))

    def taken(self, number: int) -> Event:
        pieces = self._pieces.pop(number)
        if pieces is self._last:
            self._last = []
        if self._pieces:
            self._since = next(iter(self._pieces.values()))[0].at
        if len(pieces) == 1:
            merged = pieces[0]
        else:
            merged = pieces[0]._replace(at=pieces[-1].at, data=b"".join(piece.data for piece in pieces))
        self.size -= len(merged.data)
        return merged


def _parts(pieces: list[Event], event: Event) -> bool:
    """Whether it does not belong to them."""
    first = pieces[0]
    if event.what is not What.DATA or event.side is not first.side:
        return True
    return event.offset + len(event.data) - first.offset > MOST
