import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.meta_gateway import json_in, payloads

OPENED = b"\x0f\0\0\x02\0\0{}"


def data(payload: bytes) -> bytes:
    return b"\x0d\0\0" + (len(payload) + 2).to_bytes(3, "little") + b"\0\x80" + payload


def test_the_payloads_of_data_frames_are_read_and_other_frames_passed_over() -> None:
    message = b"\x09" + OPENED + data(b"\x80{1}") + b"\x0e\0\0" + b"\x03\x01\0\0\0" + data(b"\x80{2}")
    assert list(payloads(message)) == [b"\x80{1}", b"\x80{2}"]


def test_an_extended_frame_names_its_content_type() -> None:
    assert list(payloads(b"\x11\0\0\x05\0\0\0\0\0{}")) == [b"{}"]


def test_of_a_frame_cut_short_the_beginning_is_read() -> None:
    assert list(payloads(data(b"abcdef")[:-3])) == [b"abc"]


@pytest.mark.parametrize(("payload", "found"), [(b"\x80{1}", b"{1}"), (b"\x80[{1}]", b"[{1}]"), (b"\x80", b"")])
def test_json_begins_at_the_first_brace_or_bracket(payload: bytes, found: bytes) -> None:
    assert json_in(payload) == found


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(message: bytes) -> None:
    assert all(isinstance(found, bytes) for found in payloads(message))
