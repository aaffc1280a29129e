"""From a packet as captured to the TCP or UDP in it, through whatever it is wrapped in."""

from collections import Counter
from typing import NamedTuple

from proxy_addons.replay import datagram_tunnels, link_layers, tag_layers, tunnel_layers, wifi_layers
from proxy_addons.replay import layer_kinds as kinds
from proxy_addons.replay.captured_packet import Packet
from proxy_addons.replay.fragments import Fragments
from proxy_addons.replay.ip_headers import Ip, beyond_extensions, ipv4, ipv6
from proxy_addons.replay.layer_kinds import NotReadable, Step
from proxy_addons.replay.link_layers import first_layer
from proxy_addons.replay.tunnel_layers import TCP, through
from proxy_addons.replay.wifi_layers import parts

DEEPEST = 32
"""Headers in one another."""
STEPS: dict[int, Step] = {
    **link_layers.STEPS,
    **tag_layers.STEPS,
    **wifi_layers.STEPS,
    **tunnel_layers.STEPS,
    **datagram_tunnels.STEPS,
}
_NAMED = {kinds.ARP: "ARP", kinds.MACSEC: "MACsec", kinds.EAP: "802.1X"}


class Carried(NamedTuple):
    """An IP packet with TCP in it, or UDP that is no tunnel."""

    ip: Ip
    data: bytes
    """What the offsets in ``ip`` count in."""


class Together(NamedTuple):
    """Packets that were sent as one frame."""

    parts: tuple[bytes, ...]
    depth: int
    """Headers they lie in."""


class PacketLayers:
    def __init__(self, unread: Counter[tuple[str, str]]) -> None:
        self._fragments = Fragments(unread)

    def dig(self, packet: Packet, depth: int = 0) -> Carried | Together | None:
        """None for a fragment that waits for others. NotReadable, IndexError where there is nothing to be had."""
        data = packet.data
        kind, offset = first_layer(packet.link)
        for deep in range(depth, DEEPEST):
            if step := STEPS.get(kind):
                kind, offset = step(data, offset)
            elif kind == kinds.AGGREGATE:
                return _together(tuple(parts(data, offset)), deep + 1)
            else:
                found = self._ip(packet.at, kind, data, offset)
                if not found or found.ip.protocol == TCP:
                    return found
                data = found.data
                if not (place := through(found.ip.protocol, data, found.ip.start)):
                    return found
                kind, offset = place
        raise NotReadable("too many headers in one another")

    def close(self) -> None:
        self._fragments.close()

    def _ip(self, at: float, kind: int, data: bytes, offset: int) -> Carried | None:
        if kind == kinds.IP4:
            ip = ipv4(data, offset)
        elif kind == kinds.IP6:
            ip = ipv6(data, offset)
        else:
            raise NotReadable(_NAMED.get(kind, "not IP"))
        return self._whole(at, ip, data) if ip.fragment else Carried(ip, data)

    def _whole(self, at: float, ip: Ip, data: bytes) -> Carried | None:
        if ip.end > len(data):
            raise NotReadable("IP fragments, captured only in part")
        if not ip.fragment or not (found := self._fragments.add(at, ip.protocol, ip.fragment, data[ip.start : ip.end])):
            return None
        protocol, data = found
        return Carried(beyond_extensions(data, Ip(ip.source, ip.target, protocol, 0, len(data))), data)


def _together(found: tuple[bytes, ...], depth: int) -> Together:
    if not found:
        raise NotReadable("802.11, frames together, none of which is whole")
    return Together(found, depth)
