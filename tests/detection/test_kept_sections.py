import mmap
from pathlib import Path

import pytest

from detection.kept_sections import Piece, Sections, let_go, packed, unpacked

CONTENT = {"one": b"hate", "none": b"", "numbers": bytes(range(16))}


def there(piece: Piece) -> Sections:
    found = unpacked(piece)
    assert found is not None
    return found


def test_what_was_packed_is_unpacked() -> None:
    assert {name: bytes(section) for name, section in there(packed(CONTENT)).items()} == CONTENT


def test_it_is_read_from_the_file_also_after_it_was_let_go(tmp_path: Path) -> None:
    (tmp_path / "piece").write_bytes(packed(CONTENT))
    with (tmp_path / "piece").open("rb") as opened:
        piece = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    found = there(piece)
    let_go(piece)
    assert {name: bytes(section) for name, section in found.items()} == CONTENT


def test_numbers_can_be_read_as_such_where_they_lie() -> None:
    assert len(there(packed(CONTENT))["numbers"].cast("I")) == 4


@pytest.mark.parametrize("place", [0, 21, 60, -9])
def test_what_is_damaged_is_not_unpacked(place: int) -> None:
    whole = bytearray(packed(CONTENT))
    whole[place] ^= 0xFF
    assert unpacked(bytes(whole)) is None


def test_what_is_cut_off_or_empty_is_not_unpacked() -> None:
    assert unpacked(packed(CONTENT)[:-8]) is None
    assert unpacked(b"") is None
