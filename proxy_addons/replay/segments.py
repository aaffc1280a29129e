"""From a packet's bytes to its TCP segment or UDP datagram, through whatever it is wrapped in."""

import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from proxy_addons.replay.captured_packet import PART_OF_A_FRAME, Packet
from proxy_addons.replay.dns_message import PORT as DNS
from proxy_addons.replay.dns_message import is_answer, is_lookup
from proxy_addons.replay.layer_kinds import NotReadable
from proxy_addons.replay.packet_layers import Carried, PacketLayers, Together
from proxy_addons.replay.tunnel_layers import UDP

FIN, SYN, RST, ACK = 1, 2, 4, 16

_ETHERNET = 1
_HEADER = struct.Struct("!HHIIBB")
_PORTS, _UDP_HEADER, _QUIC = struct.Struct("!HH"), 8, 443
_SHORTEST = 5 << 4
"""How a TCP header without options says how long it is."""
_PLAIN = struct.Struct("!12xHBxHxxHxB2x4s4sHHIIBB")
"""What nearly every packet is: Ethernet, IPv4 without options, TCP."""
_PLAIN_SIZE, _PLAIN_START = 54, 34
_SHORT, _PART = ("packets", "shorter than their headers say"), ("packets", "captured only in part")


class Segment(NamedTuple):
    at: float
    source: bytes
    source_port: int
    target: bytes
    target_port: int
    sequence: int
    acknowledged: int
    flags: int
    payload: bytes


class Datagram(NamedTuple):
    """Of UDP."""

    at: float
    source: bytes
    source_port: int
    target: bytes
    target_port: int
    payload: bytes


TakesUdp = Callable[[Datagram], bool]
"""Says of a datagram whether it counts it itself."""


def segments(
    packets: Iterable[Packet], unread: Counter[tuple[str, str]], udp: TakesUdp = lambda datagram: False
) -> Iterator[Segment | Datagram]:
    """TCP segments and lookups of names in capture order; what else there is, or what is damaged, is counted in
    ``unread`` by (what, reason)."""
    wrapped = _Wrapped(unread, udp)
    unpack, new = _PLAIN.unpack_from, tuple.__new__
    for packet in packets:
        at, link, data = packet
        if link == _ETHERNET and len(data) >= _PLAIN_SIZE:
            (kind, first, length, fragment, protocol, source, target, port, to, sequence, acknowledged, size, flags) = (
                unpack(data)
            )
            is_tcp = kind == 0x800 and first == 0x45 and protocol == 6 and not fragment & 0x3FFF
            if is_tcp and length and size >= _SHORTEST:
                end = 14 + length
                if end > len(data):
                    unread[_PART] += 1
                payload = data[_PLAIN_START + (size >> 4) * 4 : end]
                yield new(Segment, (at, source, port, target, to, sequence, acknowledged, flags, payload))
                continue
        yield from wrapped.read(packet)
    wrapped.close()


class _Wrapped:
    """Packets that are anything else."""

    def __init__(self, unread: Counter[tuple[str, str]], udp: TakesUdp) -> None:
        self._unread, self._udp = unread, udp
        self._layers = PacketLayers(unread)

    def read(self, packet: Packet, depth: int = 0) -> Iterator[Segment | Datagram]:
        try:
            found = self._layers.dig(packet, depth)
            if isinstance(found, Carried) and found.ip.protocol == UDP:
                yield from self._datagram(packet.at, found)
            elif isinstance(found, Carried):
                yield self._segment(packet.at, found)
        except NotReadable as e:
            self._unread["packets", str(e)] += 1
        except (IndexError, struct.error):
            self._unread[_SHORT] += 1
        else:
            if isinstance(found, Together):
                for part in found.parts:
                    yield from self.read(Packet(packet.at, PART_OF_A_FRAME, part), found.depth)

    def close(self) -> None:
        self._layers.close()

    def _segment(self, at: float, carried: Carried) -> Segment:
        ip, data = carried
        source_port, target_port, sequence, acknowledged, length, flags = _HEADER.unpack_from(data, ip.start)
        if length < _SHORTEST:
            raise NotReadable("TCP with a header that cannot be")
        body = ip.start + (length >> 4) * 4
        if ip.end > len(data):
            self._unread[_PART] += 1
        payload = data[body : ip.end]
        return Segment(at, ip.source, source_port, ip.target, target_port, sequence, acknowledged, flags, payload)

    def _datagram(self, at: float, carried: Carried) -> Iterator[Datagram]:
        ip, data = carried
        source_port, target_port = _PORTS.unpack_from(data, ip.start)
        payload = data[ip.start + _UDP_HEADER : ip.end]
        datagram = Datagram(at, ip.source, source_port, ip.target, target_port, payload)
        if target_port == DNS and is_lookup(payload):
            yield datagram
        elif source_port == DNS and is_answer(payload):
            self._unread["packets", "answers of DNS"] += 1
        elif not self._udp(datagram):
            is_quic = _QUIC in (source_port, target_port)
            self._unread["packets", "UDP on port 443, as QUIC uses" if is_quic else "UDP"] += 1
