import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.cbor import values, whole

VALUES = [
    ("83010203", [1, 2, 3]),
    ("a26161016162820203", {"a": 1, "b": [2, 3]}),
    ("826161a161626163", ["a", {"b": "c"}]),
    ("9f018202039f0405ffff", [1, [2, 3], [4, 5]]),
    ("bf61610161629f0203ffff", {"a": 1, "b": [2, 3]}),
    ("817f657374726561646d696e67ff", ["streaming"]),
    ("8163e6b0b4", ["水"]),
    ("84f4f5f6f7", [False, True, None, None]),
    ("83f93c00fa47c35000fb3ff199999999999a", [1.0, 100000.0, 1.1]),
    ("822a390100", [-11, -257]),
    ("81c074323031332d30332d32315432303a30343a30305a", ["2013-03-21T20:04:00Z"]),
    ("d9d9f78101", [1]),
    ("a1820102f5", {"": True}),
]
"""Most are of RFC 8949, appendix A."""


@pytest.mark.parametrize(("packed", "value"), VALUES)
def test_a_value_is_what_it_stands_for(packed: str, value: object) -> None:
    assert whole(bytes.fromhex(packed)) == [value]


def test_bytes_are_text_where_they_are_utf8() -> None:
    assert whole(b"\x82\x45hello\x42\xff\xfe") == [["hello", None]]


def test_several_values_come_one_after_another() -> None:
    assert values(b"\x81\x01\x63two\x1c") == [[1], "two"]


@pytest.mark.parametrize("body", [b"", b"hello", b"\x04", b"\x81\x01\x04", b"\x81\x65hell", b"\x9f\x01"])
def test_what_is_not_maps_and_arrays_from_end_to_end_is_not_taken_for_them(body: bytes) -> None:
    assert whole(body) is None


@pytest.mark.parametrize(
    "body",
    [b"\x81" * 5000, b"\xa1" * 5000, b"\xc1" * 5000, b"\x9f" * 5000, b"\x9b" + b"\xff" * 8, b"\x5b" + b"\xff" * 8,
     b"\x7f\x7f\x61a\xff\xff", b"\x5f\x61a\xff", b"\xff", b"\x1f", b"\x9a\xff\xff\xff\xff" * 9],
)  # fmt: skip
def test_what_claims_too_much_is_nothing(body: bytes) -> None:
    assert values(body) == []


def test_names_that_are_values_themselves_are_not_written_out() -> None:
    within = b"\x61'"
    for _ in range(90):
        within = b"\xa1" + within + b"\x01"
    assert whole(within) == [{"": 1}]


def test_more_than_is_looked_at_ends_it() -> None:
    assert values(b"\x9a" + struct.pack(">I", 300_000) + b"\x01" * 300_000) == []


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(body: bytes) -> None:
    values(body)
    whole(body)
