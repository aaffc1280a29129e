"""What a real QUIC client (aioquic) sends first."""

from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.connection import QuicConnection
from aioquic.quic.packet import QuicProtocolVersion
from scapy.layers.inet import IP, UDP
from scapy.packet import Packet, Raw

from tests.proxy_addons.replay.factories import NOON, PUPIL, WEB

VERSIONS = {1: QuicProtocolVersion.VERSION_1, 2: QuicProtocolVersion.VERSION_2}


def first_datagrams(host: str | None = "news.test", alpn: str = "h3", version: int = 1) -> list[bytes]:
    """Protocols that nobody speaks make the hello longer than one packet, as browsers' are today."""
    protocols = [alpn, *(f"nobody-{n}-" + "x" * 100 for n in range(15))]
    asked = QuicConfiguration(
        is_client=True,
        server_name=host,
        alpn_protocols=protocols,
        original_version=VERSIONS[version],
        supported_versions=list(VERSIONS.values()),
    )
    client = QuicConnection(configuration=asked)
    client.connect(("192.0.2.80", 443), now=0.0)
    return [data for data, _ in client.datagrams_to_send(now=0.0)]


def datagram(data: bytes, *, up: bool = True, port: int = 50000) -> Packet:
    source, target = ((PUPIL, port), (WEB, 443)) if up else ((WEB, 443), (PUPIL, port))
    packet = IP(src=source[0], dst=target[0]) / UDP(sport=source[1], dport=target[1]) / Raw(data)
    packet.time = NOON
    return packet
