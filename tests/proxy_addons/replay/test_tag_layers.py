import pytest

from proxy_addons.replay import layer_kinds as kinds
from proxy_addons.replay.layer_kinds import NotReadable, Place
from proxy_addons.replay.tag_layers import STEPS


@pytest.mark.parametrize(
    ("kind", "data", "place"),
    [
        (kinds.ETHERNET, bytes(12) + b"\x08\x00", (kinds.IP4, 14)),
        (kinds.ETHERNET, bytes(12) + b"\x05\xdc", (kinds.LLC, 14)),
        (kinds.LLC, b"\xaa\xaa\x03\x00\x00\x00\x86\xdd", (kinds.IP6, 8)),
        (kinds.LLC, b"\x06\x06\x03", (kinds.IP4, 3)),
        (kinds.LLC, b"\x42\x42\x03", (kinds.NOTHING_KNOWN, 3)),
        (kinds.VLAN, b"\x00\x07\x81\x00", (kinds.VLAN, 4)),
        (kinds.MPLS, b"\x00\x01\x00\x40\x00\x01\x11\x40\x45", (kinds.IP4, 8)),
        (kinds.MPLS, b"\x00\x01\x11\x40\x60", (kinds.IP6, 4)),
        (kinds.MPLS, b"\x00\x01\x11\x40\x00", (kinds.ETHERNET, 8)),
        (kinds.MPLS, b"\x00\x01\x11\x40\x12", (kinds.ETHERNET, 4)),
        (kinds.PPP, b"\xff\x03\x00\x57", (kinds.IP6, 4)),
        (kinds.PPP, b"\x00\x21", (kinds.IP4, 2)),
        (kinds.PPP, b"\x57", (kinds.IP6, 1)),
        (kinds.PPP, b"\xc0\x21", (kinds.NOTHING_KNOWN, 2)),
        (kinds.PPPOE, b"\x11\x00", (kinds.PPP, 6)),
    ],
)
def test_a_header_says_what_follows_and_where(kind: int, data: bytes, place: Place) -> None:
    assert STEPS[kind](data, 0) == place


@pytest.mark.parametrize(
    ("protocol", "reason"),
    [("002d", "PPP, headers compressed"), ("003d", "PPP, in pieces over several links"), ("fd", "PPP, compressed")],
)
def test_what_ppp_has_closed_is_named(protocol: str, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason):
        STEPS[kinds.PPP](b"\xff\x03" + bytes.fromhex(protocol), 0)


def test_labels_without_a_last_one_end() -> None:
    with pytest.raises(IndexError):
        STEPS[kinds.MPLS](bytes(400), 0)
