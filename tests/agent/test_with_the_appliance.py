"""The agent and the real appliance: a code, a sentence typed, a capture; and taken out of use."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy", reason="needs the appliance's environment")

from sqlalchemy import select, update

from agent.cli import main
from agent.service.monitoring import REVOKED
from appliance import devices, organisations, store
from appliance.agents import codes
from appliance.agents.authority import authority
from appliance.entry_kinds import EntryKind
from appliance.models import Capture, Entry, Person
from tests.agent.service.device import HURTS, ME, Device, ended, prepared, seen
from tests.appliance.agents.running import running, written
from tests.appliance.conftest import migrated, url  # noqa: F401 - fixtures
from tests.detection.scripted_appliance import eventually

PICTURE = b"\xff\xd8 a window \xff\xd9"


def test_what_a_pupil_types_is_a_capture_of_theirs_until_the_device_is_revoked(url: str, tmp_path: Path) -> None:  # noqa: F811
    config, sessions = written(tmp_path, url), store.sessions(url)
    with sessions.begin() as session:
        session.execute(update(Person).values(account=ME))
        # The account is one of this machine's own, which counts where the device is assigned to somebody alone.
        (person,), school, now = session.scalars(select(Person)), organisations.get(session, "oak"), datetime.now(UTC)
        code = codes.make(
            session, school, device="lab-07", uses=1, lasts=timedelta(hours=1), by="it", now=now, person=person
        )
    device = Device(tmp_path / "device")
    prepared(device.folder)
    with running(config) as (address, _), ended(device):
        pinned = codes.with_pin(code, authority(config.with_name("authority"), datetime.now(UTC)).fingerprint)
        assert main(["enrol", "--appliance", address, "--code", pinned, "--state", str(device.state)]) == 0
        device.start()
        typing = device.session()
        device.watched(typing)
        hurts = seen(HURTS, picture=PICTURE)
        typing.say(hurts)

        def captured() -> list[Capture]:
            with sessions() as session:
                return list(session.scalars(select(Capture)))

        eventually(lambda: [each.id for each in captured()] == [hurts.id], 60)
        (capture,) = captured()
        with sessions() as session:
            (person,) = session.scalars(select(Person))
            assert capture.person_id == person.id
        with sessions.begin() as session:
            devices.revoke(session, organisations.get(session, "oak"), "lab-07", datetime.now(UTC))
        eventually(lambda: typing.orders.paused == REVOKED, 60)
        typing.stop(1)
        device.kill()
        with sessions() as session:
            assert EntryKind.AGENT_STARTED in session.scalars(select(Entry.kind)).all()
    sessions.kw["bind"].dispose()
