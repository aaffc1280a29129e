import gzip
import zlib

import pytest

from proxy_addons.body_members import Zlib

SEE, YOU = gzip.compress(b"see "), gzip.compress(b"you")


def bare(content):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def unpacked(body, size):
    members = Zlib()
    return b"".join(members.step(body[at : at + size]) for at in range(0, len(body), size)), members.finished


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("body", "text", "finished"),
    [
        (SEE + YOU, b"see you", True),
        (SEE + YOU + b"\0\0\0 padding", b"see you", True),
        (SEE + YOU[:-9], b"see you", False),
        (zlib.compress(b"see you"), b"see you", True),
        (bare(b"see you"), b"see you", True),
    ],
)
def test_members_are_read_however_they_come(body, text, finished, size):
    read, is_finished = unpacked(body, size)
    assert read == text if finished else text.startswith(read)
    assert is_finished is finished


def test_what_is_no_member_is_an_error():
    with pytest.raises(zlib.error):
        Zlib().step(b"\xff\xff no member")
