import pytest
from scapy.layers.dot11 import Dot11, Dot11Beacon, Dot11QoS, RadioTap
from scapy.packet import Packet, Raw

from proxy_addons.replay import layer_kinds as kinds
from proxy_addons.replay.layer_kinds import NotReadable
from proxy_addons.replay.wifi_layers import STEPS, parts

DATA = Dot11(type=2, subtype=0)


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (Dot11() / Dot11Beacon(), "802.11, not data"),
        (Dot11(type=1, subtype=13), "802.11, not data"),
        (Dot11(type=2, subtype=4), "802.11, not data"),
        (Dot11(type=2, subtype=12) / Dot11QoS(), "802.11, not data"),
        (Dot11(type=2, subtype=0, FCfield="protected"), "802.11, encrypted"),
        (Dot11(type=2, subtype=0, FCfield="MF"), "802.11, in fragments"),
        (Dot11(type=2, subtype=0, SC=1), "802.11, in fragments"),
    ],
)
def test_what_gives_nothing_is_named(frame: Packet, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason):
        STEPS[kinds.WIFI](bytes(frame), 0)


@pytest.mark.parametrize("words", ["Flags", "TSFT+Flags", "Flags+Rate+Channel"])
def test_what_was_damaged_in_the_air_is_named(words: str) -> None:
    frame = RadioTap(present=words, Flags="badFCS") / DATA
    with pytest.raises(NotReadable, match="damaged in the air"):
        STEPS[kinds.RADIOTAP](bytes(frame), 0)


def test_more_words_of_what_is_present_are_passed_over() -> None:
    head = b"\x00\x00\x19\x00" + b"\x03\x00\x00\x80" + bytes(4) + bytes(4) + bytes(8) + b"\x20"
    assert STEPS[kinds.RADIOTAP](head, 0) == (kinds.PADDED_WIFI, 25)


def test_a_radio_that_tells_nothing_is_read() -> None:
    assert STEPS[kinds.RADIOTAP](b"\x00\x00\x08\x00\x00\x00\x00\x00", 0) == (kinds.WIFI, 8)


def test_a_header_for_each_packet_may_announce_what_we_do_not_read() -> None:
    assert STEPS[kinds.PPI](b"\x00\x00\x08\x00\x93\x00\x00\x00", 0) == (kinds.NOTHING_KNOWN, 8)


def test_packets_sent_as_one_frame_are_taken_apart() -> None:
    one, two = bytes(12) + b"\x00\x03one" + bytes(3), bytes(12) + b"\x00\x03two"
    assert list(parts(b"head" + one + two + b"\x12\x34\x56\x78", 4)) == [b"one", b"two"]
    assert list(parts(bytes(Raw(one)), 0)) == [b"one"]
