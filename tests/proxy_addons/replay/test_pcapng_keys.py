from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proxy_addons.replay.capture_bytes import CaptureBytes
from proxy_addons.replay.pcapng_blocks import PcapngBlocks
from proxy_addons.replay.pcapng_keys import key_lines
from proxy_addons.replay.tls.key_log import LONGEST
from tests.proxy_addons.replay.blocks import BIG, LITTLE, SECRETS, Blocks

WIREGUARD = 0x57474B4C


def lines(file: Path, content: bytes) -> list[bytes]:
    file.write_bytes(content)
    with CaptureBytes(file) as opened:
        return list(key_lines(PcapngBlocks(opened, opened.more(b"", 4))))


@pytest.mark.parametrize("b", [LITTLE, BIG], ids=["little", "big"])
def test_lines_come_from_every_key_log_of_tls_and_from_no_other(tmp_path: Path, b: Blocks) -> None:
    content = b.section() + b.keys(b"one\ntwo\n") + b.interface() + b.packet(b"not this")
    content += b.keys(b"nor this", kind=WIREGUARD) + b.section() + b.keys(b"three")
    assert lines(tmp_path / "some", content) == [b"one\n", b"two\n", b"three"]


def test_a_length_beyond_the_block_ends_with_it(tmp_path: Path) -> None:
    b = LITTLE
    too_long = b.block(SECRETS, b.pack("II", 0x544C534B, 1 << 31) + b"1234")
    too_short = b.block(SECRETS, b"")
    assert lines(tmp_path / "some", b.section() + too_short + too_long + b.packet(b"x")) == [b"1234"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(28, 200), st.binary(max_size=8)), max_size=5))
def test_no_damage_stops_the_reading(tmp_path: Path, damages: list[tuple[int, bytes]]) -> None:
    content = LITTLE.section() + LITTLE.keys(b"one\ntwo") + LITTLE.packet(b"x") + BIG.section() + BIG.keys(b"three")
    for at, damage in damages:
        content = content[:at] + damage + content[at + len(damage) :]
    assert all(len(line) <= LONGEST + 1 for line in lines(tmp_path / "some", content))
