"""Look at recorded datagrams: which are QUIC, and to whom. Nothing that is said in QUIC is read."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from proxy_addons.replay.quic.client_hello import ClientHelloInPieces
from proxy_addons.replay.quic.initial_packets import initial_packets, is_long
from proxy_addons.replay.segments import Datagram

MOST_OPEN = 4096
"""Connections followed at once; then the one silent for longest is taken for ended."""
CONNECTIONS, PACKETS = "QUIC connections", "packets"
QUIC, HTTP3 = "QUIC", "HTTP/3 over QUIC"

_Ends = tuple[bytes, int, bytes, int]


@dataclass(slots=True, eq=False)
class _Connection:
    packets: int = 0
    pieces: ClientHelloInPieces = field(default_factory=ClientHelloInPieces)


class QuicLooker:
    def __init__(
        self, leaves_closed: Callable[[tuple[str, ...]], bool], count: Callable[[str, str, int], None]
    ) -> None:
        """``leaves_closed``: whether hosts of these names are never opened; they are not named either."""
        self._leaves_closed, self._count = leaves_closed, count
        self._open: OrderedDict[_Ends, _Connection] = OrderedDict()

    def take(self, datagram: Datagram) -> bool:
        """Whether it is QUIC, as far as that can be told: what follows a long header between the same ends is."""
        connection = self._of(datagram)
        if connection is None:
            return False
        connection.packets += 1
        if not connection.pieces.hello and is_long(datagram.payload):
            for packet in initial_packets(datagram.payload):
                connection.pieces.take(packet)
        if len(self._open) > MOST_OPEN:
            self._finish(self._open.popitem(last=False)[1])
        return True

    def close(self) -> None:
        """The capture has ended."""
        while self._open:
            self._finish(self._open.popitem(last=False)[1])

    def _of(self, datagram: Datagram) -> _Connection | None:
        to = (datagram.source, datagram.source_port, datagram.target, datagram.target_port)
        for ends in (to, to[2:] + to[:2]):
            if known := self._open.get(ends):
                self._open.move_to_end(ends)
                return known
        return self._open.setdefault(to, _Connection()) if is_long(datagram.payload) else None

    def _finish(self, connection: _Connection) -> None:
        hello = connection.pieces.hello
        name = hello.server_name if hello else ""
        http = hello is not None and any(protocol.startswith(b"h3") for protocol in hello.alpn)
        self._count(PACKETS, QUIC, connection.packets)
        if not name or not self._leaves_closed((name,)):
            self._count(CONNECTIONS, (HTTP3 if http else QUIC) + (f" (to {name})" if name else ""), 1)
