"""The part of a settings file that every sensor has."""

from pathlib import Path

import pytest

from detection.sensor_settings import SensorSettings
from detection.settings import SettingsError, load

GOOD = """
appliance_url = "https://appliance.school.example"
token_file = "token"
public_key = "appliance.pub"
outbox = "outbox.db"
bindings_cache = "bindings.json"
"""


def written(folder: Path, more: str) -> Path:
    file = folder / "sensor.toml"
    file.write_text(GOOD + more)
    return file


def test_five_settings_are_enough(tmp_path: Path) -> None:
    settings = load(written(tmp_path, ""), SensorSettings)
    assert settings.client.token_file == tmp_path / "token"
    assert (settings.library, settings.ca_file, settings.bindings_seconds) == (None, None, 60.0)


@pytest.mark.parametrize(
    ("more", "wanted"), [("", "library.bundle"), ("library_cache = 'kept/words.bundle'", "kept/words.bundle")]
)
def test_the_released_library_is_kept_beside_the_bindings_or_where_it_is_said(
    tmp_path: Path, more: str, wanted: str
) -> None:
    assert load(written(tmp_path, more), SensorSettings).library_bundle == tmp_path / wanted


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("outbox_megabytes = 0", "outbox_megabytes: must be more than nothing"),
        ("bindings_seconds = -1", "bindings_seconds: must be more than nothing"),
        ("illegal_seconds = 0", "illegal_seconds: must be more than nothing"),
        ("illegal_lists = ['iwf.signed']", "illegal_key: is required with illegal_lists"),
        ("client_certificate = 'device.crt'", "client_key: is required with client_certificate"),
        ("client_certificate = 'd.crt'\nclient_key = 'd.key'", "token_file: either a token or a client_certificate"),
        ("library_seconds = 0", "library_seconds: must be more than nothing"),
        ("later_seconds = nan", "later_seconds: must be more than nothing"),
        ("youngest_band = '12'", "youngest_band: known are 4-10, 11-16, 17-18, adult"),
        ("token = 'abc'", "line 7: token: unknown setting"),
    ],
)
def test_a_doubtful_setting_stops_the_start(tmp_path: Path, more: str, problem: str) -> None:
    with pytest.raises(SettingsError, match=problem):
        load(written(tmp_path, more), SensorSettings)


def test_a_device_has_a_certificate_instead_of_a_token(tmp_path: Path) -> None:
    more = 'client_certificate = "device.crt"\nclient_key = "device.key"'
    file = written(tmp_path, more)
    file.write_text("\n".join(line for line in file.read_text().splitlines() if "token" not in line))
    settings = load(file, SensorSettings)
    assert settings.secret_file == tmp_path / "device.key"


def test_plain_http_to_another_machine_stops_the_start(tmp_path: Path) -> None:
    file = tmp_path / "sensor.toml"
    file.write_text(GOOD.replace("https", "http"))
    with pytest.raises(SettingsError, match=r"sensor\.toml, line 2: appliance_url: plain http is for loopback only"):
        load(file, SensorSettings)
