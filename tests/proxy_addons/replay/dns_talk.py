"""Lookups made to measure."""

from scapy.layers.dns import DNS, DNSQR, DNSRROPT
from scapy.layers.inet import IP, UDP
from scapy.layers.inet6 import IPv6
from scapy.packet import Packet, Raw

from tests.proxy_addons.replay.factories import NOON, PUPIL

RESOLVER, RESOLVER_6 = "192.0.2.53", "2001:db8::53"
HIDES = "www.nordvpn.com"
"""Of a service that gets round the filter."""


def query(name: str = HIDES, *, id_: int = 7) -> bytes:
    """As a device asks, with the one record that says how much it takes for an answer."""
    return bytes(DNS(id=id_, rd=1, qd=DNSQR(qname=name), ar=DNSRROPT(rclass=1232)))


def over_udp(message: bytes, *, client: str = PUPIL, at: float = NOON, port: int = 40053) -> Packet:
    network = IPv6(src=client, dst=RESOLVER_6) if ":" in client else IP(src=client, dst=RESOLVER)
    packet = network / UDP(sport=port, dport=53) / Raw(message)
    packet.time = at
    return packet


def over_tcp(*messages: bytes) -> bytes:
    return b"".join(len(message).to_bytes(2, "big") + message for message in messages)
