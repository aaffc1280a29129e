import pytest

from proxy_addons.replay.tls.protection import Aead13
from proxy_addons.replay.tls.records import TlsError
from proxy_addons.replay.tls.resync import BUDGET, Resync
from proxy_addons.replay.tls.suites import SUITES
from tests.proxy_addons.replay.tls.test_direction import wire
from tests.proxy_addons.replay.tls.test_protection import SECRET, sealed

OPENING = Aead13(SUITES[0x1301], SECRET)
NEXT = wire(sealed(b"found\x17", 12))


@pytest.mark.parametrize("before", [b"", b"rest of a record", b"\x17\x03\x03\x00\x05", b"\x17\x03\x03\xff\xff"])
@pytest.mark.parametrize("piece", [1, 4, 1000])
def test_a_record_is_found_by_what_its_key_opens(before: bytes, piece: int) -> None:
    """Two records of 100 bytes are missing, but for the last bytes of the second."""
    resync = Resync(OPENING, 10, 2 * (100 + 22) - len(before))
    said = before + NEXT
    founds = (resync.feed(said[at : at + piece]) for at in range(0, len(said), piece))
    (found,) = filter(None, founds)
    assert (found.number, found.lost, found.rest[: len(NEXT)]) == (12, 200, NEXT)


def test_a_second_hole_adds_to_the_first() -> None:
    resync = Resync(OPENING, 10, 100)
    assert resync.feed(b"\x17\x03\x03\x00") is None
    resync.lost(140)
    found = resync.feed(NEXT)
    assert found
    assert (found.number, found.lost) == (12, 200)


def test_there_is_an_end_to_guessing() -> None:
    resync = Resync(OPENING, 0, 1 << 30)
    false = b"\x17\x03\x03\x40\x00" + bytes(1 << 14)
    with pytest.raises(TlsError, match="missing"):
        resync.feed(false * (BUDGET // len(false) + 1))


def test_what_cannot_be_a_beginning_is_not_kept() -> None:
    resync = Resync(OPENING, 0, 10)
    resync.feed(bytes(100_000))
    assert resync.held < 5
