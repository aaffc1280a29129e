import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.layers.dns import DNS, DNSQR

from proxy_addons.replay.dns_message import NoLookupError, begins_lookup, is_answer, is_lookup, lookup
from tests.proxy_addons.replay.dns_talk import HIDES, over_tcp, query
from tests.proxy_addons.replay.factories import NOON

ANSWER = query()[:2] + b"\x81\x80" + query()[4:]


def test_the_name_is_read_at_its_time() -> None:
    read = lookup(query(), NOON)
    assert ([question.name for question in read.questions], read.timestamp, read.id) == ([HIDES], NOON, 7)


@pytest.mark.parametrize(
    "message",
    [
        b"",
        query()[:11],
        query()[:20],
        ANSWER,
        query()[:4] + b"\x00\x00" + query()[6:],
        query()[:4] + b"\x00\x05" + query()[6:],
        query()[:12] + b"\xc0\x0c" + query()[12:],
        query()[:12] + b"\x41" + query()[13:],
        query()[:12] + (b"\x3f" + b"a" * 63) * 5 + b"\x00\x00\x01\x00\x01",
        query()[:12] + b"\x04\xff\xff\xff\xff" + query()[12:],
        query()[:12] + b"\x05xn--\xc3" + query()[12:],
        query()[:12] + b"\x07xn--a--" + query()[12:],
    ],
    ids=[
        "nothing", "part of a header", "part of a name", "an answer", "no question", "too many", "a name in itself",
        "a label that is too long", "a name that is too long", "letters", "international letters",
        "no international name",
    ],
)  # fmt: skip
def test_what_is_no_lookup_is_told(message: bytes) -> None:
    with pytest.raises(NoLookupError):
        lookup(message, NOON)


def test_of_several_questions_each_is_read() -> None:
    two = bytes(DNS(qd=[DNSQR(qname="forum.test"), DNSQR(qname=HIDES)]))
    assert [question.name for question in lookup(two, NOON).questions] == ["forum.test", HIDES]


def test_a_header_tells_a_lookup_from_an_answer() -> None:
    assert (is_lookup(query()), is_answer(query())) == (True, False)
    assert (is_lookup(ANSWER), is_answer(ANSWER)) == (False, True)
    assert not is_lookup(b"\x00" * 11)
    assert not is_answer(b"\xff" * 11)


def test_records_that_point_at_each_other_take_no_time() -> None:
    records = (b"\xc0\x0c\x00\x10\x00\x01\x00\x00\x00\x00\xf0\x00" + b"\xc0\x0c" * 0x7800)[:60_000]
    started = time.perf_counter()
    assert lookup(query()[:10] + b"\x00\x01" + query()[12:33] + records, NOON).questions
    assert time.perf_counter() - started < 0.1


def test_over_tcp_the_first_bytes_tell() -> None:
    first = over_tcp(query())
    assert [begins_lookup(first[:size]) for size in (1, 2, 5, 13)] == [None] * 4
    assert begins_lookup(first[:14])
    assert begins_lookup(first)
    assert not begins_lookup(over_tcp(ANSWER))
    assert not begins_lookup(b"\x04\x00" + query())
    assert not begins_lookup(b"\x00\x05" + query())
    assert begins_lookup(b"\x03\x00\x00\x13\x0e\xe0") is False  # of a remote desktop


@given(st.binary(max_size=300))
def test_no_bytes_confuse(message: bytes) -> None:
    begins_lookup(message)
    for asked in (message, query()[:12] + message):
        with suppress(NoLookupError):
            assert 1 <= len(lookup(asked, NOON).questions) <= 4
