import random
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scapy.layers.inet import IP
from scapy.packet import Packet, Raw

from proxy_addons.replay import streams
from proxy_addons.replay.segments import Segment, segments
from proxy_addons.replay.streams import Event, Reassembly, Side, What
from tests.proxy_addons.replay.factories import PUPIL, WEB, Talk, captured

UP, DOWN = b"one, two, three, four, five", b"six, seven, eight, nine, ten"


def events(packets: Iterable[Packet], unread: Counter[tuple[str, str]] | None = None) -> list[Event]:
    counted: Counter[tuple[str, str]] = Counter() if unread is None else unread
    return list(Reassembly(counted).events(segments(captured(packets), counted)))


def heard(packets: Iterable[Packet]) -> list[tuple[str, bytes]]:
    """Who said what, in order; pieces put together, "?" for what is missing."""
    told: list[tuple[str, bytes]] = []
    for event in events(packets):
        said = b"?" * event.size if event.what is What.LOST else event.data
        if said and told and told[-1][0] == event.side.name:
            told[-1] = event.side.name, told[-1][1] + said
        elif said:
            told.append((event.side.name, said))
    return told


def said(up: bytes, *down: bytes) -> list[tuple[str, bytes]]:
    return [("CLIENT", up), *(("SERVER", d) for d in down)]


@pytest.fixture
def talk() -> Talk:
    return Talk(mss=5).hello().up(UP).down(DOWN).bye()


def test_both_sides_are_put_together_across_the_wrap(talk: Talk) -> None:
    assert heard(talk.packets) == said(UP, DOWN)


@pytest.mark.parametrize("seed", range(10))
def test_packets_out_of_order_are_put_in_order_and_an_answer_after_its_question(talk: Talk, seed: int) -> None:
    between = talk.packets[3:-3]
    random.Random(seed).shuffle(between)
    assert heard([*talk.packets[:3], *between, *talk.packets[-3:]]) == said(UP, DOWN)


def test_what_is_sent_again_is_told_once(talk: Talk) -> None:
    assert heard(p for packet in talk.packets for p in (packet, packet)) == said(UP, DOWN)


def test_overlapping_packets_are_told_once() -> None:
    talk = Talk().hello()
    start = talk.sequences[True]
    for at, data in ((0, b"abcd"), (2, b"cdef"), (8, b"ij"), (5, b"fghi")):
        talk.sequences[True] = start + at
        talk.up(data)
    assert heard(talk.packets) == said(b"abcdefghij")


def test_a_capture_that_begins_in_the_middle_is_read_from_there(talk: Talk) -> None:
    assert heard(talk.packets[4:]) == said(UP[5:], DOWN)


def test_who_answers_is_the_server_even_where_that_is_all_there_is() -> None:
    answers = Talk().hello().down(b"HTTP/1.1 200 OK\r\n").packets[3:]
    assert {event.side for event in events(answers) if event.data} == {Side.SERVER}


def test_a_hole_is_told_where_it_is_and_what_follows_it(talk: Talk) -> None:
    lost = next(p for p in talk.packets if p.haslayer(Raw) and p[Raw].load == DOWN[10:15])
    unread: Counter[tuple[str, str]] = Counter()
    packets = [p for p in talk.packets if p is not lost]
    assert heard(packets) == said(UP, DOWN[:10] + b"?????" + DOWN[15:])
    events(packets, unread)
    assert unread == {("bytes of TCP", "missing from the capture"): 5}


def test_a_lost_answer_is_missed_before_the_next_question_is_told() -> None:
    talk = Talk().hello()
    for number in range(5):
        talk.up(b"ask %d " % number).down(b"say %d " % number)
    packets = [p for p in talk.packets if not (p.haslayer(Raw) and p[Raw].load == b"say 2 ")]
    told = heard(packets)
    assert told.index(("SERVER", b"??????")) == told.index(("CLIENT", b"ask 3 ")) - 1
    assert told[-1] == ("SERVER", b"say 4 ")


def test_a_lost_end_is_missed_where_the_other_side_has_confirmed_more(talk: Talk) -> None:
    packets = [p for p in talk.packets if not (p.haslayer(Raw) and p[Raw].load == DOWN[25:])]
    assert heard(packets) == said(UP, DOWN[:25] + b"???")


def test_packets_cut_by_the_capture_leave_holes() -> None:
    talk = Talk(mss=10).hello().up(b"0123456789" * 3).bye()
    cut = [p if not p.haslayer(Raw) else IP(bytes(p)[:-4]) for p in talk.packets]
    for packet, whole in zip(cut, talk.packets, strict=True):
        packet.time = whole.time
    assert heard(cut) == said(b"012345????012345????012345????")


def test_ports_used_again_are_another_connection() -> None:
    packets = [
        *Talk().hello().up(b"first").packets,
        *Talk(sequences={True: 9, False: 99}).hello().up(b"second").packets,
    ]
    assert {(e.stream.number, e.data) for e in events(packets) if e.data} == {(0, b"first"), (1, b"second")}


def test_a_handshake_sent_again_is_the_same_connection() -> None:
    talk = Talk().hello().up(b"once")
    assert {e.stream.number for e in events([talk.packets[0], *talk.packets])} == {0}


def test_a_reset_ends_both_sides_and_one_out_of_place_ends_nothing() -> None:
    ended = [e.what for e in events(Talk().hello().up(b"a").reset().packets)]
    assert ended == [What.DATA, What.END, What.END]
    forged = Talk().hello().up(b"a")
    forged.sequences[False] += 1000
    forged.reset()
    forged.sequences[False] -= 1000
    assert heard(forged.down(b"still here").packets) == said(b"a", b"still here")


def test_every_connection_ends_at_the_end_of_the_capture() -> None:
    ends = [e.side for e in events(Talk().hello().up(b"a").packets) if e.what is What.END]
    assert ends == [Side.CLIENT, Side.SERVER]


def test_a_held_packet_keeps_its_own_time() -> None:
    talk = Talk(mss=5).hello().up(b"01234567")
    first, second = (p for p in talk.packets if p.haslayer(Raw))
    talk.packets.remove(first)
    talk.packets.append(first)
    first.time = second.time + 100
    assert [e.at for e in events(talk.packets) if e.data] == [first.time, second.time]


def test_no_more_is_held_for_a_hole_than_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "WAITING", 5_000)
    talk = Talk(mss=100).hello().up(b"x" * 50_000)
    del talk.packets[3]
    talk.packets = [p for p in talk.packets if p.haslayer(Raw) or (p.haslayer(IP) and p.src == PUPIL)]
    lost, first, *_ = events(talk.packets)
    assert (lost.what, lost.size, first.what) == (What.LOST, 100, What.DATA)
    assert first.at < talk.at - 4


def test_no_more_connections_are_followed_than_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MOST_OPEN", 3)
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
