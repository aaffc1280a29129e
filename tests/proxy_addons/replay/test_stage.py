import asyncio
import logging

import pytest

from proxy_addons.replay.findings import Findings
from proxy_addons.replay.playhead import Playhead
from proxy_addons.replay.spectator import Onlooker
from proxy_addons.replay.stage import Stage
from proxy_addons.replay.tls.key_log import KeyLog
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get, library, typed
from tests.proxy_addons.sensor_double import SensorDouble


def test_what_the_gateway_never_opens_the_replay_does_not_read_either(replayed: Replayed) -> None:
    outcome = replayed(Talk().hello().up(get(host="www.nhs.uk")).down(answer()).bye().packets)
    assert ("messages to hosts that are never opened", "health") in outcome.unread


def test_a_fault_of_ours_is_counted_and_nothing_of_mitmproxys_is_left_behind(
    caplog: pytest.LogCaptureFixture,
) -> None:
    handlers = logging.getLogger().handlers[:]

    async def go() -> Stage:
        playhead = Playhead("f", "l")
        stage = Stage(
            Findings(SensorDouble().observe, SensorDouble().sighted, playhead), Onlooker(library()), playhead, KeyLog()
        )
        with stage.guard("connection 7"):
            [][0]
        await stage.close()
        return stage

    assert asyncio.run(go()).unread() == {("faults of ours", "replay"): 1}
    assert "IndexError" in caplog.text
    assert "connection 7" in caplog.text
    assert logging.getLogger().handlers == handlers


def test_what_was_being_typed_when_the_recording_ends_is_read(replayed: Replayed) -> None:
    talk = Talk().hello()
    for save in typed(WORDS[:6], WORDS[6:]):
        talk = talk.up(save).down(answer())
    (detection,) = replayed(talk.bye().packets).detections
    assert (detection.observation.text, detection.observation.app) == (WORDS, "Google Docs")
