"""A second gateway over real TLS: it enrols, delivers, reads who is who, is heard of, and is cut off."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import devices, store
from appliance.gateways import second_gateways, statuses
from appliance.models import Device, Entry, NetworkAct, NetworkStep, Organisation
from tests.appliance.agents.device import DeviceUnderTest, csr
from tests.appliance.agents.running import code, met, running, seen, written
from tests.appliance.factories import envelope, report

CANARY = b"c" * 32


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:
    folder = tmp_path_factory.mktemp("gateways")
    (folder / "gatehouse.db").write_bytes(migrated.read_bytes())
    (folder / "canary.key").write_bytes(CANARY)
    (folder / "canary.key").chmod(0o600)
    file = written(folder, f"sqlite:///{folder / 'gatehouse.db'}")
    file.write_text(f'canary_key = "canary.key"\n{file.read_text()}')
    return file


@pytest.fixture(scope="module")
def address(config: Path) -> Iterator[str]:
    with running(config) as (said, _):
        yield said


@pytest.fixture
def url(config: Path) -> str:
    return f"sqlite:///{config.with_name('gatehouse.db')}"


def gateway_code(sessions: sessionmaker[Session], name: str) -> str:
    with sessions.begin() as session:
        school = session.scalars(select(Organisation)).one()
        return second_gateways.new_code(session, school, name, timedelta(hours=1), "it", datetime.now(UTC))


def enrol(device: DeviceUnderTest, code: str) -> int:
    asked = {"version": 1, "code": code, "csr": csr(device.key), "system": "Debian", "agent_version": "1"}
    answer = device.ask("POST", "/agent/enrol", asked | {"kind": "gateway"})
    if answer.status == 201:
        device.told = answer.json()
        device.take(device.told["certificate"])
    return answer.status


def second(address: str, config: Path, sessions: sessionmaker[Session], name: str) -> DeviceUnderTest:
    made = met(address, config, name)
    assert enrol(made, gateway_code(sessions, name)) == 201
    return made


def beat(device: DeviceUnderTest, **fields: object) -> tuple[int, dict[str, object]]:
    now = datetime.now(UTC).isoformat()
    said = {"version": 1, "sent_at": now, "networks": [{"name": "pupils", "kind": "managed"}], "status": {"at": now}}
    answer = device.ask("POST", "/gateway/heartbeat", said | fields)
    return answer.status, answer.json()


def test_it_enrols_and_speaks_as_a_gateway_does(address: str, config: Path, sessions: sessionmaker[Session]) -> None:
    box = second(address, config, sessions, "east")
    assert base64.b64decode(box.told["canary_key"]) == CANARY
    assert box.ask("POST", "/detections", envelope(report("obs-east", seen_at=datetime.now(UTC)))).status == 201
    assert box.ask("GET", "/bindings").json()["organisation"] == "oak"
    library = box.ask("GET", "/library")
    assert library.status == 200
    assert box.ask("GET", "/library", **{"If-None-Match": library.headers["ETag"]}).status == 304
    with sessions() as session:
        kinds = list(session.scalars(select(Entry.kind)))
        device = session.scalars(select(Device).where(Device.name == "east")).one()
        assert devices.is_second_gateway(device)
    assert {"gateway-code", "gateway-enrolled"} <= set(kinds)


def test_it_is_heard_of_and_told_how_its_networks_stand(
    address: str, config: Path, sessions: sessionmaker[Session]
) -> None:
    box = second(address, config, sessions, "west")
    status, answer = beat(box)
    assert status == 200
    assert answer["networks"] == [
        {
            "name": "pupils",
            "kind": "managed",
            "reading": "off",
            "because": "Nothing has been agreed yet.",
            "paused_seconds": 0,
        }
    ]
    with sessions.begin() as session:
        oak, now = session.scalars(select(Organisation)).one(), datetime.now(UTC)
        session.add(NetworkAct(organisation_id=oak.id, network="pupils", step=NetworkStep.AGREED, at=now, by="kim"))
    assert beat(box)[1]["networks"][0]["reading"] == "read"  # type: ignore[index]
    with store.reading(sessions) as session:
        (found,) = (each for each in statuses.reported(session) if each.name == "west")
        assert found.status
    assert beat(box, version=2)[0] == 422


def test_neither_may_do_what_is_the_others(address: str, config: Path, sessions: sessionmaker[Session]) -> None:
    box, lab = second(address, config, sessions, "north"), met(address, config, "lab")
    assert lab.enrol(gateway_code(sessions, "south")) == 403
    assert enrol(met(address, config, "lab-2"), code(sessions, "lab-2")) == 403
    assert lab.enrol(code(sessions, "lab")) == 201
    assert "canary_key" not in lab.told
    assert [beat(lab)[0], lab.ask("GET", "/bindings").status] == [404, 404]
    assert [box.beat().status, box.ask("GET", "/agent/policy").status] == [404, 404]
    assert lab.ask("POST", "/detections", seen("obs-lab", device="lab", people=())).status == 422


def test_it_renews_enrols_again_as_the_same_and_is_cut_off(
    address: str, config: Path, sessions: sessionmaker[Session]
) -> None:
    box = second(address, config, sessions, "mid")
    assert box.ask("POST", "/agent/certificate", {"version": 1, "csr": csr(box.key)}).status == 201
    assert enrol(box, gateway_code(sessions, "mid")) == 201
    assert beat(box)[0] == 200
    with sessions.begin() as session:
        (row,) = session.scalars(select(Device).where(Device.name == "mid"))
        second_gateways.revoke(session, row, "it", datetime.now(UTC))
    assert beat(box)[0] == 401
    assert box.ask("POST", "/detections", envelope(report("late", seen_at=datetime.now(UTC)))).status == 401
