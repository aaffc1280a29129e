"""``gatehouse-agent enrol-placed``: what is placed is used once and erased; only silence is a reason to try again."""

from pathlib import Path

import pytest

from agent.cli import main
from agent.enrolment import enrolled
from tests.agent.appliance import CODE, agents_appliance


def placed(folder: Path, appliance: str, code: str = CODE) -> Path:
    file = folder / "enrol.toml"
    file.write_text(f'appliance = "{appliance}"\ncode = "{code}"\nauthority = "{folder}/box/authority.pem"\n')
    return file


def enrols(folder: Path, file: Path) -> int:
    return main(["enrol-placed", str(file), "--state", str(folder)])


def test_it_is_used_once_and_erased(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with agents_appliance(tmp_path / "box") as appliance:
        file = placed(tmp_path, appliance.url)
        assert enrols(tmp_path, file) == 0
    assert not file.exists()
    assert enrolled.is_enrolled(tmp_path)
    assert "enrolled as laptop-7 of hill-school" in capsys.readouterr().err


def test_a_code_that_is_refused_is_erased_and_not_tried_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with agents_appliance(tmp_path / "box") as appliance:
        file = placed(tmp_path, appliance.url, "some-other-code")
        assert enrols(tmp_path, file) == 0
    assert not file.exists()
    assert "the code is unknown, used up or over" in capsys.readouterr().err


def test_as_long_as_nobody_answers_it_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with agents_appliance(tmp_path / "box") as appliance:
        file = placed(tmp_path, appliance.url)
    assert enrols(tmp_path, file) == 1
    assert file.exists()
    assert "it is tried again" in capsys.readouterr().err


@pytest.mark.parametrize("written", ['code = "x"\n', 'appliance = "https://a"\ncode = "x"\nmore = 1\n', "not toml"])
def test_what_cannot_be_read_is_said_and_erased(
    tmp_path: Path, written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "enrol.toml"
    file.write_text(written)
    assert enrols(tmp_path, file) == 0
    assert not file.exists()
    assert str(file) in capsys.readouterr().err


def test_a_device_that_is_enrolled_stays_as_it_is(tmp_path: Path) -> None:
    with agents_appliance(tmp_path / "box") as appliance:
        assert enrols(tmp_path, placed(tmp_path, appliance.url)) == 0
        before = _device(tmp_path)
        again = placed(tmp_path, appliance.url)
        assert enrols(tmp_path, again) == 0
        assert not again.exists()
    assert _device(tmp_path) == before


def test_a_device_that_is_to_be_enrolled_again_is(tmp_path: Path) -> None:
    with agents_appliance(tmp_path / "box") as lost:
        assert enrols(tmp_path, placed(tmp_path, lost.url)) == 0
    before = _device(tmp_path)
    with agents_appliance(tmp_path / "new box") as appliance:
        file = placed(tmp_path, appliance.url)
        file.write_text(file.read_text("utf-8").replace("/box/", "/new box/") + "again = true\n")
        assert enrols(tmp_path, file) == 0
        assert not file.exists()
    assert _device(tmp_path) != before


def _device(state: Path) -> bytes:
    return (state / enrolled.FOLDER / enrolled.DEVICE).read_bytes()
