import io

import pytest

from detection.documents.frames import FrameError, read_frame, write_frame


def test_frames_come_out_as_they_went_in() -> None:
    stream = io.BytesIO()
    write_frame(stream, b"one")
    write_frame(stream, b"")
    stream.seek(0)
    assert (read_frame(stream, 10), read_frame(stream, 10)) == (b"one", b"")


@pytest.mark.parametrize("sent", [b"", b"\0\0", b"\0\0\0\x05four", b"\xff\xff\xff\xffx"])
def test_what_ends_early_or_is_too_long_is_refused(sent: bytes) -> None:
    with pytest.raises(FrameError):
        read_frame(io.BytesIO(sent), 10)
