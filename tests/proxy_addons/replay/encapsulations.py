"""Ways to wrap an IP packet: what each is called, the link it was captured on, and the layers around the packet."""

from collections.abc import Callable
from dataclasses import dataclass
from struct import pack

from scapy.contrib.erspan import ERSPAN_I, ERSPAN_II, ERSPAN_III, ERSPAN_PlatformSpecific
from scapy.contrib.geneve import GENEVE
from scapy.contrib.mpls import MPLS
from scapy.layers.dot11 import Dot11, Dot11QoS, RadioTap
from scapy.layers.inet import IP, UDP
from scapy.layers.inet6 import IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop
from scapy.layers.l2 import GRE, GRE_PPTP, LLC, SNAP, CookedLinux, CookedLinuxV2, Dot1AD, Dot1Q, Ether
from scapy.layers.ppp import HDLC, PPP, PPPoE
from scapy.layers.vxlan import VXLAN
from scapy.packet import Packet, Raw

from tests.proxy_addons.replay.factories import wrapped


@dataclass(frozen=True)
class Encapsulation:
    name: str
    link: int
    wrap: Callable[[Packet], Packet]
    six: bool = False
    """What is wrapped is IPv6."""

    def __str__(self) -> str:
        return self.name


def _in(name: str, link: int, *below: Packet | bytes, six: bool = False) -> Encapsulation:
    layers = [Raw(layer) if isinstance(layer, bytes) else layer for layer in below]
    return Encapsulation(name, link, lambda packet: wrapped(packet, *(layer.copy() for layer in layers)), six)


A, B, C = "02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:03"
WIRE = Ether(src=A, dst=B)
SNAPPED = LLC(dsap=0xAA, ssap=0xAA, ctrl=3) / SNAP(OUI=0, code=0x0800)
DATA = Dot11(type=2, subtype=0, FCfield=1, addr1=A, addr2=B, addr3=C)
QOS = Dot11(type=2, subtype=8, FCfield=2, addr1=A, addr2=B, addr3=C) / Dot11QoS()
MORE_QOS = Dot11(type=2, subtype=8, FCfield=0x82, addr1=A, addr2=B, addr3=C) / Dot11QoS()
BRIDGE = Dot11(type=2, subtype=0, FCfield=3, addr1=A, addr2=B, addr3=C, addr4=A)
TOGETHER = Dot11(type=2, subtype=8, addr1=A, addr2=B, addr3=C) / Dot11QoS(A_MSDU_Present=1)
RADIO = RadioTap(present="TSFT+Flags+Rate", mac_timestamp=7, Flags="FCS", Rate=2)
PADDED = RadioTap(present="Flags", Flags="pad")


def several(packet: Packet) -> Packet:
    """The second of two frames sent together, behind one that carries no IP."""
    first, second = b"\xaa\xaa\x03\x00\x00\x00\x08\x06arp", bytes(SNAPPED / packet)
    frames = [b"".join((bytes(12), pack("!H", len(data)), data)) for data in (first, second)]
    return _at(packet, TOGETHER / Raw(frames[0] + bytes(-len(frames[0]) % 4) + frames[1]))


def _nflog(order: str) -> Callable[[Packet], Packet]:
    def field(kind: int, value: bytes) -> bytes:
        return pack(f"{order}HH", len(value) + 4, kind) + value + bytes(-len(value) % 4)

    begins = b"\x02\x00\x00\x2a" + field(10, b"log")
    return lambda packet: _at(packet, Raw(begins + field(9, bytes(packet))))


def _at(packet: Packet, whole: Packet) -> Packet:
    whole.time = packet.time
    return whole


LINKS = (
    _in("Ethernet", 1, WIRE),
    _in("Ethernet with LLC", 1, Ether(src=A, dst=B, type=200), SNAPPED),
    _in("loopback, little", 0, b"\x02\x00\x00\x00"),
    _in("loopback, big", 0, b"\x00\x00\x00\x02"),
    _in("loopback, IPv6", 0, b"\x1c\x00\x00\x00", six=True),
    _in("loopback of OpenBSD", 108, b"\x00\x00\x00\x02"),
    *(_in(f"raw IP, {link}", link) for link in (12, 14, 101, 228)),
    *(_in(f"raw IPv6, {link}", link, six=True) for link in (12, 14, 101, 229)),
    _in("Linux cooked", 113, CookedLinux()),
    _in("Linux cooked, tagged", 113, CookedLinux(proto=0x8100), Dot1Q(vlan=7)),
    _in("Linux cooked, LLC", 113, CookedLinux(proto=4), SNAPPED),
    _in("Linux cooked 2", 276, CookedLinuxV2()),
    _in("PPP", 9, PPP()),
    _in("PPP, IPv6", 9, PPP(), six=True),
    _in("PPP in HDLC framing", 9, HDLC(), PPP()),
    _in("PPP on a serial line", 50, HDLC(), PPP()),
    _in("PPP, protocol in one byte", 9, b"\x21"),
    _in("PPP behind a direction", 204, b"\x01", HDLC(), PPP()),
    _in("PPP with a direction for its address", 166, b"\x00\x03", PPP()),
    _in("PPPoE alone", 51, PPPoE(sessionid=1), PPP()),
    _in("HDLC of Cisco", 104, b"\x0f\x00\x08\x00"),
    _in("FDDI", 10, bytes(13), SNAPPED),
    _in("a firewall's log", 117, b"\x3d" + bytes(63)),
    _in("a firewall's IPsec", 109, bytes(12)),
    Encapsulation("NFLOG, little", 239, _nflog("<")),
    Encapsulation("NFLOG, big", 239, _nflog(">")),
    _in("802.11", 105, DATA, SNAPPED),
    _in("802.11 with QoS", 105, QOS, SNAPPED),
    _in("802.11 with QoS and high throughput", 105, MORE_QOS, bytes(4), SNAPPED),
    _in("802.11 between access points", 105, BRIDGE, SNAPPED),
    _in("802.11 with radiotap", 127, RADIO, QOS, SNAPPED),
    _in("802.11 with radiotap, padded", 127, PADDED, QOS, bytes(2), SNAPPED),
    _in("802.11 with a header for each packet", 192, b"\x00\x00\x08\x00\x69\x00\x00\x00", QOS, SNAPPED),
    Encapsulation("802.11, frames together", 105, several),
)

OUTER, OUTER_6 = IP(src="198.51.100.1", dst="198.51.100.2"), IPv6(src="2001:db8::1", dst="2001:db8::2")
LAST_LABEL, LABEL = MPLS(label=16, s=1), MPLS(label=17, s=0)
CLIENT = bytes.fromhex("0001 02 03 6964 636f64 0000000000000000 00")
SEEN_FROM = bytes.fromhex("0000 7f7b 3aeb1a2b")


def _udp(port: int) -> Packet:
    return UDP(sport=40000, dport=port)


TAGS = (
    _in("VLAN", 1, WIRE, Dot1Q(vlan=7)),
    _in("VLAN with LLC", 1, WIRE, Dot1Q(vlan=7, type=100), SNAPPED),
    _in("QinQ", 1, WIRE, Dot1AD(vlan=7), Dot1Q(vlan=8)),
    _in("QinQ as it was once", 1, Ether(src=A, dst=B, type=0x9100), Dot1Q(vlan=7), Dot1Q(vlan=8)),
    _in("a provider's backbone", 1, Ether(src=A, dst=B, type=0x88E7), bytes(4), WIRE),
    _in("PPPoE", 1, WIRE, PPPoE(sessionid=1), PPP()),
    _in("PPPoE in a VLAN", 1, WIRE, Dot1Q(vlan=7), PPPoE(sessionid=1), PPP()),
    _in("MPLS", 1, WIRE, LAST_LABEL),
    _in("MPLS, IPv6", 1, WIRE, LAST_LABEL, six=True),
    _in("MPLS, two labels, in a VLAN", 1, WIRE, Dot1Q(vlan=7), LABEL, LAST_LABEL),
    _in("MPLS with Ethernet", 1, WIRE, LAST_LABEL, bytes(4), WIRE),
)
DATAGRAMS = (
    _in("L2TP", 1, WIRE, OUTER, _udp(1701), bytes.fromhex("0002 0001 0002"), HDLC(), PPP()),
    _in(
        "L2TP with all there is",
        1,
        WIRE,
        OUTER,
        _udp(1701),
        bytes.fromhex("4a02 0000 0001 0002 0001 0001 0002 0000"),
        PPP(),
    ),
    _in("GTP", 1, WIRE, OUTER, _udp(2152), bytes.fromhex("30 ff 0000 00000001")),
    _in("GTP, IPv6", 1, WIRE, OUTER, _udp(2152), bytes.fromhex("30 ff 0000 00000001"), six=True),
    _in("GTP with a number", 1, WIRE, OUTER, _udp(2152), bytes.fromhex("32 ff 0000 00000001 0001 00 00")),
    _in(
        "GTP with more headers", 1, WIRE, OUTER, _udp(2152), bytes.fromhex("34 ff 0000 00000001 0000 00 85 01 1001 00")
    ),
    _in("CAPWAP", 1, WIRE, OUTER, _udp(5247), bytes.fromhex("00 10 02 00 00000000"), WIRE),
    _in("CAPWAP with 802.11", 1, WIRE, OUTER, _udp(5247), bytes.fromhex("00 10 03 00 00000000"), QOS, SNAPPED),
    _in("AYIYA", 1, WIRE, OUTER, _udp(5072), bytes.fromhex("41 52 11 29 00000000") + bytes(36), six=True),
    _in("LISP", 1, WIRE, OUTER, _udp(4341), bytes(8)),
    _in("TZSP", 1, WIRE, OUTER, _udp(37008), bytes.fromhex("01 00 0001 00 0a 01 02 01"), WIRE),
    _in("Ethernet in IP", 1, WIRE, IP(proto=97), b"\x30\x00", WIRE),
)
TUNNELS = (
    _in("MPLS in IP", 1, WIRE, IP(proto=137), LAST_LABEL),
    _in("MPLS in UDP", 1, WIRE, OUTER, _udp(6635), LAST_LABEL),
    _in("GRE", 1, WIRE, OUTER, GRE()),
    _in("GRE, IPv6", 1, WIRE, OUTER, GRE(), six=True),
    _in("GRE in IPv6", 1, WIRE, OUTER_6, GRE()),
    _in("GRE in UDP", 1, WIRE, OUTER, _udp(4754), GRE()),
    _in("GRE with all there is", 1, WIRE, OUTER, GRE(chksum_present=1, key_present=1, seqnum_present=1)),
    _in("GRE with Ethernet", 1, WIRE, OUTER, GRE(proto=0x6558), WIRE, Dot1Q(vlan=7)),
    _in("GRE with MPLS", 1, WIRE, OUTER, GRE(proto=0x8847), LAST_LABEL),
    _in("GRE with PPP", 1, WIRE, OUTER, GRE_PPTP(seqnum_present=1, acknum_present=1), HDLC(), PPP()),
    _in("GRE with 802.11", 1, WIRE, OUTER, GRE(proto=0x8240), QOS, SNAPPED),
    _in("ERSPAN I", 1, WIRE, OUTER, GRE(proto=0x88BE), ERSPAN_I(), WIRE),
    _in("ERSPAN II", 1, WIRE, OUTER, GRE(proto=0x88BE, seqnum_present=1), ERSPAN_II(), WIRE),
    _in("ERSPAN III", 1, WIRE, OUTER, GRE(proto=0x22EB, seqnum_present=1), ERSPAN_III(o=0), WIRE),
    _in(
        "ERSPAN III of a platform",
        1,
        WIRE,
        OUTER,
        GRE(proto=0x22EB, seqnum_present=1),
        ERSPAN_III(o=1),
        ERSPAN_PlatformSpecific(),
        WIRE,
    ),
    _in("ERSPAN III with IP", 1, WIRE, OUTER, GRE(proto=0x22EB, seqnum_present=1), ERSPAN_III(o=0, ft=2)),
    _in("VXLAN", 1, WIRE, OUTER, _udp(4789), VXLAN(vni=5, flags="Instance"), WIRE),
    _in("VXLAN as Linux had it", 1, WIRE, OUTER, _udp(8472), VXLAN(vni=5, flags="Instance"), WIRE),
    _in("VXLAN in IPv6, with a VLAN", 1, WIRE, OUTER_6, _udp(4789), VXLAN(flags="Instance"), WIRE, Dot1Q(vlan=7)),
    _in("generic VXLAN", 1, WIRE, OUTER, _udp(4790), b"\x0c\x00\x00\x03\x00\x00\x05\x00", WIRE),
    _in("generic VXLAN with IP", 1, WIRE, OUTER, _udp(4790), b"\x0c\x00\x00\x01\x00\x00\x05\x00"),
    _in("Geneve", 1, WIRE, OUTER, _udp(6081), GENEVE(vni=5, proto=0x6558), WIRE),
    _in("Geneve with options and IP", 1, WIRE, OUTER, _udp(6081), b"\x02\x00\x08\x00\x00\x00\x05\x00" + bytes(8)),
    _in("IP in IP", 1, WIRE, OUTER),
    _in("IP in IPv6", 1, WIRE, OUTER_6),
    _in("6in4", 1, WIRE, OUTER, six=True),
    _in("IPv6 in IPv6", 1, WIRE, OUTER_6, six=True),
    _in("Teredo", 1, WIRE, OUTER, _udp(3544), six=True),
    _in("Teredo from the server", 1, WIRE, OUTER, UDP(sport=3544, dport=40000), SEEN_FROM, six=True),
    _in("Teredo with all there is", 1, WIRE, OUTER, _udp(3544), CLIENT + SEEN_FROM, six=True),
    _in("IPsec that only signs", 1, WIRE, IP(proto=51), b"\x04\x04" + bytes(22)),
    _in("extensions of IPv6", 1, WIRE, OUTER_6, IPv6ExtHdrHopByHop(), IPv6ExtHdrDestOpt(), IPv6ExtHdrFragment(m=0)),
    _in("one in another in another", 1, WIRE, Dot1Q(vlan=7), OUTER, GRE(), OUTER_6, _udp(4789), VXLAN(), WIRE, OUTER),
)
ALL = (*LINKS, *TAGS, *TUNNELS, *DATAGRAMS)
