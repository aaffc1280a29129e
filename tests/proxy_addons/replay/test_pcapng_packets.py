from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proxy_addons.replay import pcapng_packets
from proxy_addons.replay.capture_bytes import CUT, DAMAGED, CaptureBytes
from proxy_addons.replay.captured_packet import LONGEST, UNDESCRIBED, Packet
from proxy_addons.replay.pcapng_packets import PcapngPackets
from tests.proxy_addons.replay.blocks import BIG, INTERFACE, LITTLE, OLD, PACKET, SECTION, SIMPLE, STATISTICS, Blocks

NOON = 1_772_539_200


def read(file: Path, content: bytes) -> tuple[list[Packet], str]:
    file.write_bytes(content)
    with CaptureBytes(file) as opened:
        packets = PcapngPackets(opened, opened.more(b"", 4))
        return list(packets), packets.ended


@pytest.mark.parametrize("b", [LITTLE, BIG], ids=["little", "big"])
def test_every_interface_has_its_own_link_and_clock(tmp_path: Path, b: Blocks) -> None:
    offset = b.pack("q", 3600)
    content = b.section() + b.interface(1) + b.interface(113, 0, (9, b"\x09")) + b.interface(101, 0, (9, b"\x8a"))
    content += b.interface(276, 0, (2, b"eth0"), (9, b"\x03"), (14, offset))
    content += b.packet(b"micro", NOON * 10**6 + 500_000, 0) + b.packet(b"nano", NOON * 10**9 + 500_000_000, 1)
    content += b.packet(b"binary", (NOON << 10) + 512, 2) + b.packet(b"offset", (NOON - 3600) * 1000 + 500, 3)
    packets, ended = read(tmp_path / "some", content)
    links = [(1, b"micro"), (113, b"nano"), (101, b"binary"), (276, b"offset")]
    assert packets == [Packet(NOON + 0.5, link, data) for link, data in links]
    assert not ended


def test_a_section_begins_anew_even_in_the_other_byte_order(tmp_path: Path) -> None:
    content = LITTLE.section() + LITTLE.interface(1) + LITTLE.packet(b"one")
    content += BIG.section() + BIG.interface(101) + BIG.packet(b"two", 10**6)
    content += LITTLE.section() + LITTLE.packet(b"three")
    packets, ended = read(tmp_path / "some", content)
    assert packets == [Packet(0.0, 1, b"one"), Packet(1.0, 101, b"two"), Packet(0.0, UNDESCRIBED, b"three")]
    assert not ended


def test_a_simple_packet_has_the_time_of_the_one_before_and_the_length_of_its_interface(tmp_path: Path) -> None:
    b = LITTLE
    simple = b.block(SIMPLE, b.pack("I", 1500) + b"cut to five"[:5])
    content = b.section() + b.interface(101, 5) + b.packet(b"dated", 2 * 10**6) + simple
    assert read(tmp_path / "some", content)[0] == [Packet(2.0, 101, b"dated"), Packet(2.0, 101, b"cut t")]


@pytest.mark.parametrize("b", [LITTLE, BIG], ids=["little", "big"])
def test_a_packet_of_the_formats_first_years_is_read(tmp_path: Path, b: Blocks) -> None:
    old = b.block(OLD, b.pack("HHIIII", 1, 9, 0, 3 * 10**6, 3, 3) + b"old")
    content = b.section() + b.interface(1) + b.interface(101) + old
    assert read(tmp_path / "some", content)[0] == [Packet(3.0, 101, b"old")]


def test_blocks_that_hold_no_packet_are_passed_over(tmp_path: Path) -> None:
    b = LITTLE
    content = b.section() + b.interface() + b.block(STATISTICS, bytes(100_000)) + b.block(0xBAD, b"x") + b.packet(b"1")
    packets, ended = read(tmp_path / "some", content)
    assert ([p.data for p in packets], ended) == ([b"1"], "")


B = LITTLE
DAMAGE = {
    "a length that cannot be": B.pack("II", PACKET, 0xFFFFFFFC) + bytes(50),
    "a length that is too short": B.pack("III", PACKET, 8, 8),
    "a length that is odd": B.pack("II", PACKET, 33) + bytes(50),
    "a packet longer than its block": B.block(PACKET, B.pack("IIIII", 0, 0, 0, 50, 50) + b"x"),
    "a packet longer than any": B.block(PACKET, B.pack("IIIII", 0, 0, 0, LONGEST + 4, 0) + bytes(LONGEST + 4)),
    "a packet without a head": B.block(PACKET, b""),
    "an interface without a link": B.block(INTERFACE, b""),
    "a section in no byte order": B.block(SECTION, bytes(16)),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_behind_damage_nothing_is_read(tmp_path: Path, damage: str) -> None:
    content = B.section() + B.interface() + B.packet(b"good") + DAMAGE[damage]
    packets, ended = read(tmp_path / "some", content + B.packet(b"behind"))
    assert ([p.data for p in packets], ended) == ([b"good"], DAMAGED)


def test_a_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = B.section() + B.interface() + B.packet(b"good") + B.packet(b"last")
    for left in range(1, len(B.packet(b"last"))):
        packets, ended = read(tmp_path / "some", whole[:-left])
        assert ([p.data for p in packets], ended) == ([b"good"], CUT)


def test_interfaces_without_end_are_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pcapng_packets, "MOST_INTERFACES", 3)
    assert read(tmp_path / "some", B.section() + B.interface() * 3)[1] == ""
    assert read(tmp_path / "some", B.section() + B.interface() * 4)[1] == DAMAGED


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 300), st.binary(max_size=8)), max_size=5), st.integers(0, 300))
def test_any_bytes_are_answered(tmp_path: Path, damages: list[tuple[int, bytes]], cut: int) -> None:
    content = B.section() + B.interface(1, 9, (9, b"\x06"), (14, bytes(8))) + B.packet(b"packet") + B.keys(b"key")
    content += B.block(SIMPLE, B.pack("I", 4) + b"1234") + BIG.section() + BIG.interface() + BIG.packet(b"big", 1 << 60)
    content = content[: len(content) - cut]
    for at, damage in damages:
        content = content[:at] + damage + content[at + len(damage) :]
    try:
        packets, _ = read(tmp_path / "some", content)
    except ValueError:
        return
    assert sum(len(p.data) for p in packets) <= len(content)
