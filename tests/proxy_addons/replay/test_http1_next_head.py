import pytest

from proxy_addons.replay.http1_grammar import REQUESTS, RESPONSES
from proxy_addons.replay.http1_next_head import LONGEST_HEAD, NextHead

HEAD = b"GET /search?q=rivers HTTP/1.1\r\nHost: search.test\r\n\r\n"


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_head_is_taken_once_its_end_has_come(size: int) -> None:
    buffer = bytearray()
    head, said = NextHead(REQUESTS, buffer), b"\r\n" + HEAD
    for at in range(0, len(said), size):
        assert not head.take()
        buffer += said[at : at + size]
    buffer += b"body"
    assert head.take() == HEAD
    assert buffer == b"body"


def test_none_begins_in_what_is_no_message_and_the_next_is_so_far_away() -> None:
    head = NextHead(RESPONSES, bytearray(b"220 mail.test ready\r\nHTTP/1.1 200 OK\r\n\r\n"))
    assert head.take() is None
    assert head.drop(head.distance) == b"220 mail.test ready\r\n"
    assert head.take() == b"HTTP/1.1 200 OK\r\n\r\n"


def test_one_without_an_end_is_none_at_last() -> None:
    assert NextHead(REQUESTS, bytearray(b"GET /" + b"x" * LONGEST_HEAD)).take() is None


def test_of_one_that_breaks_off_the_whole_lines_are_taken() -> None:
    buffer = bytearray(b"GET / HTTP/1.1\r\nHost: a.test\r\nAcc")
    head = NextHead(REQUESTS, buffer)
    assert head.line() == b"GET / HTTP/1.1\r"
    assert head.take_lines() == b"GET / HTTP/1.1\r\nHost: a.test\r\n"
    assert not buffer
    buffer += b"GET /sea"
    assert head.line() == head.take_lines() == b""
    assert buffer == b"GET /sea"


@pytest.mark.parametrize(
    ("data", "may"), [(HEAD, True), (b"GE", True), (b"\x81\x05", False), (b"0: 1\r\n" + HEAD, True), (b"{}\n", False)]
)
def test_the_first_bytes_of_a_direction_may_be_a_message_or_not(data: bytes, may: bool) -> None:
    assert NextHead(REQUESTS, bytearray()).may_be_in(data) is may
