"""What lies inside a recorded TLS connection, as events of a connection of its own; and why not, where it does not."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from proxy_addons.replay.protocols import Speaks, server_name
from proxy_addons.replay.stream import Event, Side, What
from proxy_addons.replay.tls.certificate_names import certificate_names
from proxy_addons.replay.tls.direction import NO_KEYS
from proxy_addons.replay.tls.key_log import KeyLog
from proxy_addons.replay.tls.resync import UNKNOWN
from proxy_addons.replay.tls.session import Session, Told

CONNECTIONS, BYTES = "TLS connections", "bytes of TLS"
NOT_WHOLE = "the handshake is not whole in the capture"
NOTHING_SAID = "no application data is in the capture"
_ALPN = {b"h2": Speaks.HTTP2, b"http/1.1": Speaks.HTTP1, b"http/1.0": Speaks.HTTP1}
_FIRST = 4096
"""Bytes in which the name asked for is looked for, where the hello is not whole."""


class TlsLayer:
    def __init__(self, keys: KeyLog) -> None:
        self._session = Session(keys)
        self._first = b""
        self._has_told = False
        self._broken = set[Side]()

    @property
    def asked_for(self) -> str | None:
        """The host in the client's hello, empty if none is named; None while there is no hello."""
        hello = self._session.client_hello
        return None if hello is None else hello.server_name

    @property
    def speaks(self) -> Speaks | None:
        """What was agreed on to be spoken inside, where that is known and read."""
        return _ALPN.get(self._session.alpn)

    @property
    def alpn(self) -> bytes:
        return self._session.alpn

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Who the server is, as far as is known at the end: who was asked for, or else its certificate's names."""
        asked = server_name(self._first) if self.asked_for is None else self.asked_for
        return (asked,) if asked else self._certified

    def take(self, event: Event) -> Iterator[Event]:
        """What is inside is told as soon as it can be opened, at the time and place of what opened it."""
        if event.what is What.DATA:
            if self.asked_for is None and event.side is Side.CLIENT:
                self._first += event.data[: _FIRST - len(self._first)]
            yield from self._told(event, self._session.feed(event.side, event.data))
        elif event.what is What.LOST:
            self._session.lost(event.side, event.size)
        yield from self._breaks(event)
        if event.what is What.END:
            self._session.end(event.side)
            yield event

    def unread(self) -> Counter[tuple[str, str]]:
        """By (what, reason); to be asked once, at the end."""
        why = "" if self._has_told else self._why
        found = Counter({(CONNECTIONS, self._named(why)): 1} if why else {})
        if why != NOT_WHOLE:
            found.update({(BYTES, self._named(reason)): size for reason, size in self._session.unread().items()})
        return found

    def _told(self, event: Event, told: Iterable[Told]) -> Iterator[Event]:
        """The records that one event makes whole, put together."""
        pieces, side = list[bytes](), event.side
        for piece in told:
            if pieces and (piece.lost or piece.side is not side):
                yield self._data(event, side, pieces)
                pieces = []
            side = piece.side
            if piece.lost:
                self._has_told = True
                yield event._replace(what=What.LOST, side=side, data=b"", size=piece.lost)
            elif piece.data:
                pieces.append(piece.data)
        if pieces:
            yield self._data(event, side, pieces)

    def _data(self, event: Event, side: Side, pieces: list[bytes]) -> Event:
        self._has_told = True
        return event._replace(side=side, data=b"".join(pieces))

    def _breaks(self, event: Event) -> Iterator[Event]:
        """A side of which no more can be read, in the middle of what it says."""
        for side in Side:
            if self._has_told and side not in self._broken and self._session.stopped(side):
                self._broken.add(side)
                yield event._replace(what=What.LOST, side=side, data=b"", size=UNKNOWN)

    @property
    def _why(self) -> str:
        if self._session.client_hello is None or self._session.server_hello is None:
            return NOT_WHOLE
        return self._session.stopped(Side.SERVER) or self._session.stopped(Side.CLIENT) or NOTHING_SAID

    @cached_property
    def _certified(self) -> tuple[str, ...]:
        return certificate_names(self._session.certificates)

    def _named(self, reason: str) -> str:
        """With the server's names, where they are all that is known."""
        if self._has_told and reason != NO_KEYS:
            return reason
        known = [f"to {self.names[0]}"] if self.names[:1] != self._certified[:1] and self.names else []
        known += [f"certificate of {', '.join(self._certified)}"] if self._certified else []
        return f"{reason} ({'; '.join(known)})" if known else reason
