"""Where updates come from, as box.toml says it."""

from pathlib import Path
from typing import Any

import pytest

from appliance.provisioning.update_source import UpdateSource, update_file
from appliance.updates.settings import UpdateSettings
from detection import settings

GOOD: dict[str, Any] = {"source": "https://releases.example/g", "root": Path("/etc/gatehouse/update-root.json")}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"source": "http://releases.example"}, "neither an https:// address nor a folder"),
        ({"root": Path("root.json")}, "whole path"),
        ({"apply": True}, "an hour is needed"),
        ({"apply": True, "at": "24:00"}, "an hour is needed"),
        ({"at": "02:30"}, "does nothing without apply"),
    ],
)
def test_what_would_not_do_what_it_says_is_refused(more: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        UpdateSource(**GOOD | more)


def test_the_command_takes_the_file(tmp_path: Path) -> None:
    (tmp_path / "update.toml").write_text(update_file(UpdateSource(**GOOD)), "utf-8")
    assert settings.load(tmp_path / "update.toml", UpdateSettings) == UpdateSettings(**GOOD)
