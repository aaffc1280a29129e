import io
import random

import pytest
from zstandard import ZstdCompressor, ZstdError

from proxy_addons.replay.zstd_bytes import WINDOW, ZstdBytes, is_zstd

WHOLE = random.Random(1).randbytes(100_000)


def packed(data: bytes) -> bytes:
    return ZstdCompressor().compress(data)


def unpacked(data: bytes) -> bytes:
    reader = ZstdBytes(io.BytesIO(data))
    return b"".join(iter(lambda: reader.read1(10_000), b""))


SKIPPED = b"\x50\x2a\x4d\x18\x05\x00\x00\x00aside"
FORMS = {
    "one frame": packed(WHOLE),
    "frame after frame": packed(WHOLE[:7]) + packed(WHOLE[7:70_000]) + packed(WHOLE[70_000:]),
    "something else first": SKIPPED + packed(WHOLE) + SKIPPED,
    "an empty frame between": packed(WHOLE[:9]) + packed(b"") + packed(WHOLE[9:]),
}


@pytest.mark.parametrize("form", FORMS)
def test_all_that_was_packed_comes_out(form: str) -> None:
    assert is_zstd(FORMS[form])
    assert unpacked(FORMS[form]) == WHOLE


def test_what_is_cut_off_gives_what_is_there_and_then_says_so() -> None:
    long = random.Random(2).randbytes(1 << 20)
    reader = ZstdBytes(io.BytesIO(packed(long)[:-5]))
    found = reader.read1(100_000) + reader.read1(1 << 20)
    assert long.startswith(found)
    assert len(found) > 500_000
    with pytest.raises(EOFError):
        reader.read1(1)


def test_damage_is_told() -> None:
    with pytest.raises(ZstdError):
        unpacked(packed(WHOLE) + b"more than there should be")


def test_what_unpacks_to_very_much_comes_in_pieces() -> None:
    reader = ZstdBytes(io.BytesIO(packed(bytes(64 << 20))))
    assert max(map(len, iter(lambda: reader.read1(1), b""))) <= 8 << 20


def test_a_file_that_wants_more_memory_than_it_may_is_damaged() -> None:
    frame = bytes.fromhex("28b52ffd") + bytes([0x00, (WINDOW.bit_length() - 10) << 3 | 1]) + bytes(3)
    with pytest.raises(ZstdError):
        unpacked(frame)


@pytest.mark.parametrize("begins", [b"", b"\x28\xb5", b"\x1f\x8b\x08\x00", b"\x60\x2a\x4d\x18"])
def test_what_is_not_zstd_is_not_taken_for_it(begins: bytes) -> None:
    assert not is_zstd(begins)
