import gzip
import tracemalloc
import zlib
from contextlib import suppress
from functools import partial

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.decoding import CodingError, decode, decoder_for

TEXT = b"Geography homework: rivers of Wales. " * 400


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


CODED = {
    "": TEXT,
    "identity": TEXT,
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]),
    "deflate": zlib.compress(TEXT),
    "Deflate": bare_deflate(TEXT),
    "x-deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
    "gzip, br": brotli.compress(gzip.compress(TEXT)),
}


@pytest.mark.parametrize("coding", CODED)
def test_a_coded_body_is_read_as_it_was_written(coding):
    decoded = decode(CODED[coding], coding, 1 << 20)
    assert decoded.body == TEXT
    assert not decoded.truncated


@pytest.mark.parametrize("coding", CODED)
def test_beyond_the_limit_the_first_part_is_read(coding):
    decoded = decode(CODED[coding], coding, 1000)
    assert decoded.body == TEXT[:1000]
    assert decoded.truncated


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_in_small_pieces_is_the_same_body(coding):
    decoder = decoder_for(coding, 1 << 20)
    coded = CODED[coding]
    assert b"".join(decoder.feed(coded[i : i + 7]) for i in range(0, len(coded), 7)) == TEXT


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_bomb_does_not_go_off(coding):
    zeros = bytes(16 << 20)
    packed = {"gzip": gzip.compress, "br": brotli.compress, "zstd": zstandard.compress}[coding](zeros)
    decoded = decode(packed, coding, 1 << 20)
    assert len(decoded.body) == 1 << 20
    assert decoded.truncated


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_bomb_takes_no_more_memory_than_a_page_of_many_pictures(coding):
    packs = {"gzip": gzip.compress, "br": partial(brotli.compress, quality=5), "zstd": zstandard.compress}
    packed = packs[coding](bytes(64 << 20))
    tracemalloc.start()
    try:
        decode(packed, coding, 8 << 20)
        assert tracemalloc.get_traced_memory()[1] < 50 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, br", "morse"])
def test_what_is_not_in_its_coding_is_said_to_be_so(coding):
    with pytest.raises(CodingError):
        decode(b"\xff\xfe plainly not packed at all", coding, 1000)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "Deflate", "br", "zstd"])
def test_a_body_that_broke_off_is_said_to_be_incomplete(coding):
    decoded = decode(CODED[coding][:-9], coding, 1 << 20)
    assert TEXT.startswith(decoded.body)
    assert decoded.truncated


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_of_a_page_that_breaks_half_way_the_first_half_is_read(coding):
    words = " ".join(f"river {n}" for n in range(50_000)).encode()
    packed = bytearray({"gzip": gzip, "deflate": zlib, "br": brotli, "zstd": zstandard}[coding].compress(words))
    packed[len(packed) // 2 :] = b"\xff" * (len(packed) // 2)
    decoded = decode(bytes(packed), coding, 1 << 20)
    assert words[:10_000] == decoded.body[:10_000]
    assert decoded.truncated


def test_of_a_zstd_body_that_breaks_off_every_whole_block_is_read():
    """A block is up to 128 KiB, and nothing can be had of a part of one."""
    words = " ".join(f"river {n}" for n in range(50_000)).encode()
    packed = zstandard.compress(words)
    decoded = decode(packed[: len(packed) * 3 // 4], "zstd", 1 << 20)
    assert len(decoded.body) >= 2 << 17
    assert words.startswith(decoded.body)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "zstd"])
def test_bytes_after_the_end_are_padding(coding):
    assert decode(CODED[coding] + bytes(200), coding, 1 << 20).body == TEXT


@pytest.mark.parametrize("coding", CODED)
def test_no_body_is_no_body_in_any_coding(coding):
    assert not decode(b"", coding, 100).truncated


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize("size", [1, 2, 3, 5, 4096])
def test_several_members_are_one_body_however_they_are_cut(coding, size):
    pack = {"gzip": gzip.compress, "zstd": zstandard.compress}[coding]
    coded = b"".join(pack(TEXT[at : at + 1000]) for at in range(0, len(TEXT), 1000))
    decoder = decoder_for(coding, 1 << 20)
    assert b"".join(decoder.feed(coded[at : at + size]) for at in range(0, len(coded), size)) == TEXT
    assert decoder.finished


def test_a_frame_to_be_skipped_is():
    skipped = b"\x50\x2a\x4d\x18\x04\x00\x00\x00more"
    assert decode(zstandard.compress(b"one ") + skipped + zstandard.compress(b"two"), "zstd", 100).body == b"one two"


def test_stacked_codings_come_off_piece_by_piece():
    coded = brotli.compress(gzip.compress(TEXT))
    decoder = decoder_for("gzip, br", 1 << 20)
    assert b"".join(decoder.feed(coded[at : at + 9]) for at in range(0, len(coded), 9)) == TEXT
    assert decoder.finished


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "utf-8", "gzip, br"])
def test_text_that_was_never_packed_is_read_as_it_is(coding):
    body = "Geografía: ríos de Gales, ".encode() * 40
    decoded = decode(body, coding, 300)
    assert (decoded.body, decoded.truncated, decoded.mislabelled) == (body[:300], True, True)


@pytest.mark.parametrize("coding", ["compress", "dcb", "dcz"])
def test_codings_nobody_here_can_take_off_are_said_to_be_so(coding):
    with pytest.raises(CodingError):
        decode(b"\x1f\x9d\x90\x00\xff", coding, 100)


@pytest.mark.parametrize("coding", ["gzip ;q=1", "gzip foo", '"gzip"', "br; a=b", "'zstd'", "identity;q=1", " gzip,"])
def test_what_does_not_belong_into_the_name_of_a_coding_is_passed_over(coding):
    pack = {"br": brotli.compress, "zstd": zstandard.compress, "identity": bytes}
    packed = next((packs(TEXT) for name, packs in pack.items() if name in coding), gzip.compress(TEXT))
    assert decode(packed, coding, 1 << 20).body == TEXT
    assert decoder_for(coding, 1 << 20).feed(packed) == TEXT


@pytest.mark.parametrize("coding", ["x gzip", "foo", "gzip-2", "foo, br", "br, foo", "="])
def test_under_a_name_that_nobody_knows_a_body_is_read_that_says_it_is_gzip(coding):
    packed = gzip.compress(TEXT)
    if "br" in coding:
        inner = coding.startswith("br")
        packed = gzip.compress(brotli.compress(TEXT)) if inner else brotli.compress(packed)
    assert decode(packed, coding, 1 << 20).body == TEXT
    assert decode(packed, coding, 1000).truncated


@given(body=st.binary(max_size=200), coding=st.sampled_from([*CODED, "zstd, gzip"]), cut=st.integers(0, 90))
def test_any_bytes_are_answered(body, coding, cut):
    for coded in (body, CODED.get(coding, b"")[:cut] + body):
        with suppress(CodingError):
            assert len(decode(coded, coding, 500).body) <= 500


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("x-br", brotli.compress(b"<p>words")),
        ("brotli", brotli.compress(b"<p>words")),
        ("x-zstd", zstandard.compress(b"<p>words")),
        ("br", gzip.compress(b"<p>words")),
        ("zstd", gzip.compress(b"<p>words")),
        ("gzip", zstandard.compress(b"<p>words")),
        ("gzip, gzip", gzip.compress(b"<p>words")),
        ("other, gzip", gzip.compress(b"<p>words")),
    ],
)
def test_a_coding_that_is_named_otherwise_or_once_too_often_hides_nothing(coding: str, packed: bytes) -> None:
    assert decode(packed, coding, 1000).body == b"<p>words"


def test_nor_does_any_date_that_gzip_bears() -> None:
    for date in range(0, 1 << 32, (1 << 22) + 4099):
        assert decode(gzip.compress(b"<p>words", mtime=date), "br", 1000).body == b"<p>words"
