from hyperframe.frame import ContinuationFrame, DataFrame, HeadersFrame

from proxy_addons.replay.http2_frames import CONTINUATION, DATA, HEADERS, Http2Frames

PADDED = DataFrame(1, b"nobody", pad_length=4, flags=["PADDED"]).serialize()


def test_a_frame_is_told_once_it_is_whole() -> None:
    frames = Http2Frames()
    assert list(frames.whole(PADDED[:12])) == []
    (frame,) = frames.whole(PADDED[12:] + PADDED[:3])
    assert (frame.kind, frame.stream, frame.body, frame.whole) == (DATA, 1, b"nobody", PADDED)


def test_more_padding_than_frame_is_no_body() -> None:
    (frame,) = Http2Frames().whole(bytes((0, 0, 2, DATA, 8, 0, 0, 0, 1, 9)) + b"x")
    assert frame.body is None


def test_what_stands_in_a_block_of_headers_is_not_apart() -> None:
    block = HeadersFrame(1, b"a").serialize() + PADDED
    block += ContinuationFrame(1, b"b", flags=["END_HEADERS"]).serialize() + PADDED
    assert [(frame.kind, frame.is_apart) for frame in Http2Frames().whole(block)] == [
        (HEADERS, True), (DATA, False), (CONTINUATION, False), (DATA, True),
    ]  # fmt: skip
