"""What is known of the first box outlives the program; what cannot be read is nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from appliance.second import known
from appliance.second.known import Known, State
from tests.appliance.factories import NOON

HOURS = timedelta(hours=72)


def test_it_is_there_after_a_start(tmp_path: Path) -> None:
    said = Known(state=State.ALONE, heard_at=NOON, because={"pupils": "Agreed by kim."})
    for each in (said, said.moved(State.ENDED, NOON + HOURS)):
        known.save(tmp_path, each)
        assert known.load(tmp_path) == each


def test_what_an_older_program_kept_is_known_too(tmp_path: Path) -> None:
    (tmp_path / known.FILE).write_text('{"state": "alone", "heard_at": null, "because": {}}')
    assert known.load(tmp_path) == Known(state=State.ALONE, because={})


@pytest.mark.parametrize("written", ["", "{}", '{"state": "glad", "heard_at": null, "because": {}}'])
def test_what_cannot_be_read_is_nothing(tmp_path: Path, written: str) -> None:
    assert known.load(tmp_path).state is State.NEW
    (tmp_path / known.FILE).write_text(written)
    assert known.load(tmp_path).state is State.NEW


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.NEW, "has not been heard of yet"),
        (State.FOLLOWING, "heard of at 2026-"),
        (State.ALONE, "what was agreed last holds until"),
        (State.TOO_LONG, "too long: nothing is read"),
        (State.CUT_OFF, "(revoked): nothing is read; join it again with a code"),
        (State.ENDED, "ended at 2026-03-04 12:00 UTC: nothing is read; join it again with a code"),
    ],
)
def test_each_state_is_said_in_words(state: State, said: str) -> None:
    stands = Known(state=state, heard_at=NOON, because={}, ended_at=NOON)
    words = known.in_words(stands, "https://first:8446", HOURS)
    assert said in words
    assert words.startswith("The first box, https://first:8446: ")
