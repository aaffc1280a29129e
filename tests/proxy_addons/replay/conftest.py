"""What replay tests share: one way to replay packets and look at what came of it."""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from scapy.packet import Packet

from proxy_addons.replay.replay import Outcome, replay
from proxy_addons.replay.spectator import Onlooker
from tests.proxy_addons.replay.factories import library, write

Replayed = Callable[[Iterable[Packet]], Outcome]


@pytest.fixture
def replayed(tmp_path: Path) -> Replayed:
    """Write the packets to a file and replay it."""

    def go(packets: Iterable[Packet]) -> Outcome:
        return asyncio.run(replay(write(tmp_path / "talk.pcap", packets), "0" * 64, Onlooker(library())))

    return go


def asked(outcome: Outcome) -> list[tuple[str, str, int | None]]:
    return [(r.method, r.url, r.status) for r in outcome.ledger.requests]
