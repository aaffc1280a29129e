"""Frames: what session and service tell each other arrives as it was said, and nothing else is taken for it."""

import socket
import struct
from datetime import UTC, datetime

import pytest

from agent.link.frames import (
    ALIKE,
    LARGEST,
    AskStanding,
    FrameError,
    Hello,
    Message,
    Taken,
    Unseen,
    decode,
    encode,
    receive,
    send,
)  # fmt: skip
from agent.orders import Orders
from agent.seen import Seen
from agent.standing import Standing
from detection.observation import Channel, Direction, Mark

SEEN = Seen(
    at=datetime(2026, 3, 2, 10, 30, tzinfo=UTC),
    channel=Channel.DOCUMENT,
    direction=Direction.WRITTEN,
    app="Writer",
    title="Essay",
    location="essay.odt",
    place="w1.f2.s3",
    text="Das Wetter ist schön, 天气很好",
    marks=frozenset({Mark.DELETED, Mark.PASTED}),
    picture=b"\xff\xd8picture",
    earlier_pictures=(b"one", b"", b"three"),
)
MESSAGES = [
    Hello(version="1.0", desktop="KDE"),
    SEEN,
    Taken(id="a"),
    Orders(screen=True),
    AskStanding(),
    Standing(version="1"),
    Unseen(said=("Nothing is seen of the screen.",)),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_what_is_said_is_heard(message: Message) -> None:
    one, other = socket.socketpair()
    with one, other:
        send(one, message)
        send(one, message)
        assert [receive(other), receive(other)] == [message, message]
        one.close()
        assert receive(other) is None


def test_whatever_is_taken_the_answer_is_as_long() -> None:
    assert {len(encode(Taken(id="x" * length))) for length in (1, 32, 128)} == {ALIKE}


@pytest.mark.parametrize(
    "head",
    [b"", b"[]", b"{}", b'{"kind": "order"}', b'{"kind": "taken"}', encode(SEEN)[8:-17].replace(b"written", b"wrote")],
)
def test_what_is_no_frame_is_refused(head: bytes) -> None:
    with pytest.raises(FrameError):
        decode(head, b"")


def test_pictures_of_another_length_than_said_are_refused() -> None:
    whole = encode(SEEN)
    head, _ = struct.unpack("!II", whole[:8])
    with pytest.raises(FrameError, match="pictures"):
        decode(whole[8 : 8 + head], b"short")


def test_a_frame_without_end_is_not_waited_for() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(struct.pack("!II", 10, LARGEST))
        with pytest.raises(FrameError, match="too large"):
            receive(other)


def test_a_connection_that_ends_in_a_frame_has_ended() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(encode(SEEN)[:-1])
        one.close()
        assert receive(other) is None
