import pytest

from proxy_addons.replay import layer_kinds as kinds
from proxy_addons.replay.layer_kinds import NotReadable, Place
from proxy_addons.replay.tunnel_layers import ESP, ICMP, ICMP6, STEPS, UDP, through

TEREDO = b"\x00\x01\x00\x00" + bytes(9) + bytes(8) + b"\x60"


@pytest.mark.parametrize(
    ("protocol", "data", "reason"),
    [
        (ICMP, b"", "ICMP"),
        (ICMP6, b"", "ICMP"),
        (ESP, b"", "IPsec, encrypted"),
        (132, b"", "neither TCP, UDP nor ICMP"),
    ],
)
def test_what_is_no_tunnel_is_named(protocol: int, data: bytes, reason: str) -> None:
    with pytest.raises(NotReadable, match=f"^{reason}$"):
        through(protocol, data, 0)


@pytest.mark.parametrize(
    ("protocol", "data", "place"),
    [
        (4, b"", (kinds.IP4, 0)),
        (41, b"", (kinds.IP6, 0)),
        (UDP, b"\x00\x35\x12\xb5", (kinds.VXLAN, 8)),
        (UDP, b"\x0d\xd8\x9c\x40", (kinds.TEREDO, 8)),
        (UDP, b"\x9c\x40\x01\xbb", None),
    ],
)
def test_a_tunnel_is_told_by_protocol_or_port(protocol: int, data: bytes, place: Place | None) -> None:
    assert through(protocol, data, 0) == place


@pytest.mark.parametrize(
    ("kind", "data", "place"),
    [
        (kinds.GRE, b"\x00\x00\x08\x00", (kinds.IP4, 4)),
        (kinds.GRE, b"\xb0\x00\x86\xdd", (kinds.IP6, 16)),
        (kinds.GRE, b"\x30\x81\x88\x0b", (kinds.PPP_IN_GRE, 16)),
        (kinds.GRE, b"\x00\x00\x88\xbe", (kinds.ETHERNET, 4)),
        (kinds.GRE, b"\x10\x00\x88\xbe", (kinds.ETHERNET, 16)),
        (kinds.GRE, b"\x00\x00\x00\x00", (kinds.NOTHING_KNOWN, 4)),
        (kinds.ERSPAN_3, bytes(12), (kinds.ETHERNET, 12)),
        (kinds.ERSPAN_3, bytes(11) + b"\x01", (kinds.ETHERNET, 20)),
        (kinds.ERSPAN_3, bytes(10) + b"\x08\x00", (kinds.RAW_IP, 12)),
        (kinds.VXLAN_GENERIC, b"\x08\x00\x00\x00", (kinds.ETHERNET, 8)),
        (kinds.VXLAN_GENERIC, b"\x0c\x00\x00\x02", (kinds.IP6, 8)),
        (kinds.GENEVE, b"\x01\x00\x65\x58", (kinds.BRIDGED, 12)),
        (kinds.TEREDO, TEREDO, (kinds.IP6, 21)),
    ],
)
def test_a_header_says_what_follows_and_where(kind: int, data: bytes, place: Place) -> None:
    assert STEPS[kind](data, 0) == place


@pytest.mark.parametrize(
    ("kind", "data", "reason"),
    [
        (kinds.GRE, b"\x40\x00\x08\x00", "GRE of a kind that is not known"),
        (kinds.GRE, b"\x00\x02\x08\x00", "GRE of a kind that is not known"),
        (kinds.VXLAN, bytes(8), "UDP"),
        (kinds.VXLAN_GENERIC, b"\x0c\x00\x00\x09", "UDP"),
        (kinds.GENEVE, b"\x40\x00\x65\x58", "UDP"),
        (kinds.TEREDO, b"\x45", "UDP"),
    ],
)
def test_what_only_uses_the_port_of_a_tunnel_is_what_it_is(kind: int, data: bytes, reason: str) -> None:
    with pytest.raises(NotReadable, match=f"^{reason}$"):
        STEPS[kind](data, 0)
