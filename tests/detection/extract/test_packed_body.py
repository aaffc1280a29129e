import struct

import msgpack
import pytest

from detection.observation import Channel
from tests.detection.extract.factories import said, shown, written

CBOR = b"\xa3\x64user\x62bo\x64text\x6dsee you there\x68password\x6dopen the door"


@pytest.mark.parametrize("media_type", ["application/cbor", "application/x-cbor", "application/vnd.chat+cbor"])
def test_cbor_is_walked_through_like_json(media_type: str) -> None:
    assert said(written(CBOR, media_type)) == [(Channel.MESSAGE, "see you there")]


def test_and_so_is_messagepack() -> None:
    body = msgpack.packb({"user": "bo", "text": "see you there", "password": "open the door", "id": b"\xff\xfe"})
    assert said(written(body, "application/msgpack")) == [(Channel.MESSAGE, "see you there")]


def test_of_bson_the_sentences_are_found() -> None:
    text = b"see you at the river"
    element = b"\x02text\0" + struct.pack("<i", len(text) + 1) + text + b"\0"
    body = struct.pack("<i", len(element) + 5) + element + b"\0"
    assert said(written(body, "application/bson")) == [(Channel.POST, text.decode())]


@pytest.mark.parametrize("kind", ["application/x-msgpack", "application/cbor"])
@pytest.mark.parametrize("body", [b'{"title": "Rivers of Wales"}', b"\xc1\0Rivers of Wales\0"])
def test_what_is_not_what_it_says_is_read_all_the_same(body: bytes, kind: str) -> None:
    assert said(shown(body, kind)) == [(Channel.PAGE, "Rivers of Wales")]
