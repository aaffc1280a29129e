from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proxy_addons.replay import reassembly
from proxy_addons.replay.reassembly import Reassembly
from proxy_addons.replay.segments import Segment
from proxy_addons.replay.stream import Side, What
from tests.proxy_addons.replay.factories import PUPIL, WEB, Talk
from tests.proxy_addons.replay.reassembled import events, heard, said

UP, DOWN = b"one, two, three, four, five", b"six, seven, eight, nine, ten"


@pytest.fixture
def talk() -> Talk:
    return Talk(mss=5).hello().up(UP).down(DOWN).bye()


def test_both_sides_are_put_together_across_the_wrap(talk: Talk) -> None:
    assert heard(talk.packets) == said(UP, DOWN)


def test_what_is_sent_again_is_told_once(talk: Talk) -> None:
    assert heard(p for packet in talk.packets for p in (packet, packet)) == said(UP, DOWN)


def test_a_capture_that_begins_in_the_middle_is_read_from_there(talk: Talk) -> None:
    assert heard(talk.packets[4:]) == said(UP[5:], DOWN)


def test_who_answers_is_the_server_even_where_that_is_all_there_is() -> None:
    answers = Talk().hello().down(b"HTTP/1.1 200 OK\r\n").packets[3:]
    assert {event.side for event in events(answers) if event.data} == {Side.SERVER}


def test_ports_used_again_are_another_connection() -> None:
    packets = [
        *Talk().hello().up(b"first").packets,
        *Talk(sequences={True: 9, False: 99}).hello().up(b"second").packets,
    ]
    assert {(e.stream.number, e.data) for e in events(packets) if e.data} == {(0, b"first"), (1, b"second")}


def test_a_handshake_sent_again_is_the_same_connection() -> None:
    talk = Talk().hello().up(b"once")
    assert {e.stream.number for e in events([talk.packets[0], *talk.packets])} == {0}


def test_every_connection_ends_at_the_end_of_the_capture() -> None:
    ends = [e.side for e in events(Talk().hello().up(b"a").packets) if e.what is What.END]
    assert ends == [Side.CLIENT, Side.SERVER]


def test_no_more_connections_are_followed_than_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reassembly, "MOST_OPEN", 3)
    packets = [p for port in range(40000, 40010) for p in Talk(client=(PUPIL, port)).hello().up(b"a").packets]
    told = events(packets)
    assert sum(e.what is What.END for e in told) == 20
    assert told[3].what is What.END or told[4].what is What.END


_segment = st.builds(
    Segment,
    st.just(0.0),
    st.just(PUPIL.encode()),
    st.just(1),
    st.just(WEB.encode()),
    st.just(2),
    st.integers(0, 2**32 - 1) | st.integers(0, 60),
    st.integers(0, 2**32 - 1) | st.integers(0, 60),
    st.integers(0, 63),
    st.binary(max_size=20),
)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.booleans(), _segment), max_size=30))
def test_no_segments_whatever_they_claim_confuse_the_order(claimed: list[tuple[bool, Segment]]) -> None:
    """Each side of each connection is told gapless, from its beginning to its one end."""
    turned = (
        s._replace(source=s.target, source_port=s.target_port, target=s.source, target_port=s.source_port)
        if back
        else s
        for back, s in claimed
    )
    offsets: Counter[tuple[int, Side]] = Counter()
    ended: set[tuple[int, Side]] = set()
    for event in Reassembly(Counter()).events(turned):
        key = event.stream.number, event.side
        assert key not in ended
        assert event.offset == offsets[key]
        offsets[key] += len(event.data) + event.size
        if event.what is What.END:
            ended.add(key)
