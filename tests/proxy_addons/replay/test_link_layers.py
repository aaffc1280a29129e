import pytest
from scapy.layers.inet import IP, TCP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import LLC, SNAP, CookedLinux, CookedLinuxV2, Dot1Q, Ether, Loopback
from scapy.layers.ppp import PPP, PPPoE
from scapy.packet import Packet

from proxy_addons.replay import link_layers
from proxy_addons.replay.link_layers import IP4, IP6, NotReadable, network_layer

FOUR, SIX = IP(src="192.0.2.1", dst="192.0.2.2") / TCP(), IPv6(src="2001:db8::1", dst="2001:db8::2") / TCP()
ETHERNET = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
SESSION = ETHERNET / PPPoE(sessionid=1) / PPP()

LINKS = [
    (link_layers.ETHERNET, ETHERNET / FOUR, IP4),
    (link_layers.ETHERNET, ETHERNET / SIX, IP6),
    (link_layers.ETHERNET, ETHERNET / Dot1Q(vlan=7) / FOUR, IP4),
    (link_layers.ETHERNET, ETHERNET / Dot1Q(vlan=7) / Dot1Q(vlan=8) / SIX, IP6),
    (link_layers.ETHERNET, Ether(type=0x88A8) / Dot1Q(vlan=7) / FOUR, IP4),
    (link_layers.ETHERNET, SESSION / FOUR, IP4),
    (link_layers.ETHERNET, SESSION / SIX, IP6),
    (link_layers.SLL, CookedLinux() / FOUR, IP4),
    (link_layers.SLL2, CookedLinuxV2() / SIX, IP6),
    (link_layers.NULL, Loopback(type=2) / FOUR, IP4),
    (link_layers.LOOP, Loopback(type=30) / SIX, IP6),
    (link_layers.PPP, PPP() / FOUR, IP4),
    (link_layers.RAW, FOUR, IP4),
    (link_layers.RAW_12, SIX, IP6),
    (link_layers.IPV4, FOUR, IP4),
    (link_layers.IPV6, SIX, IP6),
]


@pytest.mark.parametrize(("link", "packet", "kind"), LINKS, ids=[f"{link}-{p.summary()[:40]}" for link, p, _ in LINKS])
def test_ip_is_found_on_every_kind_of_link(link: int, packet: Packet, kind: int) -> None:
    data = bytes(packet)
    inner = bytes(FOUR if kind == IP4 else SIX)
    assert network_layer(link, data) == (len(data) - len(inner), kind)


def test_what_is_not_ip_is_not_taken_for_it() -> None:
    assert network_layer(link_layers.ETHERNET, bytes(ETHERNET / LLC() / SNAP()))[1] not in (IP4, IP6)
    assert network_layer(link_layers.RAW, b"\x00" * 40)[1] == 0


def test_an_unknown_link_is_named() -> None:
    with pytest.raises(NotReadable, match="link layer 127 is not known"):
        network_layer(127, bytes(60))
