"""Settings that would leave agents without an answer are refused at start."""

from pathlib import Path
from typing import Any

import pytest

from appliance.agents.settings import AgentsSettings
from detection import settings

PLAIN: dict[str, Any] = {"private_key": Path("k"), "vault": Path("v"), "authority": Path("a"), "names": ("10.0.0.1",)}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"names": ()}, "names"),
        ({"port": 70000}, "port"),
        ({"threads": 0}, "threads"),
        ({"pictures_megabytes": 2048}, "pictures_megabytes"),
        ({"on_site": {"oak": ("here",)}}, "write a network"),
    ],
)
def test_what_would_not_do_is_refused(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        AgentsSettings(**PLAIN | fields)


def test_a_file_is_read_with_the_networks_of_each_school(tmp_path: Path) -> None:
    file = tmp_path / "agents.toml"
    file.write_text(
        'private_key = "k"\nvault = "v"\nauthority = "a"\nnames = ["fd00::1"]\n[on_site]\noak = ["10.1.0.0/16"]\n'
    )
    loaded = settings.load(file, AgentsSettings)
    assert loaded.on_site == {"oak": ("10.1.0.0/16",)}
    assert loaded.address == "https://[fd00::1]:8446"
