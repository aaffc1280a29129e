"""What the packets of a capture say, as a test reads it."""

from collections import Counter
from collections.abc import Iterable

from scapy.packet import Packet

from proxy_addons.replay.reassembly import Reassembly
from proxy_addons.replay.segments import segments
from proxy_addons.replay.stream import Event, What
from tests.proxy_addons.replay.factories import captured


def events(packets: Iterable[Packet], unread: Counter[tuple[str, str]] | None = None) -> list[Event]:
    counted: Counter[tuple[str, str]] = Counter() if unread is None else unread
    return list(Reassembly(counted).events(segments(captured(packets), counted)))


def heard(packets: Iterable[Packet]) -> list[tuple[str, bytes]]:
    """Who said what, in order; pieces put together, "?" for what is missing."""
    told: list[tuple[str, bytes]] = []
    for event in events(packets):
        said = b"?" * event.size if event.what is What.LOST else event.data
        if said and told and told[-1][0] == event.side.name:
            told[-1] = event.side.name, told[-1][1] + said
        elif said:
            told.append((event.side.name, said))
    return told


def said(up: bytes, *down: bytes) -> list[tuple[str, bytes]]:
    return [("CLIENT", up), *(("SERVER", d) for d in down)]
