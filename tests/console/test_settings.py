"""Doubtful settings stop the start."""

from pathlib import Path

import pytest

from console.settings import ConsoleSettings, secret_key
from detection.settings import SettingsError, load

ENOUGH = 'vault = "vault"\nsecret_key_file = "key"\n'


def written(folder: Path, more: str) -> Path:
    file = folder / "console.toml"
    file.write_text(ENOUGH + more)
    return file


def test_two_lines_are_enough(tmp_path: Path) -> None:
    settings = load(written(tmp_path, ""), ConsoleSettings)
    assert settings.vault == tmp_path / "vault"
    assert settings.cookie_secure
    assert settings.host == "127.0.0.1"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("port = 70000", "port must lie between"),
        ('certificate = "c.pem"', "come together"),
        ("proxies = -1", "proxies must lie"),
        ('host = "0.0.0.0"', "without certificate or proxies"),
        ('host = "10.0.0.1"\nproxies = 1\ncookie_secure = false', "cookie_secure may only be false"),
        ("proxies = 1", "public_url is missing"),
        ('passkeys_required = "always"', "public_url is missing"),
        ('passkeys_required = "sometimes"', "must be outside, always or never"),
        ('inside = ["school"]', "inside: 'school'"),
        ('public_url = "http://console.oak.example"', "must begin with https://"),
        ('public_url = "https://192.0.2.7"', "cannot belong to an address"),
        ('public_url = "https://[2001:db8::7]"', "cannot belong to an address"),
        ('public_url = "https://console.oak.example/gatehouse"', "ends with the host name or the port"),
        ('sekret = "x"', "unknown setting"),
    ],
)
def test_doubtful_settings_are_refused(tmp_path: Path, more: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load(written(tmp_path, more), ConsoleSettings)


def test_a_proxy_in_front_or_a_certificate_lets_others_in(tmp_path: Path) -> None:
    named = 'public_url = "https://console.oak.example:8443"\n'
    settings = load(written(tmp_path, named + 'host = "0.0.0.0"\nproxies = 1'), ConsoleSettings)
    assert (settings.proxies, settings.passkey_host) == (1, "console.oak.example")
    both = 'passkeys_required = "never"\nhost = "::"\ncertificate = "c.pem"\ncertificate_key = "k.pem"'
    assert load(written(tmp_path, both), ConsoleSettings).certificate == tmp_path / "c.pem"


def test_the_secret_key_must_be_there_and_long_enough(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        secret_key(tmp_path / "none")
    (tmp_path / "short").write_bytes(b"secret\n")
    with pytest.raises(ValueError, match="too short"):
        secret_key(tmp_path / "short")
    (tmp_path / "key").write_bytes(b"k" * 32 + b"\n")
    assert secret_key(tmp_path / "key") == b"k" * 32
