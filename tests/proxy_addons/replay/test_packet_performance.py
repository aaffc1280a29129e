import asyncio
from pathlib import Path

import pytest

from proxy_addons.replay.replay import replay
from proxy_addons.replay.spectator import Onlooker
from proxy_addons.replay.tls.layer import TlsLayer
from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import PUPIL, WORDS, Talk, answer, get, library, search, write


def several() -> list[Talk]:
    """Connections at the same time."""
    made = [Talk(client=(f"10.1.0.{n}", 40000 + n), at=1_772_539_200 + n / 1000) for n in range(5)]
    return [t.hello().up(search()).down(answer()).up(get(f"/{t.client[1]}")).down(answer()).bye() for t in made]


def test_connections_at_the_same_time_are_kept_apart(replayed: Replayed) -> None:
    packets = sorted((p for talk in several() for p in talk.packets), key=lambda p: p.time)
    outcome = replayed(packets)
    assert len(outcome.detections) == 5
    assert {d.observation.subject.address for d in outcome.detections} == {f"10.1.0.{n}" for n in range(5)}
    assert [status for _, _, status in asked(outcome)] == [200] * 10
    assert outcome.read == {"packets": len(packets), "connections": 5, "bytes of TCP": 1480, "requests": 10}
    assert not outcome.unread


def test_a_fault_of_ours_costs_the_connection_it_happened_in_and_no_other(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TlsLayer, "take", lambda layer, event: [][0])
    tls = Talk(client=(PUPIL, 40001)).hello().up(b"\x16\x03\x01\x00\x00").up(b"more").bye()
    outcome = replayed(tls.packets + Talk().hello().up(search()).down(answer()).bye().packets)
    assert len(outcome.detections) == 1
    assert outcome.unread == {("faults of ours", "replay"): 1}


def test_a_file_that_is_cut_off_is_read_that_far_and_says_so(tmp_path: Path) -> None:
    whole = write(tmp_path / "talk.pcap", Talk().hello().up(search()).down(answer()).bye().packets)
    whole.write_bytes(whole.read_bytes()[:-5])
    outcome = asyncio.run(replay(whole, "0" * 64, Onlooker(library())))
    assert [d.observation.text for d in outcome.detections] == [WORDS]
    assert outcome.ended == "cut off in the middle of a packet"
    assert outcome.unread == {("the rest of the file", outcome.ended): 1}
