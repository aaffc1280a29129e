import io
import struct
import zipfile

import pytest

from detection.documents.archive import BELOW_ANY_SUSPICION, MOST_ENTRIES, PIECE, entries
from detection.documents.contents import Enough, Gathering, Shortfall
from tests.detection.documents.factories import zipped


def test_entries_are_read_as_they_stand() -> None:
    gathering = Gathering()
    found = {
        entry.name: entry.body(gathering) for entry in entries(zipped({"a.txt": "one", "b/c.txt": "two"}), gathering)
    }
    assert found == {"a.txt": b"one", "b/c.txt": b"two"}
    assert gathering.contents.shortfall is None


def test_an_entry_without_a_name_is_one_like_others() -> None:
    found = entries(zipped({"a.txt": "one"}).replace(b"a.txt", b"\0.txt"), Gathering())
    assert [(entry.name, entry.body(Gathering())) for entry in found] == [("", b"one")]


def test_of_too_many_entries_the_first_are_read() -> None:
    gathering = Gathering()
    many = zipped({f"{number}.txt": "" for number in range(MOST_ENTRIES + 1)}, packed=False)
    assert len(entries(many, gathering)) == MOST_ENTRIES
    assert gathering.contents.shortfall is Shortfall.LARGE


def test_all_entries_together_unpack_to_no_more_than_the_limit() -> None:
    gathering = Gathering(most_unpacked=3 * PIECE)
    (one,) = entries(zipped({"a.txt": bytes(10 * PIECE)}), gathering)
    assert len(one.body(gathering)) == 3 * PIECE
    with pytest.raises(Enough):
        list(one.pieces(gathering))


def test_an_entry_that_unpacks_far_beyond_its_size_is_cut() -> None:
    gathering = Gathering()
    (one,) = entries(zipped({"a.txt": bytes(16 << 20)}), gathering)
    assert BELOW_ANY_SUSPICION < len(one.body(gathering)) <= BELOW_ANY_SUSPICION + PIECE
    assert gathering.contents.shortfall is Shortfall.LARGE


def test_an_entry_that_lies_upon_another_is_not_read() -> None:
    body = bytearray(zipped({"a.txt": "one" * 50, "b.txt": "two"}, packed=False))
    second = body.rfind(b"PK\x01\x02")
    struct.pack_into("<I", body, second + 42, 10)  # it says that it begins within the first
    gathering = Gathering()
    assert [entry.name for entry in entries(bytes(body), gathering)] == ["a.txt"]
    assert gathering.contents.shortfall is Shortfall.BROKEN


def test_an_encrypted_entry_is_not_read_and_said_to_be_so() -> None:
    body = bytearray(zipped({"a.txt": "one"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.find(mark) + place] |= 1
    gathering = Gathering()
    (one,) = entries(bytes(body), gathering)
    assert one.body(gathering) == b""
    assert gathering.contents.shortfall is Shortfall.ENCRYPTED


def test_a_damaged_entry_gives_what_comes_before_the_damage() -> None:
    words = "".join(f"river {number}, " for number in range(5000))
    body = bytearray(zipped({"a.txt": words}))
    half, end = len(body) // 2, body.find(b"PK\x01\x02")
    body[half:end] = bytes(end - half)
    gathering = Gathering()
    (one,) = entries(bytes(body), gathering)
    assert words[:5000].encode() == one.body(gathering)[:5000]
    assert gathering.contents.shortfall is Shortfall.BROKEN


def test_words_with_a_wrong_checksum_are_words() -> None:
    body = bytearray(zipped({"a.txt": "rivers of wales"}, packed=False))
    body[body.find(b"wales")] ^= 1
    gathering = Gathering()
    (one,) = entries(bytes(body), gathering)
    assert one.body(gathering) == b"rivers of vales"


def test_what_is_packed_in_another_way_is_not_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "rivers of wales")
    deflate64 = out.getvalue().replace(b"PK\x03\x04\x14\0\0\0\0\0", b"PK\x03\x04\x14\0\0\0\x09\0")
    gathering = Gathering()
    (one,) = entries(deflate64, gathering)
    assert one.body(gathering) == b""
    assert gathering.contents.shortfall is Shortfall.BROKEN


def test_without_its_directory_the_entries_are_found_all_the_same() -> None:
    gathering = Gathering()
    body = zipped({"a.txt": "rivers of wales", "b.txt": "x" * 9000})[:200]
    found = entries(body, gathering)
    assert (found[0].name, found[0].body(gathering)) == ("a.txt", b"rivers of wales")
    assert gathering.contents.shortfall is Shortfall.BROKEN
