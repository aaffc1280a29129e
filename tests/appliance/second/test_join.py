"""A box joins with a code alone, whose pin says whom to trust; all it needs is then in the folder."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from appliance import store
from appliance.agents import codes
from appliance.agents.authority import authority
from appliance.gateways import second_gateways
from appliance.models import Organisation
from appliance.second.join import JoinError, join
from detection.client import Client, ClientSettings, NoAnswerError
from detection.enrolling.pin import fetch_authority
from tests.appliance.agents.running import running, written
from tests.appliance.deadline import eventually


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:
    folder = tmp_path_factory.mktemp("joining")
    (folder / "gatehouse.db").write_bytes(migrated.read_bytes())
    (folder / "canary.key").write_bytes(b"c" * 32)
    (folder / "canary.key").chmod(0o600)
    file = written(folder, f"sqlite:///{folder / 'gatehouse.db'}")
    file.write_text(f'canary_key = "canary.key"\n{file.read_text()}')
    return file


@pytest.fixture(scope="module")
def address(config: Path) -> Iterator[str]:
    with running(config) as (said, _):
        eventually(lambda: _answers(said, config), within=120)
        yield said


def _answers(address: str, config: Path) -> bool:
    """It listens before it can answer, and on a busy machine long before."""
    with suppress(NoAnswerError):
        fingerprint = authority(config.with_name("authority"), datetime.now(UTC)).fingerprint
        return bool(fetch_authority(address, fingerprint))
    return False


def new_code(config: Path, name: str) -> str:
    sessions = store.sessions(f"sqlite:///{config.with_name('gatehouse.db')}")
    with sessions.begin() as session:
        school = session.scalars(select(Organisation)).one()
        code = second_gateways.new_code(session, school, name, timedelta(hours=1), "it", datetime.now(UTC))
    sessions.kw["bind"].dispose()
    return codes.with_pin(code, authority(config.with_name("authority"), datetime.now(UTC)).fingerprint)


def test_with_a_code_it_has_all_it_needs_and_can_speak(address: str, config: Path, tmp_path: Path) -> None:
    assert join(address, new_code(config, "east"), tmp_path) == "east of oak"
    assert (tmp_path / "canary.key").read_bytes() == b"c" * 32
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in tmp_path.iterdir())
    own = ClientSettings(
        appliance_url=address,
        ca_file=tmp_path / "first.pem",
        client_certificate=tmp_path / "gateway.crt",
        client_key=tmp_path / "gateway.key",
    )
    client = Client(own)
    assert client.get("/bindings").status == 200
    client.close()


def test_joined_again_it_keeps_its_key(address: str, config: Path, tmp_path: Path) -> None:
    join(address, new_code(config, "west"), tmp_path)
    key = (tmp_path / "gateway.key").read_bytes()
    (tmp_path / "again").mkdir()
    join(address, new_code(config, "west"), tmp_path / "again", key)
    assert (tmp_path / "again" / "gateway.key").read_bytes() == key


def test_what_goes_wrong_is_said_with_what_to_do_and_leaves_nothing(address: str, config: Path, tmp_path: Path) -> None:
    good = new_code(config, "north")
    pin, other = good.partition(".")[2], "a" * 26
    for url, code, said in (
        (address, good.partition(".")[0], "not whole"),
        (address, f"{good.partition('.')[0]}.{other}", "another one"),
        (address, f"aaaa-bbbb-cccc-dddd.{pin}", "used up or over"),
        ("https://127.0.0.1:9", good, "gateways_from"),
    ):
        with pytest.raises(JoinError, match=said):
            join(url, code, tmp_path)
    assert not list(tmp_path.iterdir())
