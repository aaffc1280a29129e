import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.decoding import decode
from proxy_addons.unchecked_zlib import LONGEST_HEADER, UncheckedZlib

TEXT = b"<p>nobody likes you</p>" * 20
BARE = zlib.compress(TEXT)[2:-4]
EVERYTHING = b"\x1f\x8b\x08\x1e" + bytes(6) + b"\x03\x00abc" + b"page.html\0" + b"a remark\0" + b"\x01\x02"


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
@pytest.mark.parametrize("wrong", [1, 5, 8])
def test_a_page_whose_checksum_or_length_is_wrong_is_read_as_a_browser_shows_it(coding: str, wrong: int) -> None:
    body = bytearray(gzip.compress(TEXT) if coding == "gzip" else zlib.compress(TEXT))
    body[-min(wrong, 4 if coding == "deflate" else 8)] ^= 0xFF
    decoded = decode(bytes(body), coding, 1 << 20)
    assert (decoded.body, decoded.truncated) == (TEXT, False)


@given(st.integers(1, 40))
def test_a_header_with_all_there_may_be_is_passed_over_in_whatever_pieces_it_comes(size: int) -> None:
    whole, unpacker = EVERYTHING + BARE + bytes(8) + b"more", UncheckedZlib()
    out = b"".join(unpacker.decompress(whole[at : at + size]) for at in range(0, len(whole) - 4, size))
    assert out == TEXT
    assert unpacker.eof


def test_what_comes_behind_it_is_left_for_the_next_member() -> None:
    unpacker = UncheckedZlib()
    assert unpacker.decompress(gzip.compress(TEXT) + b"next") == TEXT
    assert unpacker.unused_data == b"next"


@pytest.mark.parametrize(
    "data", [b"plain text", b"\x1f\x8b\x07\x00", b"\x78\xbb", b"\x1f\x8b\x08\x08" + b"n" * LONGEST_HEADER]
)
def test_what_is_neither_of_them_is_refused(data: bytes) -> None:
    with pytest.raises(zlib.error):
        UncheckedZlib().decompress(data)


def test_it_is_not_at_its_end_before_its_checksum_has_come() -> None:
    unpacker = UncheckedZlib()
    assert unpacker.decompress(gzip.compress(TEXT)[:-1]) == TEXT
    assert not unpacker.eof
