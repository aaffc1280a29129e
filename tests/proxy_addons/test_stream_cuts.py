import pytest

from proxy_addons.stream_cuts import FRAMES, LINES, cut_for

FRAME = b"\0\0\0\0\3one"


@pytest.mark.parametrize(
    ("buffer", "end"),
    [(b"data: a\n\ndata: b", 9), (b"data: a\r\rdata: b", 9), (b"{}\n{}\n{", 6), (b"a\rb", 2), (b"a", 0), (b"", 0)],
)
def test_lines_are_cut_after_the_last_event_or_else_the_last_line(buffer, end):
    assert LINES.end(bytearray(buffer)) == end


def test_what_is_read_again_begins_with_an_event():
    assert LINES.start(bytearray(b"data: a\n\ndata: b\n\n"), 2) == 9
    assert LINES.start(bytearray(b"data: a\r\rdata: b\r\r"), 2) == 9
    assert LINES.start(bytearray(b"no end"), 2) == 2


@pytest.mark.parametrize("kind", ["application/grpc", "application/grpc-web+proto", "application/grpc-web-text"])
def test_frames_are_cut_between_frames_and_none_is_read_twice(kind):
    assert cut_for(kind) is FRAMES
    assert FRAMES.end(bytearray(FRAME * 2 + FRAME[:4])) == 16
    assert FRAMES.start(bytearray(FRAME * 2), 8) == 8
