import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.message_pack import values, whole


def packed(value: object) -> bytes:
    made: bytes = msgpack.packb(value)
    return made


VALUES = [{"text": "hello you", "n": 4, "deep": [{"a": None}]}, ["a", 1.5, True], {}]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_what_it_stands_for(value: object) -> None:
    assert whole(packed(value)) == [value]


def test_bytes_are_text_where_they_are_utf8() -> None:
    assert whole(packed([b"hello", b"\xff\xfe"])) == [["hello", None]]


def test_keys_of_any_kind_become_names() -> None:
    assert whole(packed({1: "a", b"b": "c"})) == [{"1": "a", "b": "c"}]


def test_types_of_ones_own_are_nothing() -> None:
    assert whole(packed([msgpack.ExtType(4, b"x"), msgpack.Timestamp(1)])) == [[None, None]]


def test_several_values_come_one_after_another() -> None:
    assert values(packed([1]) + packed("two") + b"\xc1") == [[1], "two"]


@pytest.mark.parametrize("body", [b"", b"hello", packed(4), packed([1]) + packed(4), packed(["hello"])[:-1]])
def test_what_is_not_maps_and_arrays_from_end_to_end_is_not_taken_for_them(body: bytes) -> None:
    assert whole(body) is None


@pytest.mark.parametrize("body", [b"\x91" * 5000, b"\xdd\xff\xff\xff\xff", b"\xdd\x00\x01\x80\x00" * 600,
                                  b"\xc7\x0c\xff" + b"\xff" * 12])  # fmt: skip
def test_what_claims_too_much_is_nothing(body: bytes) -> None:
    assert values(body) == []


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(body: bytes) -> None:
    values(body)
    whole(body)


@given(st.data())
def test_a_changed_value_is_answered(data: st.DataObject) -> None:
    body = bytearray(packed(VALUES))
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    values(bytes(body))
