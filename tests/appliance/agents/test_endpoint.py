"""Who has no good certificate gets no further than enrolment; who has one speaks until it is taken away."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import urllib3
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import bindings, store
from appliance.agents import certificates
from appliance.agents.authority import asked_key, authority, pem_of
from appliance.models import Device, Entry
from tests.appliance.agents.device import DeviceUnderTest, csr, event, sign_in
from tests.appliance.agents.running import code, met, running, seen, written


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:
    folder = tmp_path_factory.mktemp("agents")
    (folder / "gatehouse.db").write_bytes(migrated.read_bytes())
    return written(folder, f"sqlite:///{folder / 'gatehouse.db'}")


@pytest.fixture(scope="module")
def address(config: Path) -> Iterator[str]:
    with running(config) as (said, _):
        yield said


@pytest.fixture
def url(config: Path) -> str:
    return f"sqlite:///{config.with_name('gatehouse.db')}"


@pytest.fixture
def device(
    address: str, config: Path, sessions: sessionmaker[Session], request: pytest.FixtureRequest
) -> DeviceUnderTest:
    """Enrolled, under a name of its own."""
    made = met(address, config, f"device-{abs(hash(request.node.name))}")
    assert made.enrol(code(sessions, made.folder.name)) == 201
    return made


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/detections"),
        ("PUT", "/evidence/x"),
        ("GET", "/library"),
        ("GET", "/agent/policy"),
        ("POST", "/agent/heartbeat"),
        ("POST", "/agent/certificate"),
        ("GET", "/bindings"),
        ("GET", "/"),
    ],
)
def test_without_a_certificate_there_is_nothing_but_enrolment(
    address: str, config: Path, method: str, path: str
) -> None:
    answer = met(address, config, "stranger").ask(method, path, {}, Authorization="Bearer oak")
    assert answer.status == 401


def test_anybody_may_ask_who_the_authority_is(address: str, config: Path) -> None:
    stranger = met(address, config, "stranger")
    assert stranger.ask("GET", "/agent/authority").data.decode() == stranger.trusted()


def test_a_code_is_good_once_and_a_wrong_one_is_as_good_as_a_used_one(
    address: str, config: Path, sessions: sessionmaker[Session]
) -> None:
    given = code(sessions, "once")
    answers = [met(address, config, name).enrol(given) for name in ("first", "second")]
    assert answers == [201, 403]
    stranger = met(address, config, "stranger")
    assert stranger.enrol("aaaa-bbbb-cccc-dddd") == 403
    assert stranger.ask("POST", "/agent/enrol", {"version": 1}).status == 422


def test_a_revoked_device_is_refused_at_its_next_request(
    device: DeviceUnderTest, sessions: sessionmaker[Session]
) -> None:
    assert device.beat().status == 200
    with sessions.begin() as session:
        row = session.scalars(select(Device).where(Device.name == device.told["device"])).one()
        certificates.revoke(session, row, datetime.now(UTC))
    assert device.beat().status == 401
    assert device.ask("POST", "/detections", seen()).status == 401


def test_a_renewed_certificate_speaks_and_so_does_the_one_before(device: DeviceUnderTest) -> None:
    before = device.own.read_bytes()
    answer = device.ask("POST", "/agent/certificate", {"version": 1, "csr": csr(device.key)})
    assert answer.status == 201
    device.take(answer.json()["certificate"])
    assert device.own.read_bytes() != before
    assert device.beat().status == 200
    device.own.write_bytes(before)
    assert device.beat().status == 200
    assert device.ask("POST", "/agent/certificate", {"version": 1, "csr": "none"}).status == 422


def test_one_that_ended_is_told_so_with_an_answer(
    device: DeviceUnderTest, config: Path, sessions: sessionmaker[Session]
) -> None:
    signs = authority(config.with_name("authority"), datetime.now(UTC))
    long_ago = datetime.now(UTC) - timedelta(days=400)
    with sessions.begin() as session:
        row = session.scalars(select(Device).where(Device.name == device.told["device"])).one()
        device.take(certificates.issue(session, signs, row, asked_key(csr(device.key)), long_ago))
    assert device.beat().status == 401


def test_a_certificate_of_another_authority_is_refused(device: DeviceUnderTest, tmp_path: Path) -> None:
    other = authority(tmp_path / "other", datetime.now(UTC))
    made = other.for_device(device.key.public_key(), device.told["device"], datetime.now(UTC))
    device.take(pem_of(made))
    with pytest.raises((urllib3.exceptions.HTTPError, ssl.SSLError, OSError)):
        device.beat()


def test_older_tls_is_not_spoken(address: str, config: Path) -> None:
    context = ssl.create_default_context(cadata=met(address, config, "stranger").trusted())
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with urllib3.PoolManager(ssl_context=context) as pool, pytest.raises(urllib3.exceptions.SSLError):
        pool.request("GET", f"{address}/agent/authority", retries=False)


def test_of_another_device_or_person_it_says_nothing(device: DeviceUnderTest) -> None:
    name = device.told["device"]
    device.beat(sign_ins=[sign_in(datetime.now(UTC))])
    assert device.ask("POST", "/detections", seen("mine", device=name)).status == 201
    assert device.ask("POST", "/detections", seen("mine", device=name)).status in (200, 409)
    other = device.ask("POST", "/detections", seen("other", device="lab-99"))
    assert (other.status, "subject.device" in other.json()["answer"]) == (422, True)
    unsaid = device.ask("POST", "/detections", seen("unsaid", device=name, people=("p0999",)))
    assert (unsaid.status, unsaid.headers["Retry-After"]) == (503, "5")
    device.beat(sign_ins=[sign_in(datetime.now(UTC))])
    assert device.ask("POST", "/detections", seen("later", device=name)).status == 201


def test_what_happened_to_it_is_an_entry_once(device: DeviceUnderTest, sessions: sessionmaker[Session]) -> None:
    gap = event(datetime.now(UTC), "killed", id=device.folder.name)
    assert [device.beat(events=[gap]).status for _ in range(2)] == [200, 200]
    with sessions() as session:
        wanted = select(Entry.kind).where(Entry.actor == f"device:{device.told['device']}")
        assert session.scalars(wanted).all() == ["agent-killed"]


def test_who_signs_in_stands_for_its_address_at_once_and_no_more_when_signed_out(
    device: DeviceUnderTest, sessions: sessionmaker[Session]
) -> None:
    began, name = datetime.now(UTC), device.told["device"]

    def stands() -> set[str]:
        with sessions() as session:
            row = session.scalars(select(Device).where(Device.name == name)).one()
            told = bindings.of_school(session, row.organisation_id, datetime.now(UTC))["bindings"]
        return {each["person"] for each in told if each["address"] == "127.0.0.9"}

    device.beat(addresses=["127.0.0.1", "127.0.0.9"], sign_ins=[sign_in(began)])
    assert stands() == {"p0701"}
    device.beat(addresses=["127.0.0.9"], sign_ins=[sign_in(began, until=datetime.now(UTC).isoformat())])
    assert stands() == set()


def test_what_cannot_be_read_is_named(device: DeviceUnderTest) -> None:
    answer = device.beat(addresses=["nowhere"])
    assert (answer.status, answer.json()["answer"]) == (422, "addresses[0]: is no IP address")


def test_after_ten_wrong_codes_nobody_at_that_address_may_try(tmp_path: Path, migrated: Path) -> None:
    (tmp_path / "gatehouse.db").write_bytes(migrated.read_bytes())
    url = f"sqlite:///{tmp_path / 'gatehouse.db'}"
    config, sessions = written(tmp_path, url), store.sessions(url)
    with running(config) as (address, _):
        device = met(address, config)
        assert {device.enrol("aaaa-bbbb-cccc-dddd") for _ in range(10)} == {403}
        assert device.enrol(code(sessions)) == 429
    sessions.kw["bind"].dispose()
