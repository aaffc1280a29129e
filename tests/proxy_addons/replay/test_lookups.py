import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest
from scapy.layers.dns import DNS, DNSQR, DNSRR
from scapy.layers.inet import IP, UDP
from scapy.packet import Packet

from detection.grading import Detection
from detection.illegal_lists import Hit
from detection.illegal_sighting import Sighting
from detection.observation import Channel, Direction
from proxy_addons.replay.replay import replay
from proxy_addons.replay.report import as_json
from proxy_addons.replay.spectator import Onlooker
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.dns_talk import HIDES, RESOLVER, over_udp, query
from tests.proxy_addons.replay.encapsulations import TAGS, TUNNELS, Encapsulation
from tests.proxy_addons.replay.factories import NOON, PUPIL, WORDS, Talk, answer, library, search, wrapped, write

SIX = "2001:db8::7"


@pytest.mark.parametrize("client", [PUPIL, SIX])
def test_a_lookup_raises_what_it_would_live_at_its_time(replayed: Replayed, client: str) -> None:
    outcome = replayed([over_udp(query(), client=client, at=NOON + 7)])
    (found,) = outcome.detections
    seen = found.observation
    assert (seen.channel, seen.direction, seen.app, seen.text) == (Channel.DNS, Direction.SENT_BY_PAGE, "DNS", HIDES)
    assert (seen.subject.address, seen.seen_at.timestamp()) == (client, NOON + 7)
    assert outcome.read["lookups"] == 1
    assert not outcome.unread


def test_a_lookup_of_any_other_name_leaves_a_count_and_nothing_else(replayed: Replayed) -> None:
    lookup = over_udp(query("forum.test"))
    answered = IP(src=RESOLVER, dst=PUPIL) / UDP(sport=53, dport=40053) / DNS(
        id=7, qr=1, qd=DNSQR(qname="forum.test"), an=DNSRR(rrname="forum.test", rdata="192.0.2.80")
    )  # fmt: skip
    answered.time = NOON + 0.01
    outcome = replayed([lookup, answered])
    assert outcome.detections == []
    assert outcome.read == {"packets": 2, "connections": 0, "bytes of TCP": 0, "requests": 0, "lookups": 1}
    assert outcome.unread == {("packets", "answers of DNS"): 1}
    assert "forum.test" not in as_json(outcome)


def test_what_cannot_be_a_lookup_is_counted(replayed: Replayed) -> None:
    outcome = replayed([over_udp(query()[:20]), over_udp(query()[:12] + b"\xc0\x0c" * 200)])
    assert outcome.detections == []
    assert "lookups" not in outcome.read
    assert outcome.unread == {("DNS lookups", "malformed"): 2}


@pytest.mark.parametrize("way", [*TAGS, *TUNNELS], ids=str)
def test_a_lookup_is_read_whatever_it_is_wrapped_in(tmp_path: Path, way: Encapsulation) -> None:
    packet = over_udp(query(), client=SIX if way.six else PUPIL)
    file = write(tmp_path / "wrapped.pcap", [packet], wrap=way.wrap, link=way.link)
    outcome = asyncio.run(replay(file, "0" * 64, Onlooker(library())))
    assert [d.observation.text for d in outcome.detections] == [HIDES]


def test_a_lookup_in_fragments_is_read(replayed: Replayed) -> None:
    whole = over_udp(query("a" * 60 + "." + HIDES))
    pieces = [wrapped(piece) for piece in _fragments(whole)]
    assert len(pieces) > 1
    assert len(replayed(pieces).detections) == 1


def test_what_neighbours_ask_each_other_is_no_lookup(replayed: Replayed) -> None:
    packets = [IP(src=PUPIL, dst="224.0.0.251") / UDP(sport=p, dport=p) / DNS(query()) for p in (5353, 5355, 137)]
    outcome = replayed(_at_noon(packets))
    assert outcome.detections == []
    assert outcome.unread == {("packets", "UDP"): 3}


def test_lookups_have_their_places_among_what_else_there_is(replayed: Replayed) -> None:
    talk = Talk().hello().up(search()).down(answer())
    talk.at = NOON + 20
    talk.up(search(f"{WORDS} again")).down(answer()).bye()
    lookups = [over_udp(query(name), at=NOON + at) for at, name in ((10, HIDES), (30, "surfshark.com"))]
    outcome = replayed(sorted([*talk.packets, *lookups], key=lambda packet: packet.time))
    found = [detection.observation for detection in outcome.detections]
    assert [seen.text for seen in found] == [WORDS, HIDES, f"{WORDS} again", "surfshark.com"]
    assert [seen.seen_at for seen in found] == sorted(seen.seen_at for seen in found)
    assert len({seen.id for seen in found}) == 4


def test_many_lookups_at_one_time_have_ids_of_their_own(replayed: Replayed) -> None:
    names = [HIDES, "surfshark.com", "mullvad.net"]
    outcome = replayed(over_udp(query(name)) for name in names)
    assert [detection.observation.text for detection in outcome.detections] == names
    assert len({detection.observation.id for detection in outcome.detections}) == 3


def test_a_listed_host_is_sighted(tmp_path: Path) -> None:
    sightings = list[Sighting]()

    class Lists:
        def address(self, host: str, target: str) -> Hit | None:
            listed = host == "listed.test" and target == "/"
            return Hit(list_name="List", edition="1", entry="00", is_file=False) if listed else None

    class Sees(Onlooker):
        def sighted(self, sighting: Sighting) -> Detection | None:
            sightings.append(sighting)
            return None

    spectator = Sees(library())
    spectator.illegal = Lists()  # type: ignore[assignment]
    file = write(tmp_path / "listed.pcap", [over_udp(query("LISTED.test"))])
    asyncio.run(replay(file, "0" * 64, spectator))
    assert [(s.address, s.subject.address, s.seen_at.timestamp()) for s in sightings] == [("listed.test", PUPIL, NOON)]


def _at_noon(packets: Iterable[Packet]) -> list[Packet]:
    made = list(packets)
    for packet in made:
        packet.time = NOON
    return made


def _fragments(packet: Packet) -> list[Packet]:
    return _at_noon(packet.fragment(fragsize=64))
