import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.protobuf_fields import Value, each, one, text


def field(number: int, value: bytes | str | int) -> bytes:
    """One field as it is on the wire."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    content = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(content)) + content


def varint(value: int) -> bytes:
    coded = b""
    while value >= 0x80:
        coded, value = coded + bytes([value & 0x7F | 0x80]), value >> 7
    return coded + bytes([value])


WIRE = (
    field(1, field(4, "inside")) + field(2, "one") + field(2, "two") + field(3, 300) + b"\x2d1234" + field(100, "far")
)
LISTS: Value = [[None, None, None, "inside"], ["one", "two"], 300, {"100": "far"}]


@pytest.mark.parametrize("message", [WIRE, LISTS], ids=["wire", "lists"])
def test_fields_are_found_by_their_numbers(message: Value) -> None:
    assert text(one(message, 1, 4)) == "inside"
    assert [text(value) for value in each(message, 2)] == ["one", "two"]
    assert text(one(message, 3)) == "300"
    assert text(one(message, 100)) == "far"


@pytest.mark.parametrize("message", [WIRE, LISTS], ids=["wire", "lists"])
def test_a_field_that_is_not_there_is_none(message: Value) -> None:
    assert one(message, 9) is None
    assert one(message, 3, 1) is None
    assert list(each(message, 9)) == []


def test_an_object_may_name_every_number() -> None:
    assert text(one({"8": {"1": {"1": "room"}}}, 8, 1, 1)) == "room"


def test_of_a_field_cut_short_the_beginning_is_read() -> None:
    assert text(one(field(2, "abcdef")[:-3], 2)) == "abc"


@pytest.mark.parametrize("value", [b"\xff\xfe", None, True, [1], {"a": 1}])
def test_what_is_no_text_is_none(value: Value) -> None:
    assert text(value) == ""


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(message: bytes) -> None:
    one(message, 1, 2, 3)
    list(each(message, 1))
