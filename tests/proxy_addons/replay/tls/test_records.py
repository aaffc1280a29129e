from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.replay.tls.records import LONGEST, Record, Records

TWO = b"\x16\x03\x01\x00\x03abc" + b"\x17\x03\x03\x00\x00"


@given(st.lists(st.integers(0, len(TWO))))
def test_records_are_the_same_however_they_come(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(TWO)]
    records = Records()
    found = [r for start, end in pairwise(edges) for r in records.feed(TWO[start:end])]
    assert found == [Record(22, TWO[:5], b"abc"), Record(23, TWO[8:], b"")]
    assert (records.held, records.is_broken) == (0, False)


@pytest.mark.parametrize(
    "header", [b"\x13\x03\x03\x00\x01", b"\x19\x03\x03\x00\x01", b"\x17\x02\x03\x00\x01", b"\x17\x03\x03\xff\xff"]
)
def test_what_is_no_record_is_not_waited_for(header: bytes) -> None:
    records = Records()
    assert len(records.feed(TWO + header)) == 2
    assert records.is_broken
    assert records.feed(TWO) == []
    assert records.take() == header + TWO


def test_what_is_held_can_be_taken() -> None:
    records = Records()
    assert records.feed(TWO[:6]) == []
    assert (records.held, records.take(), records.held) == (6, TWO[:6], 0)
    assert len(records.feed(TWO)) == 2


@given(st.lists(st.binary(max_size=50)))
def test_no_bytes_stop_it_or_are_kept_for_ever(said: list[bytes]) -> None:
    records = Records()
    for data in said:
        records.feed(data)
        assert records.is_broken or records.held <= LONGEST + 5
