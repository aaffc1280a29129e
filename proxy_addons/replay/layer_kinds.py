"""What can lie in a packet, by number: ethertypes where there is one, numbers of our own above them."""

from collections.abc import Callable

IP4, IP6 = 0x0800, 0x86DD
ARP, MACSEC, EAP = 0x0806, 0x88E5, 0x888E
VLAN, VLAN_SERVICE, VLAN_OLD, VLAN_OLDER, VLAN_OLDEST = 0x8100, 0x88A8, 0x9100, 0x9200, 0x9300
MPLS, MPLS_MULTICAST, PPPOE, BACKBONE = 0x8847, 0x8848, 0x8864, 0x88E7
BRIDGED, ERSPAN, ERSPAN_3, PPP_IN_GRE = 0x6558, 0x88BE, 0x22EB, 0x880B

ETHERNET, LLC, RAW_IP, PPP, CISCO_HDLC, COOKED, COOKED_2, NFLOG, PFLOG = range(1 << 16, (1 << 16) + 9)
WIFI, PADDED_WIFI, RADIOTAP, PPI, AGGREGATE = range(1 << 17, (1 << 17) + 5)
GRE, VXLAN, VXLAN_GENERIC, GENEVE, TEREDO = range(1 << 18, (1 << 18) + 5)

L2TP, GTP, CAPWAP, AYIYA, LISP, TZSP, ETHER_IP = range(1 << 19, (1 << 19) + 7)

NOTHING_KNOWN = -1

Place = tuple[int, int]
"""What comes next, and the offset of its first byte."""
Step = Callable[[bytes, int], Place]
"""From the first byte of a header to what it carries. IndexError where the packet is too short."""


class NotReadable(Exception):
    """Why a packet gave no segment."""


def two(data: bytes, offset: int) -> int:
    return data[offset] << 8 | data[offset + 1]
