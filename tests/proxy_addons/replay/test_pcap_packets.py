import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proxy_addons.replay.capture_bytes import CUT, DAMAGED, CaptureBytes
from proxy_addons.replay.captured_packet import LONGEST, Packet
from proxy_addons.replay.pcap_packets import PcapPackets

MICROSECONDS, NANOSECONDS, LONGER = 0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34


def pcap(*packets: bytes, order: str = "<", magic: int = MICROSECONDS, link: int = 1) -> bytes:
    head = struct.pack(f"{order}IHHIIII", magic, 2, 4, 0, 0, 65535, link)
    more = b"\x00" * 8 if magic == LONGER else b""
    return head + b"".join(struct.pack(f"{order}IIII", 7, 500, len(p), len(p)) + more + p for p in packets)


def read(file: Path, content: bytes) -> tuple[list[Packet], str]:
    file.write_bytes(content)
    with CaptureBytes(file) as opened:
        packets = PcapPackets(opened, opened.more(b"", 4))
        return list(packets), packets.ended


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("magic", "unit"), [(MICROSECONDS, 1e-6), (NANOSECONDS, 1e-9), (LONGER, 1e-6)])
def test_every_byte_order_and_clock_is_read(tmp_path: Path, order: str, magic: int, unit: float) -> None:
    said = [b"one", b"", b"three" * 20_000]
    packets, ended = read(tmp_path / "some", pcap(*said, order=order, magic=magic))
    assert packets == [Packet(7 + 500 * unit, 1, data) for data in said]
    assert not ended


def test_what_the_link_field_says_beside_the_link_is_not_taken_for_it(tmp_path: Path) -> None:
    ((packet,), _) = read(tmp_path / "some", pcap(b"x", link=0x24000069))
    assert packet.link == 105


@pytest.mark.parametrize(("left", "count", "ended"), [(-1, 1, CUT), (-6, 1, CUT), (-20, 1, CUT), (-21, 1, "")])
def test_a_file_is_read_as_far_as_it_goes(tmp_path: Path, left: int, count: int, ended: str) -> None:
    packets, said = read(tmp_path / "some", pcap(b"first", b"next!")[:left])
    assert (len(packets), said) == (count, ended)


@pytest.mark.parametrize("length", [LONGEST + 1, 0xFFFFFFFF])
def test_a_length_that_cannot_be_is_damage(tmp_path: Path, length: int) -> None:
    content = pcap(b"first") + struct.pack("<IIII", 0, 0, length, length) + bytes(1000)
    packets, ended = read(tmp_path / "some", content)
    assert (len(packets), ended) == (1, DAMAGED)


def test_zeros_behind_the_last_packet_are_damage(tmp_path: Path) -> None:
    packets, ended = read(tmp_path / "some", pcap(b"first", b"") + bytes(1000))
    assert ([p.data for p in packets], ended) == ([b"first", b""], DAMAGED)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.integers(0, 60))
def test_any_bytes_are_answered(tmp_path: Path, damage: bytes, at: int) -> None:
    content = pcap(b"first", b"second", b"third")
    content = content[:4] + (content[:at] + damage + content[at + len(damage) :])[4:]
    packets, _ = read(tmp_path / "some", content)
    assert sum(len(p.data) for p in packets) <= len(content)


def test_a_head_that_is_cut_off_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="the head is cut off"):
        read(tmp_path / "some", pcap()[:-1])
