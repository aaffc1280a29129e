import gzip
from pathlib import Path

import pytest

from proxy_addons.replay.capture_bytes import CUT, DAMAGED, LARGEST, CaptureBytes

WHOLE = bytes.fromhex("d4c3b2a1") + b"x" * 1000


@pytest.mark.parametrize("packed", [False, True])
def test_packed_or_not_the_bytes_are_the_same(tmp_path: Path, packed: bool) -> None:
    file = tmp_path / "some"
    file.write_bytes(gzip.compress(WHOLE) if packed else WHOLE)
    with CaptureBytes(file) as opened:
        assert (opened.read(2000), opened.tell(), opened.ended) == (WHOLE, 1004, "")
        assert opened.position == file.stat().st_size


def test_a_packed_file_that_is_cut_just_ends(tmp_path: Path) -> None:
    (tmp_path / "some").write_bytes(gzip.compress(WHOLE)[:-9])
    with CaptureBytes(tmp_path / "some") as opened:
        while opened.read(100):
            pass
        assert opened.ended == CUT


def test_a_packed_file_that_is_damaged_just_ends(tmp_path: Path) -> None:
    (tmp_path / "some").write_bytes(gzip.compress(WHOLE)[:-8] + b"\xff" * 8)
    with CaptureBytes(tmp_path / "some") as opened:
        while opened.read(100):
            pass
        assert opened.ended == DAMAGED


def test_a_length_that_cannot_be_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "some").write_bytes(WHOLE)
    with CaptureBytes(tmp_path / "some") as opened:
        assert opened.read(LARGEST + 1) == b""
        assert opened.ended == DAMAGED


@pytest.mark.parametrize(
    ("begins", "is_one"), [(WHOLE, True), (b"\x0a\x0d\x0d\x0a", True), (b"%PDF", False), (b"", False)]
)
def test_a_capture_is_told_by_its_first_bytes(tmp_path: Path, begins: bytes, is_one: bool) -> None:
    (tmp_path / "some").write_bytes(begins)
    with CaptureBytes(tmp_path / "some") as opened:
        assert opened.begins_like_a_capture() is is_one
