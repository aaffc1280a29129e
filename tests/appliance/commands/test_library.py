"""``gatehouse library``, with the act that needs the database beside those that do not."""

from pathlib import Path

import pytest

from appliance.commands.library import main
from tests.detection import libraries


def test_what_needs_no_database_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(libraries.write(tmp_path))]) == 0
    assert "Every sentence does what it should." in capsys.readouterr().out


def test_a_trial_is_one_of_the_acts(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["try", "--against", "captures", "--config", str(config)])
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("gatehouse library try: say what is to be tried")
