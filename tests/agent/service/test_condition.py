"""How the device is, in counts and sentences without content."""

from dataclasses import replace

import pytest

from agent.service.condition import condition_of
from agent.service.heartbeat import Condition
from detection.sensor_health import SensorHealth

WELL = SensorHealth(
    running=True,
    reported=0,
    unreported=0,
    in_memory=0,
    without_evidence=0,
    waiting=0,
    blobs_waiting=0,
    set_aside=0,
    oldest_waiting=None,
    outbox_error="",
    no_room=False,
    last_delivery=None,
    delivery_failures=0,
    delivery_error="",
    bindings_confirmed=None,
    bindings_error="",
    library_version="v1",
    library_confirmed=None,
    library_error="",
    illegal_entries=0,
    illegal_error="",
    canaries=0,
    stale_canaries=0,
    library_trouble="",
)


def condition(health: SensorHealth, *, settling: bool = False, troubles: tuple[str, ...] = ()) -> Condition:
    return condition_of(
        health, model_version="", dropped=0, last_detection_at=None, settling=settling, troubles=troubles
    )


def test_where_all_is_well_nothing_is_said() -> None:
    found = condition(WELL)
    assert (found.health, found.waiting, found.library_version) == ((), 0, "v1")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"running": False}, "does not run"),
        ({"outbox_error": "outbox.db: disk I/O error"}, "The disk does not take detections"),
        ({"no_room": True}, "nearly full"),
        ({"set_aside": 3}, "3 detections were refused"),
        ({"library_trouble": "signature"}, "not the newest: signature"),
    ],
)
def test_what_is_wrong_is_said(changes: dict[str, object], said: str) -> None:
    (sentence,) = condition(replace(WELL, **changes)).health  # type: ignore[arg-type]
    assert said in sentence


def test_while_something_may_still_be_on_its_way_it_does_not_pass_for_empty() -> None:
    """Else the appliance would take what was seen before for back-dated."""
    assert condition(WELL, settling=True).waiting == 1
    assert condition(replace(WELL, waiting=5), settling=True).waiting == 5


def test_other_troubles_are_passed_on() -> None:
    assert condition(WELL, troubles=("", "answer 500")).health == ("answer 500",)
