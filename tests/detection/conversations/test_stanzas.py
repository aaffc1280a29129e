import time

import pytest

from detection.conversations.stanzas import LONGEST, Stanzas

OPEN = b"<?xml version='1.0'?>\n<stream:stream to='a>b'>"


def cut(data: bytes, size: int = 1 << 30) -> list[bytes]:
    stanzas = Stanzas()
    return [found for at in range(0, len(data), size) for found in stanzas.feed(data[at : at + size])]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_a_stream_is_cut_into_its_stanzas(size: int) -> None:
    whole = [b"<a/>", b"<b x='>' y=\">\"><c>t</c></b>", b"<d><![CDATA[</d> ]] >]]></d>"]
    assert cut(OPEN + b" \n ".join(whole) + b"</stream:stream>", size) == whole


def test_it_begins_anew_after_a_sign_in() -> None:
    assert cut(OPEN + b"<a/>" + OPEN + b"<b/>") == [b"<a/>", b"<b/>"]


@pytest.mark.parametrize("data", [b"<a/>", OPEN + b"<!DOCTYPE a [<!ENTITY b 'c'>]>", OPEN + b"<!-- -->"])
def test_what_is_no_such_stream_ends_it(data: bytes) -> None:
    stanzas = Stanzas()
    assert list(stanzas.feed(data)) == []
    assert stanzas.is_broken


def test_of_a_long_stanza_the_first_part_is_given() -> None:
    long, next_one = cut(OPEN + b"<a>" + b"x" * (2 * LONGEST) + b"</a><b/>")
    assert (len(long), next_one) == (LONGEST, b"<b/>")


def test_purpose_made_bytes_take_no_longer() -> None:
    began = time.process_time()
    cut(OPEN + b"<a x='" + b"y" * 60_000, 1)
    cut(OPEN + b"<a>" * 300_000)
    cut(OPEN + b"<a><![CDATA[" + b"]]" * 100_000, 10)
    assert time.process_time() - began < 10
