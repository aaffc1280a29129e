import pytest

from proxy_addons.replay.pcapng_interfaces import Interface, interface
from tests.proxy_addons.replay.blocks import BIG, INTERFACE, LITTLE, Blocks

MICRO = 1_000_000


def read(b: Blocks, block: bytes) -> Interface | None:
    return interface(b.order, block, 0, len(block))


@pytest.mark.parametrize("b", [LITTLE, BIG], ids=["little", "big"])
def test_an_interface_has_its_link_its_length_and_its_clock(b: Blocks) -> None:
    assert read(b, b.interface(113, 96)) == Interface(113, 96, MICRO, 0)
    assert read(b, b.interface(1, 0, (2, b"eth0"), (9, b"\x09"))) == Interface(1, 0, 10**9, 0)
    assert read(b, b.interface(1, 0, (9, b"\x8a"), (14, b.pack("q", -3600)))) == Interface(1, 0, 1024, -3600)


def test_options_behind_the_last_and_of_the_wrong_length_say_nothing() -> None:
    b = LITTLE
    said = b.interface(1, 0, (14, b"1234"), (9, b""), (0, b""), (9, b"\x09"))
    assert read(b, said) == Interface(1, 0, MICRO, 0)


def test_a_block_without_a_link_describes_nothing() -> None:
    assert read(LITTLE, LITTLE.block(INTERFACE, b"")) is None
