from pathlib import Path

import pytest

from proxy_addons.replay.capture_bytes import CUT, DAMAGED, CaptureBytes
from proxy_addons.replay.pcapng_blocks import PcapngBlocks
from tests.proxy_addons.replay.blocks import BIG, INTERFACE, LITTLE, PACKET, SECTION, STATISTICS


def read(file: Path, content: bytes) -> tuple[list[tuple[int, str, bytes]], str]:
    """Of each block its kind, byte order and bytes."""
    file.write_bytes(content)
    with CaptureBytes(file) as opened:
        blocks = PcapngBlocks(opened, opened.more(b"", 4))
        return [(kind, blocks.order, data[place:stop]) for kind, data, place, stop in blocks], blocks.ended


def test_each_block_comes_whole_in_the_byte_order_of_its_section(tmp_path: Path) -> None:
    parts = [
        (SECTION, "<", LITTLE.section()),
        (STATISTICS, "<", LITTLE.block(STATISTICS, bytes(200_000))),
        (SECTION, ">", BIG.section()),
        (INTERFACE, ">", BIG.interface()),
        (PACKET, ">", BIG.packet(b"some")),
    ]
    assert read(tmp_path / "some", b"".join(part for _, _, part in parts)) == (parts, "")


@pytest.mark.parametrize("length", [0, 8, 33, 0xFFFFFFFC])
def test_behind_a_length_that_cannot_be_nothing_is_read(tmp_path: Path, length: int) -> None:
    content = LITTLE.section() + LITTLE.pack("II", PACKET, length) + bytes(50)
    blocks, ended = read(tmp_path / "some", content + LITTLE.packet(b"behind"))
    assert ([kind for kind, _, _ in blocks], ended) == ([SECTION], DAMAGED)


def test_a_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = LITTLE.section() + LITTLE.interface()
    for left in range(1, len(LITTLE.interface())):
        blocks, ended = read(tmp_path / "some", whole[:-left])
        assert ([kind for kind, _, _ in blocks], ended) == ([SECTION], CUT)


@pytest.mark.parametrize("head", [b"", LITTLE.section()[:11], LITTLE.block(SECTION, bytes(16))])
def test_a_file_without_a_whole_head_is_refused(tmp_path: Path, head: bytes) -> None:
    with pytest.raises(ValueError, match="the head is cut off or damaged"):
        read(tmp_path / "some", head)
