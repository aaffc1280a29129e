import gzip

import pytest

from detection.extract.steam_frames import fields, jobs, number_of, text_of

_PROTOBUF = 0x80000000


def frame(job: str, body: bytes, number: int = 151) -> bytes:
    header = b"\x62" + bytes([len(job)]) + job.encode()
    return (number | _PROTOBUF).to_bytes(4, "little") + len(header).to_bytes(4, "little") + header + body


def multi(*frames: bytes, size: int = 1) -> bytes:
    packed = b"".join(len(each).to_bytes(4, "little") + each for each in frames)
    content = gzip.compress(packed) if size else packed
    body = b"\x08" + bytes([size]) + b"\x12" + bytes([len(content)]) + content
    return (1 | _PROTOBUF).to_bytes(4, "little") + bytes(4) + body


def test_a_frame_names_its_job_and_gives_its_fields() -> None:
    ((name, body),) = jobs(frame("Talk.Say#1", b"\x09" + (5).to_bytes(8, "little") + b"\x10\xac\x02\x1a\x02hi"))
    assert (name, number_of(body, 1), number_of(body, 2), text_of(body, 3)) == ("Talk.Say#1", 5, 300, "hi")


@pytest.mark.parametrize("size", [0, 90])
def test_frames_packed_into_one_are_all_read(size: int) -> None:
    packed = multi(frame("A.B#1", b""), frame("C.D#1", b"\x1a\x02hi"), size=size)
    assert [(name, text_of(body, 3)) for name, body in jobs(packed)] == [("A.B#1", ""), ("C.D#1", "hi")]


def test_the_first_field_that_holds_a_text_counts() -> None:
    assert text_of({4: [b"first"], 8: [b""]}, 8, 4) == "first"
    assert (text_of({4: [1]}, 4), number_of({1: [b"x"]}, 1)) == ("", 0)


@pytest.mark.parametrize(
    "broken",
    [b"", b"\x01", bytes(8), b"\x97\x00\x00\x80\xff\xff\xff\xff", b"\x01\x00\x00\x80" + bytes(4) + b"\x08\x05\x12\x01x",
     frame("A.B#1", b"")[:12], b"\xff" * 40, b"{}"],
)  # fmt: skip
def test_any_bytes_are_answered(broken: bytes) -> None:
    assert list(jobs(broken)) == []


def test_a_message_is_read_as_far_as_it_is_one() -> None:
    assert fields(b"\x1a\x02hi\x1a\x09cut") == {3: [b"hi"]}
    assert fields(b"\x1a\x02hi\x07") == {3: [b"hi"]}


def test_a_small_frame_that_unpacks_to_very_much_is_bounded() -> None:
    content = gzip.compress(bytes(50 << 20))
    body = (
        b"\x08\x01\x12" + bytes([len(content) & 127 | 128, len(content) >> 7 & 127 | 128, len(content) >> 14]) + content
    )
    assert list(jobs((1 | _PROTOBUF).to_bytes(4, "little") + bytes(4) + body)) == []
