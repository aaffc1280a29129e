"""``gatehouse follow``: it does not start on settings that will not do."""

from pathlib import Path

import pytest

from appliance.second import command


def test_settings_that_will_not_do_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "follow.toml"
    file.write_text('appliance_url = "https://10.20.0.1:8446"\n')
    with pytest.raises(SystemExit):
        command.main(["--config", str(file)])
    assert "is required and missing" in capsys.readouterr().err
