import gzip
import zlib

import brotli
import pytest
import zstandard

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


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, br", "morse"])
def test_what_is_not_in_its_coding_is_said_to_be_so(coding):
    with pytest.raises(CodingError):
        decode(b"\xff\xfe plainly not packed at all", coding, 1000)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "Deflate", "br", "zstd"])
def test_a_body_that_broke_off_is_said_to_be_incomplete(coding):
    decoded = decode(CODED[coding][:-9], coding, 1 << 20)
    assert TEXT.startswith(decoded.body)
    assert decoded.truncated


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_of_a_page_that_breaks_half_way_the_first_half_is_read(coding):
    words = " ".join(f"river {n}" for n in range(20_000)).encode()
    packed = bytearray({"gzip": gzip, "deflate": zlib, "br": brotli}[coding].compress(words))
    packed[len(packed) // 2 :] = b"\xff" * (len(packed) // 2)
    decoded = decode(bytes(packed), coding, 1 << 20)
    assert words[:10_000] == decoded.body[:10_000]
    assert decoded.truncated


@pytest.mark.parametrize("coding", ["gzip", "deflate", "zstd"])
def test_bytes_after_the_end_are_padding(coding):
    assert decode(CODED[coding] + bytes(200), coding, 1 << 20).body == TEXT


@pytest.mark.parametrize("coding", CODED)
def test_no_body_is_no_body_in_any_coding(coding):
    assert not decode(b"", coding, 100).truncated
