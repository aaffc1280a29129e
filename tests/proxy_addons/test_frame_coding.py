import gzip
import zlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.frame_coding import FrameCoding

SAID = [b'{"text": "hello you"}', b'{"text": "see you at the river"}', b'{"text": "bye"}']


def zlib_stream():
    packer = zlib.compressobj()
    return [packer.compress(one) + packer.flush(zlib.Z_SYNC_FLUSH) for one in SAID]


def zstd_stream():
    packer = zstandard.ZstdCompressor().compressobj()
    return [packer.compress(one) + packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK) for one in SAID]


PACKED = {
    "not at all": SAID,
    "each with gzip": list(map(gzip.compress, SAID)),
    "each with zlib": list(map(zlib.compress, SAID)),
    "each with zstd": list(map(zstandard.compress, SAID)),
    "as one zlib stream": zlib_stream(),
    "as one zstd stream": zstd_stream(),
    "each as a stream of its own": [zlib_stream()[0]] * 2,
}


@pytest.mark.parametrize("name", PACKED)
def test_messages_are_unpacked_one_by_one(name):
    coding = FrameCoding(1000)
    expected = SAID if len(PACKED[name]) == 3 else SAID[:1] * 2
    assert [coding.plain(frame) for frame in PACKED[name]] == expected


def test_a_message_that_is_not_packed_after_all_stays_as_it_is():
    coding = FrameCoding(1000)
    assert coding.plain(b"x\x9c no zlib") == b"x\x9c no zlib"
    assert coding.plain(zlib_stream()[0]) == SAID[0]
    assert coding.plain(b"\xffplain") == b"\xffplain"
    assert coding.plain(gzip.compress(b"packed")) == b"packed"


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, zstandard.compress])
def test_a_bomb_does_not_go_off(pack):
    coding = FrameCoding(1000)
    assert coding.plain(pack(bytes(4 << 20))) == bytes(1000)
    assert coding.plain(pack(b"next")) == b"next"


@given(st.lists(st.binary(max_size=60) | st.sampled_from(zlib_stream() + zstd_stream()), max_size=6))
def test_any_bytes_are_answered(frames):
    coding = FrameCoding(1000)
    for frame in frames:
        coding.plain(frame)
