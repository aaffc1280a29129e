from pathlib import Path

import pytest

from detection.settings import SettingsError, load
from images.settings import RendererSettings


def test_the_defaults_are_those_of_a_debian_machine() -> None:
    assert RendererSettings().chromium == "/usr/bin/chromium-headless-shell"


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("seconds = 0", "seconds must be more than 0"),
        ("memory_mib = 8", "at least 256"),
        ("width = 10", "width must be 320 to 4096"),
        ("height = 100000", "height 240 to 4096"),
        ("recycle_after = 0", "recycle_after must be at least 1"),
    ],
)
def test_a_value_that_cannot_work_stops_the_start(tmp_path: Path, setting: str, says: str) -> None:
    file = tmp_path / "renderer.toml"
    file.write_text(setting)
    with pytest.raises(SettingsError, match=says):
        load(file, RendererSettings)
