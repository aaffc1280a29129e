"""Replay the packets of a capture: each connection's bytes, put together again, at their time."""

from collections import Counter
from collections.abc import Iterable, Iterator

from proxy_addons.replay.capture_file import CaptureFile
from proxy_addons.replay.captured_packet import Packet
from proxy_addons.replay.coalescing import coalesced
from proxy_addons.replay.connection import Connection
from proxy_addons.replay.placing import Finds
from proxy_addons.replay.playhead import place_of
from proxy_addons.replay.quic.looker import QuicLooker
from proxy_addons.replay.reassembly import Reassembly
from proxy_addons.replay.segments import Datagram, segments
from proxy_addons.replay.share import Share
from proxy_addons.replay.stage import Stage
from proxy_addons.replay.stream import Event, What


class PacketPerformance:
    def __init__(self, stage: Stage, finds: Finds, share: Share) -> None:
        self.read = Counter({"packets": 0, "connections": 0, "bytes of TCP": 0})
        self.unread: Counter[tuple[str, str]] = Counter()
        self._stage, self._finds, self._share = stage, finds, share
        self._connections: dict[int, Connection | None] = {}
        """By number, while open; None for one that a fault of ours has cost."""

    async def run(self, capture: CaptureFile) -> None:
        reassembly = Reassembly(self.unread)
        looker = QuicLooker(self._stage.leaves_closed, self._stage.count)
        udp = looker.take if self._share.is_first else _no_concern
        found = segments(self._counted(capture), self.unread, udp)
        for number, event in enumerate(coalesced(reassembly.events(found))):
            self._stage.come_to(event.at, place_of(event))
            await self._tell(event)
            self._finds.at(number)
        looker.close()
        self.read["connections"] = reassembly.count
        if capture.ended:
            self.unread["the rest of the file", capture.ended] = 1

    async def _tell(self, event: Event) -> None:
        if event.what is What.LOOKUP:
            with self._stage.guard(f"lookup {event.offset}"):
                await self._stage.look_up(event)
            return
        number = event.stream.number
        if number not in self._connections:
            self._connections[number] = self._stage.connection(event.stream)
        connection, self._connections[number] = self._connections[number], None
        if connection:
            with self._stage.guard(f"connection {number}"):
                await connection.feed(event)
                self._connections[number] = connection
        if event.what is What.DATA:
            self.read["bytes of TCP"] += len(event.data)
        elif event.stream.over:
            del self._connections[number]

    def _counted(self, packets: Iterable[Packet]) -> Iterator[Packet]:
        number = 0
        for packet in packets:
            number += 1
            yield packet
        self.read["packets"] = number


def _no_concern(datagram: Datagram) -> bool:
    """Another job counts it."""
    return True
