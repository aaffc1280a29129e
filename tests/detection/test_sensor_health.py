"""What the watchdog is told can be written to a status file as it stands."""

import json
from dataclasses import asdict

import pytest

from detection.bindings import BindingsState
from detection.delivery import DeliveryState
from detection.illegal_lists import ListsState
from detection.library_updates import LibraryState, LibraryTrouble
from detection.outbox import OutboxCounts
from detection.sensor_health import SensorHealth, SensorTally, health
from tests.detection.factories import NOW

COUNTS = OutboxCounts(waiting=3, blobs_waiting=2, set_aside=1, oldest_waiting=NOW)


def told(
    *,
    counts: OutboxCounts | None = COUNTS,
    delivery: bool = True,
    bindings: bool = True,
    library: bool | None = True,
    illegal: bool = True,
    running: bool = True,
) -> SensorHealth:
    return health(
        SensorTally(reported=5, unreported=1),
        counts,
        DeliveryState(running=delivery, last_success=NOW, failures=2, last_error="answer 503"),
        BindingsState(running=bindings),
        None
        if library is None
        else LibraryState(running=library, confirmed_at=NOW, last_error="answer 404", trouble=LibraryTrouble.OLDER),
        ListsState(running=illegal, entries=4, last_error="lists/iwf.signed: cannot be read"),
        running=running,
        library_version="l",
    )


def test_health_is_plain_enough_for_a_status_file() -> None:
    written = json.loads(json.dumps(asdict(told())))
    assert (written["waiting"], written["oldest_waiting"]) == (3, "2026-03-02T10:30:00+00:00")
    assert (written["illegal_entries"], written["illegal_error"]) == (4, "lists/iwf.signed: cannot be read")
    assert (written["delivery_failures"], written["delivery_error"]) == (2, "answer 503")


def test_an_outbox_that_cannot_be_asked_is_not_an_empty_one() -> None:
    assert (told(counts=None).waiting, told(counts=None).oldest_waiting) == (None, None)


@pytest.mark.parametrize("dead", ["delivery", "bindings", "library", "illegal", "running"])
def test_a_sensor_with_one_dead_part_is_not_running(dead: str) -> None:
    assert told().running
    assert not told(**{dead: False}).running  # type: ignore[arg-type]


def test_what_the_library_is_confirmed_by_is_told_only_where_the_appliance_is_asked() -> None:
    asked, alone = told(), told(library=None)
    assert (asked.library_confirmed, asked.library_error) == (NOW.isoformat(), "answer 404")
    assert (asked.library_trouble, alone.library_trouble) == ("older", "")
    assert (alone.library_confirmed, alone.library_error, alone.running) == (None, "", True)
