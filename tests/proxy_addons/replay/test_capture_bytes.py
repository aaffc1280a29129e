import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from zstandard import ZstdCompressor

from proxy_addons.replay.capture_bytes import CUT, DAMAGED, LARGEST, CaptureBytes, begins_like_a_capture

WHOLE = bytes.fromhex("d4c3b2a1") + bytes(range(256)) * 1000
ALL = len(WHOLE) + 1


def zstd(data: bytes) -> bytes:
    return ZstdCompressor(write_checksum=True).compress(data)


def several(data: bytes) -> bytes:
    return gzip.compress(data[:1000]) + gzip.compress(data[1000:])


PACKING: dict[str, Callable[[bytes], bytes]] = {"plain": bytes, "gzip": gzip.compress, "zstd": zstd, "gzips": several}


@pytest.mark.parametrize("packing", PACKING)
def test_packed_or_not_the_bytes_are_the_same(tmp_path: Path, packing: str) -> None:
    file = tmp_path / "some"
    file.write_bytes(PACKING[packing](WHOLE))
    told: list[int] = []
    with CaptureBytes(file, told.append) as opened:
        begins = opened.more(b"", 4)
        assert opened.more(begins[2:], ALL) == WHOLE[2:]
        assert not opened.ended
    assert told[-1] == file.stat().st_size


@pytest.mark.parametrize("packing", ["gzip", "zstd", "gzips"])
def test_a_packed_file_that_is_cut_gives_what_is_there_and_says_so(tmp_path: Path, packing: str) -> None:
    (tmp_path / "some").write_bytes(PACKING[packing](WHOLE)[:-9])
    with CaptureBytes(tmp_path / "some") as opened:
        found = opened.more(b"", ALL)
        assert opened.ended == CUT
    assert WHOLE.startswith(found)
    assert len(found) > 4


@pytest.mark.parametrize("packing", ["gzip", "zstd", "gzips"])
def test_a_packed_file_that_is_damaged_just_ends(tmp_path: Path, packing: str) -> None:
    (tmp_path / "some").write_bytes(PACKING[packing](WHOLE)[:-4] + b"\xff" * 4)
    with CaptureBytes(tmp_path / "some") as opened:
        opened.more(b"", ALL)
        assert opened.ended == DAMAGED
        assert opened.more(b"rest", 10) == b"rest"


def test_a_length_that_cannot_be_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "some").write_bytes(WHOLE)
    with CaptureBytes(tmp_path / "some") as opened:
        assert opened.more(b"", LARGEST + 1) == b""
        assert opened.ended == DAMAGED


@pytest.mark.parametrize(
    ("begins", "is_one"),
    [
        (WHOLE, True),
        (b"\xa1\xb2\x3c\x4d", True),
        (b"\x34\xcd\xb2\xa1", True),
        (b"\x0a\x0d\x0d\x0a", True),
        (b"%PDF", False),
        (b"", False),
    ],
)
def test_a_capture_is_told_by_its_first_bytes(begins: bytes, is_one: bool) -> None:
    assert begins_like_a_capture(begins) is is_one
