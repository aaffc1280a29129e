import random
from collections import Counter

import pytest
from scapy.layers.inet import IP
from scapy.packet import Raw

from proxy_addons.replay import ordering
from proxy_addons.replay.stream import What
from tests.proxy_addons.replay.factories import PUPIL, Talk
from tests.proxy_addons.replay.reassembled import events, heard, said

UP, DOWN = b"one, two, three, four, five", b"six, seven, eight, nine, ten"


@pytest.fixture
def talk() -> Talk:
    return Talk(mss=5).hello().up(UP).down(DOWN).bye()


@pytest.mark.parametrize("seed", range(10))
def test_packets_out_of_order_are_put_in_order_and_an_answer_after_its_question(talk: Talk, seed: int) -> None:
    between = talk.packets[3:-3]
    random.Random(seed).shuffle(between)
    assert heard([*talk.packets[:3], *between, *talk.packets[-3:]]) == said(UP, DOWN)


def test_overlapping_packets_are_told_once() -> None:
    talk = Talk().hello()
    start = talk.sequences[True]
    for at, data in ((0, b"abcd"), (2, b"cdef"), (8, b"ij"), (5, b"fghi")):
        talk.sequences[True] = start + at
        talk.up(data)
    assert heard(talk.packets) == said(b"abcdefghij")


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


def test_a_reset_ends_both_sides_and_one_out_of_place_ends_nothing() -> None:
    ended = [e.what for e in events(Talk().hello().up(b"a").reset().packets)]
    assert ended == [What.DATA, What.END, What.END]
    forged = Talk().hello().up(b"a")
    forged.sequences[False] += 1000
    forged.reset()
    forged.sequences[False] -= 1000
    assert heard(forged.down(b"still here").packets) == said(b"a", b"still here")


def test_a_held_packet_keeps_its_own_time() -> None:
    talk = Talk(mss=5).hello().up(b"01234567")
    first, second = (p for p in talk.packets if p.haslayer(Raw))
    talk.packets.remove(first)
    talk.packets.append(first)
    first.time = second.time + 100
    assert [e.at for e in events(talk.packets) if e.data] == [first.time, second.time]


def test_no_more_is_held_for_a_hole_than_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "WAITING", 5_000)
    talk = Talk(mss=100).hello().up(b"x" * 50_000)
    del talk.packets[3]
    talk.packets = [p for p in talk.packets if p.haslayer(Raw) or (p.haslayer(IP) and p.src == PUPIL)]
    lost, first, *_ = events(talk.packets)
    assert (lost.what, lost.size, first.what) == (What.LOST, 100, What.DATA)
    assert first.at < talk.at - 4
