"""What replay tests share: one way to replay packets and look at what came of it."""

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from scapy.packet import Packet

from proxy_addons.replay.replay import Outcome, replay
from proxy_addons.replay.spectator import Onlooker
from proxy_addons.replay.tls.key_log import KeyLog
from tests.proxy_addons.replay.factories import library, write


@pytest.fixture(autouse=True, scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept between replays is kept between tests, and not for the person who runs them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


class Replayed(Protocol):
    def __call__(self, packets: Iterable[Packet], keys: Iterable[bytes] = ()) -> Outcome: ...


@pytest.fixture
def replayed(tmp_path: Path) -> Replayed:
    """Write the packets to a file and replay it."""

    def go(packets: Iterable[Packet], keys: Iterable[bytes] = ()) -> Outcome:
        log = KeyLog()
        assert not log.add(keys).bad
        file = write(tmp_path / "talk.pcap", packets)
        return asyncio.run(replay(file, "0" * 64, Onlooker(library()), keys=log))

    return go


def asked(outcome: Outcome) -> list[tuple[str, str, int | None]]:
    return [(r.method, r.url, r.status) for r in outcome.ledger.requests]
