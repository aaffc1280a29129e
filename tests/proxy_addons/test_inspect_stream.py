import base64
import gzip
from itertools import pairwise

import pytest

from proxy_addons.inspect_stream import MOST, EventStream
from proxy_addons.watchdog import Watchdog


@pytest.fixture
def watchdog():
    return Watchdog()


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def event(word):
    return f'data: {{"delta": "{word}"}}\n\n'.encode()


def test_a_short_answer_is_read_in_one_when_it_ends(watchdog):
    read = []
    stream = EventStream("", read.append, watchdog, "flow")
    chunks = [event("rivers "), event("of "), event("Wales"), b""]
    assert [stream(chunk) for chunk in chunks] == chunks
    assert read == [b"".join(chunks)]


def test_an_answer_cut_anywhere_is_put_together_whatever_its_coding(watchdog):
    read = []
    stream = EventStream("gzip", read.append, watchdog, "flow")
    packed = gzip.compress(event("one") + event("two"))
    for start in range(0, len(packed), 3):
        stream(packed[start : start + 3])
    stream(b"")
    assert read == [event("one") + event("two")]


def test_a_long_answer_is_read_in_pieces_that_overlap_by_whole_events(watchdog):
    read = []
    stream = EventStream("", read.append, watchdog, "flow")
    events = [event(f"word {n}") for n in range(6000)]
    for one in events:
        stream(one)
    stream(b"")
    assert len(read) > 2
    assert all(piece.startswith(b"data: ") and piece.endswith(b"\n\n") for piece in read)
    assert all(later[:200] in earlier for earlier, later in pairwise(read))
    assert set(b"".join(read).split(b"\n\n")) == set(b"".join(events).split(b"\n\n"))


def test_objects_to_a_line_are_cut_between_lines(watchdog):
    read = []
    stream = EventStream("", read.append, watchdog, "flow")
    lines = [f'{{"text": "word {n}"}}\n'.encode() for n in range(6000)]
    for line in lines:
        stream(line)
    stream(b"")
    assert all(piece.startswith(b"{") and piece.endswith(b"}\n") for piece in read)
    assert set(b"".join(read).splitlines()) == set(b"".join(lines).splitlines())


def test_a_chat_that_never_ends_is_read_as_far_as_it_has_come(watchdog):
    read, clock = [], Clock()
    stream = EventStream("", read.append, watchdog, "flow", clock)
    stream(event("hello"))
    assert read == []
    clock.now = 11.0
    stream(event("you"))
    assert read == [event("hello") + event("you")]


def test_what_came_before_a_broken_connection_is_read_once(watchdog):
    read = []
    stream = EventStream("", read.append, watchdog, "flow")
    stream(event("hello") + b"data: half")
    stream.finish()
    stream.finish()
    assert read == [event("hello") + b"data: half"]


def test_an_endless_stream_is_read_up_to_a_limit_and_the_rest_counted(watchdog):
    stream = EventStream("", lambda piece: None, watchdog, "flow")
    for _ in range(MOST // (1 << 20) + 2):
        assert len(stream(bytes(1 << 20))) == 1 << 20
    assert watchdog.report()["unread"] == {"large": 1}


def test_a_broken_coding_never_breaks_the_answer(watchdog):
    stream = EventStream("gzip", lambda piece: None, watchdog, "flow")
    assert stream(b"not gzip at all") == b"not gzip at all"
    assert watchdog.report()["faults"] == {"stream": 1}


FRAME = b"\0\0\0\0\3one"


@pytest.mark.parametrize("kind", ["application/grpc-web+proto", "application/grpc-web-text"])
def test_frames_are_read_whole_and_once(watchdog, kind):
    read, clock = [], Clock()
    stream = EventStream("", read.append, watchdog, "flow", clock, media_type=kind)
    sent = base64.b64encode(FRAME) * 3 if kind.endswith("text") else FRAME * 3
    for at in range(0, len(sent), 5):
        stream(sent[at : at + 5])
        clock.now += 7.0
    stream(b"")
    assert len(read) > 1
    assert all(len(piece) % len(FRAME) == 0 for piece in read)
    assert b"".join(read) == FRAME * 3
