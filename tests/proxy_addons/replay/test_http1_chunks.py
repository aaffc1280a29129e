import pytest

from proxy_addons.replay.http1_chunks import is_trailer, may_tell_size, size_told


@pytest.mark.parametrize(
    ("line", "size"),
    [
        (b"1a\r\n", 26),
        (b"0\n", 0),
        (b" 0x10 ;name=value\r\n", 16),
        (b"+5,\r\n", 5),
        (b"100000003\r\n", 3),
        (b"five\r\n", None),
        (b"\r\n", None),
        (b"5", None),
    ],
)
def test_a_line_tells_how_long_a_chunk_is(line: bytes, size: int | None) -> None:
    assert size_told(line) == size


def test_what_has_begun_may_tell_a_size_yet_or_not() -> None:
    assert all(may_tell_size(begun) for begun in (b"", b"5", b"1a;na", b" 0x1\r"))
    assert not any(may_tell_size(begun) for begun in (b"<p>", b"5 of", b"five"))


def test_a_trailer_is_a_header_and_no_tag() -> None:
    assert is_trailer(b"Expires: now\r\n")
    assert not is_trailer(b"<a:b>\r\n")
    assert not is_trailer(b"\r\n")
