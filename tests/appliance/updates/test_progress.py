"""What is under way is known to whoever comes after."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.updates.progress import Progress, UnderWay

BEGUN = UnderWay("1.0-a", "1.1-b", datetime(2027, 1, 4, 2, 30, tzinfo=UTC))


def test_what_was_begun_is_known_until_it_ends(tmp_path: Path) -> None:
    Progress(tmp_path / "state").begin(BEGUN)
    assert Progress(tmp_path / "state").under_way() == BEGUN
    Progress(tmp_path / "state").end()
    assert Progress(tmp_path / "state").under_way() is None
    assert Progress(tmp_path / "nothing").under_way() is None


def test_a_release_that_was_taken_back_is_known_and_no_other(tmp_path: Path) -> None:
    Progress(tmp_path).took_back("1.1-b")
    assert [Progress(tmp_path).was_taken_back(each) for each in ("1.1-b", "1.2-c")] == [True, False]
    assert not Progress(tmp_path / "nothing").was_taken_back("1.1-b")


def test_a_file_that_nobody_can_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "under-way.json").write_text("{")
    with pytest.raises(ValueError, match=r"under-way\.json: cannot be understood"):
        Progress(tmp_path).under_way()


def test_one_runs_at_a_time(tmp_path: Path) -> None:
    refused = pytest.raises(ValueError, match="another gatehouse update is at work")
    with Progress(tmp_path).alone(), refused, Progress(tmp_path).alone():
        raise AssertionError
    with Progress(tmp_path).alone():
        pass
