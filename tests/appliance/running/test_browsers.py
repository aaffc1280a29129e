import shlex
from datetime import UTC, datetime
from pathlib import Path

from appliance.running.browsers import chromium, firefox, firefox_profile, key_hash
from appliance.sample.authority import Authority


def root(folder: Path) -> Path:
    authority = Authority(folder)
    authority.prepare(("one.test",), datetime.now(UTC))
    return authority.root


def test_chromium_is_given_the_proxy_a_profile_and_the_roots_hash(tmp_path: Path) -> None:
    certificate, other = root(tmp_path), root(tmp_path / "other")
    words = shlex.split(chromium([certificate, other], "http://127.0.0.1:8080", tmp_path / "a profile"))
    assert f"--user-data-dir={tmp_path / 'a profile'}" in words
    assert "--proxy-server=http://127.0.0.1:8080" in words
    assert f"--ignore-certificate-errors-spki-list={key_hash(certificate)},{key_hash(other)}" in words
    assert len(key_hash(certificate)) == 44


def test_firefox_gets_a_profile_that_uses_the_proxy(tmp_path: Path) -> None:
    profile = tmp_path / "a profile"
    firefox_profile(profile, "127.0.0.1", 8081)
    assert 'user_pref("network.proxy.ssl_port", 8081);' in (profile / "user.js").read_text()
    commands = [
        shlex.split(line) for line in firefox([tmp_path / "root.pem", tmp_path / "other.pem"], profile).splitlines()
    ]
    assert [command[0] for command in commands] == ["certutil", "certutil", "certutil", "firefox"]
    assert all(
        str(profile) in word for command in commands for word in command if "profile" in word and "-" not in word
    )
