import pytest

from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.dns_talk import HIDES, RESOLVER, over_tcp, query
from tests.proxy_addons.replay.factories import NOON, PUPIL, Talk
from tests.proxy_addons.replay.tls_talk import TlsTalk

NAMES = [HIDES, "surfshark.com", "mullvad.net"]
ALL = over_tcp(*map(query, NAMES))
ANSWERED = over_tcp(query()[:2] + b"\x81\x80" + query()[4:])


def talk(mss: int = 1000, client: str = PUPIL, server: str = RESOLVER) -> Talk:
    return Talk(client=(client, 40053), server=(server, 53), mss=mss).hello()


@pytest.mark.parametrize("mss", [1, 7, 1000])
@pytest.mark.parametrize(("client", "server"), [(PUPIL, RESOLVER), ("2001:db8::7", "2001:db8::53")])
def test_lookups_are_read_however_they_are_cut(replayed: Replayed, mss: int, client: str, server: str) -> None:
    outcome = replayed(talk(mss, client, server).up(ALL).down(ANSWERED).bye().packets)
    assert [detection.observation.text for detection in outcome.detections] == NAMES
    assert {detection.observation.subject.address for detection in outcome.detections} == {client}
    assert outcome.read["lookups"] == 3
    assert not outcome.unread


def test_each_is_read_at_its_time(replayed: Replayed) -> None:
    asks = talk()
    for name, at in zip(NAMES, (10, 20, 30), strict=True):
        asks.at = NOON + at
        asks.up(over_tcp(query(name))).down(ANSWERED)
    found = replayed(asks.bye().packets).detections
    assert [detection.observation.seen_at.timestamp() - NOON for detection in found] == [10, 20, 30]


def test_where_no_handshake_was_captured_who_answers_is_the_server(replayed: Replayed) -> None:
    asks = Talk(client=(PUPIL, 40053), server=(RESOLVER, 53)).down(ANSWERED).up(over_tcp(query())).bye()
    (found,) = replayed(asks.packets).detections
    assert found.observation.subject.address == PUPIL


def test_what_follows_one_that_is_none_is_not_read_as_live(replayed: Replayed) -> None:
    bad = over_tcp(query()[:20])
    outcome = replayed(talk().up(over_tcp(query())).up(bad + ALL).up(b"more").bye().packets)
    assert [detection.observation.text for detection in outcome.detections] == [HIDES]
    assert outcome.unread == {
        ("DNS lookups", "malformed"): 1,
        ("bytes of DNS", "behind what cannot be read"): 4,
    }


def test_behind_a_hole_none_is_looked_for(replayed: Replayed) -> None:
    asks = talk().up(over_tcp(query())).up(over_tcp(query("surfshark.com"))).up(over_tcp(query("mullvad.net"))).bye()
    lost = next(n for n, packet in enumerate(asks.packets) if b"surfshark" in bytes(packet))
    outcome = replayed(asks.packets[:lost] + asks.packets[lost + 1 :])
    assert [detection.observation.text for detection in outcome.detections] == [HIDES]
    assert outcome.unread["bytes of DNS", "lost"] == len(over_tcp(query("surfshark.com")))
    assert outcome.unread["bytes of DNS", "behind what cannot be read"] == len(over_tcp(query("mullvad.net")))


def test_one_that_is_cut_off_is_counted(replayed: Replayed) -> None:
    outcome = replayed(talk().up(over_tcp(query())).up(over_tcp(query())[:20]).bye().packets)
    assert (outcome.read["lookups"], outcome.unread) == (1, {("DNS lookups", "cut off"): 1})


def test_lookups_in_tls_are_read_with_its_keys(replayed: Replayed) -> None:
    asks = TlsTalk().hello().up(over_tcp(query())).bye()
    outcome = replayed(asks.packets, keys=asks.lines)
    assert [detection.observation.text for detection in outcome.detections] == [HIDES]
