import pytest

from proxy_addons.replay.http1_chunked_body import ChunkedBody
from proxy_addons.replay.http1_parts import Kind


def read(*pieces: bytes) -> tuple[bytes, ChunkedBody, bytearray]:
    """What is told of the body, itself, and what it has left behind."""
    buffer, told = bytearray(), b""
    body = ChunkedBody(buffer)
    for piece in pieces:
        buffer += piece
        for part in body.parts():
            assert part.kind is Kind.BODY
            told += part.data
    return told, body, buffer


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_its_bytes_are_told_without_the_lines_between_and_what_comes_behind_its_end_is_left(size: int) -> None:
    said = b"5\r\nhello\r\n6;x=y\r\n there\r\n0\r\nTrailer: 1\r\n\r\nHTTP"
    told, body, left = read(*(said[at : at + size] for at in range(0, len(said), size)))
    assert (told, body.has_ended, left) == (b"hello there", True, b"HTTP")


def test_one_that_comes_without_chunks_is_left_as_it_is() -> None:
    told, body, left = read(b"<p>words")
    assert (told, body.has_begun, body.is_plain, left) == (b"", True, True, b"<p>words")


def test_where_the_lines_say_nothing_any_more_the_rest_is_left_as_it_is() -> None:
    told, body, left = read(b"3\r\nabc<p>x")
    assert (told, body.is_plain, left) == (b"abc", True, b"<p>x")


def test_what_may_yet_be_the_first_size_is_waited_for() -> None:
    told, body, _ = read(b"1")
    assert (told, body.has_begun, body.is_plain) == (b"", False, False)


def test_a_hole_within_a_chunk_is_its_own_and_one_beyond_it_is_not() -> None:
    _, body, buffer = read(b"a\r\nabc")
    assert not body.lost(8)
    assert body.lost(7)
    buffer += b"\r\n0\r\n\r\n"
    assert list(body.parts()) == []
    assert body.has_ended


def test_what_stands_where_trailers_would_is_left() -> None:
    told, body, left = read(b"0\r\n<p>words")
    assert (told, body.is_in_trailers, left) == (b"", True, b"<p>words")
