"""When somebody is to be told: at the first start, at each sign-in, and when the school has changed its notice."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from agent.telling.last_told import Due, LastTold
from agent.telling.words import told
from tests.agent.telling.test_words import ALL


@pytest.fixture
def last(tmp_path: Path) -> LastTold:
    return LastTold(kept=tmp_path / "kept", here=tmp_path / "here")


def test_at_first_it_is_new_and_after_a_kill_nothing_is_due(last: LastTold) -> None:
    assert last.due(told(ALL)) is Due.NEW
    last.was_told(told(ALL))
    assert LastTold(kept=last.kept, here=last.here).due(told(ALL)) is Due.NOTHING


def test_at_the_next_sign_in_it_is_told_again(last: LastTold) -> None:
    last.was_told(told(ALL))
    shutil.rmtree(last.here)
    assert last.due(told(ALL)) is Due.AGAIN


def test_another_notice_is_new_and_another_hour_is_not(last: LastTold) -> None:
    last.was_told(told(ALL))
    assert last.due(told(replace(ALL, paused="it is a holiday"))) is Due.NOTHING
    assert last.due(told(replace(ALL, notice=replace(ALL.notice, text="Now at home too.")))) is Due.NEW


def test_whoever_was_told_that_nothing_is_recorded_is_told_when_it_is(last: LastTold) -> None:
    """As at a first sign-in, before the school has answered whose account it is."""
    unknown = told(replace(ALL, paused="of this account nothing is recorded"))
    assert last.due(unknown) is Due.AGAIN
    last.was_told(unknown)
    assert last.due(unknown) is Due.NOTHING
    assert last.due(told(ALL)) is Due.NEW
    last.was_told(told(ALL))
    last.was_told(unknown)
    assert last.due(told(ALL)) is Due.NOTHING, "an hour of a holiday is no new sign-in"


def test_what_cannot_be_read_counts_as_never_told(last: LastTold) -> None:
    last.was_told(told(ALL))
    (last.kept / "notice").write_bytes(b"\xff\xfe")
    assert last.due(told(ALL)) is Due.NEW
