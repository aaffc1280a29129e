import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from appliance.sample.authority import LIFETIME, Authority

NOW = datetime(2025, 11, 3, 9, tzinfo=UTC)
HOSTS = ("one.test", "two.test")


def test_a_second_start_keeps_the_certificates(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    authority.prepare(HOSTS, NOW)
    before = authority.root.read_bytes()
    authority.prepare(HOSTS, NOW + timedelta(days=30))
    assert authority.root.read_bytes() == before


def test_they_are_made_again_for_a_new_name_and_before_they_end(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    seen = set()
    for hosts, now in ((HOSTS, NOW), ((*HOSTS, "three.test"), NOW), (HOSTS, NOW + LIFETIME - timedelta(days=1))):
        authority.prepare(hosts, now)
        seen.add(authority.root.read_bytes())
    assert len(seen) == 3


def test_the_server_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    Authority(tmp_path).prepare(HOSTS, NOW)
    private = [file for file in tmp_path.iterdir() if b"PRIVATE KEY" in file.read_bytes()]
    assert [stat.S_IMODE(file.stat().st_mode) for file in private] == [0o600]


def test_the_server_context_speaks_http_1(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    authority.prepare(HOSTS, NOW)
    assert isinstance(authority.server_context(), ssl.SSLContext)
