import gzip
import zlib

import msgpack
import pytest

from detection.extract.media_types import MOST_BYTES
from detection.observation import Channel
from tests.detection.extract.factories import said, shown
from tests.detection.extract.wire import framed, number, sized

WORDS = "see you at the river"
JSON = b'{"title": "see you at the river"}'


@pytest.mark.parametrize(
    "body",
    [WORDS.encode(), JSON, gzip.compress(JSON), zlib.compress(JSON), msgpack.packb({"title": WORDS}),
     b"\xa1\x65title\x74" + WORDS.encode(), number(1, 4) + sized(2, WORDS), framed(sized(1, WORDS))],
)  # fmt: skip
def test_bytes_are_read_as_what_they_are(body: bytes) -> None:
    assert said(shown(body, "application/octet-stream")) == [(Channel.PAGE, WORDS)]


@pytest.mark.parametrize(
    "body", [b"", b"\x1f\x8b no gzip", b"\xff\xd8\xff\xe0 a picture of the river", b"PK\x03\x04\xff see you at"]
)
def test_other_bytes_are_not_read(body: bytes) -> None:
    assert said(shown(body, "application/octet-stream")) == []


def test_nor_is_a_download() -> None:
    assert said(shown(WORDS.encode() * MOST_BYTES, "application/octet-stream")) == []
