import pytest
from hyperframe.frame import DataFrame, HeadersFrame, PingFrame, SettingsFrame

from proxy_addons.replay.http2_frames import DATA, LONGEST, PING, Http2Error, Http2Frames

PADDED = DataFrame(1, b"nobody", pad_length=4, flags=["PADDED"]).serialize()


def test_a_frame_is_told_once_it_is_whole_and_without_padding() -> None:
    frames = Http2Frames()
    assert list(frames.whole(PADDED[:12])) == []
    (frame,) = frames.whole(PADDED[12:] + PADDED[:3])
    assert (frame.kind, frame.stream, frame.body) == (DATA, 1, b"nobody")


def test_pieces_of_any_size_give_the_same_frames() -> None:
    whole = SettingsFrame().serialize() + HeadersFrame(1, b"ab").serialize() + PADDED + bytes(3) + b"\x63" + bytes(5)
    told = list(Http2Frames().whole(whole))
    assert [len(frame.body) for frame in told] == [0, 2, 6, 0]
    for size in (1, 7, 10):
        frames = Http2Frames()
        assert [one for at in range(0, len(whole), size) for one in frames.whole(whole[at : at + size])] == told


@pytest.mark.parametrize(
    "wrong",
    [
        bytes((0, 0, 2, DATA, 8, 0, 0, 0, 1, 9)) + b"x",
        DataFrame(1, b"x").serialize().replace(b"\0\0\0\1x", b"\0\0\0\0x"),
        PingFrame(0, bytes(8)).serialize()[:-1].replace(b"\0\0\x08", b"\0\0\x07", 1),
        SettingsFrame(0, {1: 1}).serialize()[:8] + b"\x01" + bytes(6),
        bytes((0, 0, 5, 4, 0, 0, 0, 0, 0)) + bytes(5),
        (LONGEST + 1).to_bytes(3, "big") + bytes((DATA, 0, 0, 0, 0, 1)),
    ],
    ids=["more padding than frame", "a body of no stream", "size of a ping", "settings of a stream", "half", "long"],
)
def test_what_came_before_a_frame_that_cannot_be_is_told(wrong: bytes) -> None:
    frames = Http2Frames().whole(PingFrame(0, bytes(8)).serialize() + wrong)
    assert next(frames).kind == PING
    with pytest.raises(Http2Error):
        next(frames)
