"""What an enrolled device has: all of it, or nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.enrolment import enrolled
from detection.settings import SettingsError

SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 27, tzinfo=UTC)
ROW = enrolled.device_row("https://a:8446", "laptop-7", "hill-school", (SINCE.isoformat(), UNTIL.isoformat()))


def test_what_was_written_is_read_and_its_owner_alone_can(tmp_path: Path) -> None:
    enrolled.write(tmp_path, {enrolled.DEVICE: ROW, enrolled.KEY: b"key"})
    device = enrolled.read(tmp_path)
    assert (device.device, device.organisation) == ("laptop-7", "hill-school")
    assert (device.trusted, device.library_key) == (None, None)
    assert {path.stat().st_mode & 0o077 for path in (device.folder, *device.folder.iterdir())} == {0}


def test_a_device_is_not_enrolled_twice(tmp_path: Path) -> None:
    enrolled.write(tmp_path, {enrolled.DEVICE: ROW})
    with pytest.raises(FileExistsError):
        enrolled.write(tmp_path, {enrolled.DEVICE: b"other"})
    assert enrolled.read(tmp_path).device == "laptop-7"


def test_what_a_kill_left_half_done_is_no_enrolment(tmp_path: Path) -> None:
    (tmp_path / "enrolment.new").mkdir()
    (tmp_path / "enrolment.new" / enrolled.KEY).write_text("half")
    with pytest.raises(SettingsError, match="is not enrolled: gatehouse-agent enrol"):
        enrolled.read(tmp_path)
    enrolled.write(tmp_path, {enrolled.DEVICE: ROW})
    assert not enrolled.read(tmp_path).key.exists()


def test_a_damaged_enrolment_says_what_to_do(tmp_path: Path) -> None:
    enrolled.write(tmp_path, {enrolled.DEVICE: b"{}"})
    with pytest.raises(SettingsError, match="enrol the device anew"):
        enrolled.read(tmp_path)


def test_a_certificate_is_due_at_a_third_of_its_life(tmp_path: Path) -> None:
    enrolled.write(tmp_path, {enrolled.DEVICE: ROW})
    device = enrolled.read(tmp_path)
    assert not device.is_due(datetime(2026, 8, 28, tzinfo=UTC))
    assert device.is_due(datetime(2026, 8, 30, tzinfo=UTC))
