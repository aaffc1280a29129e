import base64
import gzip

from hypothesis import given
from hypothesis import strategies as st

from detection.extract.grpc_frames import from_text, messages, whole
from tests.detection.extract.wire import framed


def test_several_messages_of_one_body_come_one_by_one() -> None:
    assert list(messages(framed(b"one") + framed(b"") + framed(b"two"))) == [b"one", b"", b"two"]


def test_a_packed_message_is_unpacked() -> None:
    assert list(messages(framed(gzip.compress(b"one"), 1) + framed(b"no gzip", 1))) == [b"one", b""]


def test_trailers_and_the_end_of_a_stream_say_nothing() -> None:
    assert list(messages(framed(b"one") + framed(b"grpc-status: 0", 0x80) + framed(b"{}", 2))) == [b"one"]


def test_of_a_message_that_broke_off_the_beginning_comes() -> None:
    assert list(messages(framed(b"one") + framed(b"twelve")[:-3])) == [b"one", b"twe"]


def test_a_bomb_does_not_go_off() -> None:
    packed = framed(gzip.compress(bytes(16 << 20)), 1)
    assert sum(map(len, messages(packed * 3))) == 8 << 20


def test_whole_frames_end_where_the_next_begins() -> None:
    one = framed(b"one")
    assert [whole(one + one + one[:n]) for n in (0, 3, 7, 8)] == [16, 16, 16, 24]


def test_the_text_form_comes_in_pieces_with_their_own_padding() -> None:
    one, two = framed(b"one"), framed(b"four")
    assert from_text(base64.b64encode(one) + base64.b64encode(two)) == one + two


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(body: bytes) -> None:
    assert sum(map(len, messages(body))) <= 8 << 20
    assert 0 <= whole(body) <= len(body)
    from_text(body)
