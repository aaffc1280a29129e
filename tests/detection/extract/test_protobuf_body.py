import base64
import gzip

import pytest

from detection.observation import Channel
from tests.detection.extract.factories import said, shown, written
from tests.detection.extract.wire import framed, number, sized

WORDS = "see you at the river"
MESSAGE = number(1, 7) + sized(2, "4fd2a9c0-13aa") + sized(3, sized(1, WORDS))
BODIES = {
    "application/x-protobuf": MESSAGE,
    "application/grpc-web+proto": framed(MESSAGE) + framed(b"grpc-status:0", 0x80),
    "application/grpc": framed(gzip.compress(MESSAGE), 1),
    "application/grpc-web-text": base64.b64encode(framed(MESSAGE)) + base64.b64encode(framed(b"grpc-status:0", 0x80)),
    "application/grpc-web-text+proto": framed(MESSAGE),
    "application/json+protobuf": b'[null,["see you at the river"],3]',
    "application/protobuf": b'{"error": "see you at the river"}',
}


@pytest.mark.parametrize("media_type", BODIES)
def test_the_words_are_found_and_identifiers_are_not(media_type: str) -> None:
    assert said(written(BODIES[media_type], media_type)) == [(Channel.POST, WORDS)]
    assert said(shown(BODIES[media_type], media_type)) == [(Channel.PAGE, WORDS)]


def test_what_broke_off_and_what_is_no_protobuf_is_read_as_far_as_it_goes() -> None:
    assert said(shown(MESSAGE[:-6], "application/x-protobuf")) == [(Channel.PAGE, "see you at the")]
    assert said(shown(b"\x07\xff" + WORDS.encode(), "application/x-protobuf")) == [(Channel.PAGE, WORDS)]
