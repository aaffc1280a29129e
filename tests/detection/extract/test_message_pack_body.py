import msgpack
import pytest

from detection.observation import Channel
from tests.detection.extract.factories import said, shown, written


def test_the_walk_is_the_one_through_json() -> None:
    body = msgpack.packb({"user": "bo", "text": "see you there", "password": "open the door", "id": b"\xff\xfe"})
    assert said(written(body, "application/msgpack")) == [(Channel.MESSAGE, "see you there")]


@pytest.mark.parametrize("body", [b'{"title": "Rivers of Wales"}', b"\xc1\0Rivers of Wales\0"])
def test_what_is_not_what_it_says_is_read_all_the_same(body: bytes) -> None:
    assert said(shown(body, "application/x-msgpack")) == [(Channel.PAGE, "Rivers of Wales")]
