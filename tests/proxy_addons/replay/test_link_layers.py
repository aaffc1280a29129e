import pytest

from proxy_addons.replay import layer_kinds as kinds
from proxy_addons.replay.captured_packet import UNDESCRIBED
from proxy_addons.replay.layer_kinds import NotReadable, Place
from proxy_addons.replay.link_layers import LINKS, STEPS, first_layer
from proxy_addons.replay.packet_layers import STEPS as ALL_STEPS
from tests.proxy_addons.replay import encapsulations


@pytest.mark.parametrize(
    ("kind", "data", "place"),
    [
        (kinds.RAW_IP, b"\x45", (kinds.IP4, 0)),
        (kinds.RAW_IP, b"\x60", (kinds.IP6, 0)),
        (kinds.RAW_IP, b"\x00", (kinds.NOTHING_KNOWN, 0)),
        (kinds.COOKED, bytes(14) + b"\x08\x00", (kinds.IP4, 16)),
        (kinds.COOKED, bytes(14) + b"\x00\x04", (kinds.LLC, 16)),
        (kinds.COOKED_2, b"\x86\xdd", (kinds.IP6, 20)),
        (kinds.CISCO_HDLC, b"\x0f\x00\x08\x00", (kinds.IP4, 4)),
        (kinds.PFLOG, b"\x3d", (kinds.RAW_IP, 64)),
    ],
)
def test_a_header_says_what_follows_and_where(kind: int, data: bytes, place: Place) -> None:
    assert STEPS[kind](data, 0) == place


def test_a_log_without_a_packet_ends() -> None:
    with pytest.raises(IndexError):
        STEPS[kinds.NFLOG](bytes(400), 0)


@pytest.mark.parametrize(
    ("link", "reason"),
    [(147, "link layer 147 is not known"), (UNDESCRIBED, "on an interface that the file does not describe")],
)
def test_a_link_that_is_not_known_is_named(link: int, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason):
        first_layer(link)


def test_every_link_leads_somewhere_and_has_been_replayed() -> None:
    assert {kind for kind, _ in LINKS.values()} <= ALL_STEPS.keys() | {kinds.IP4, kinds.IP6}
    assert {link for link in LINKS if link >= 0} == {one.link for one in encapsulations.LINKS}
