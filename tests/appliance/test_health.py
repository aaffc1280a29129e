"""Every school hears when its gateway is in trouble, and when that is over."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance.gateways import statuses
from appliance.gateways.heartbeat import Heartbeat
from appliance.health import CALM, Health
from appliance.models import AgentCertificate, Device, Notification, NotificationState, Organisation
from tests.appliance import factories
from tests.appliance.factories import NOON

SECOND = timedelta(seconds=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gate-1.json"


@pytest.fixture
def health(sessions: sessionmaker[Session], file: Path) -> Health:
    with sessions.begin() as session:
        factories.school(session, "oak")
        factories.school(session, "elm")
    return Health(sessions, (file,))


def write(file: Path, at: datetime, faults: int = 0) -> None:
    file.write_text(json.dumps({"at": at.isoformat(), "faults": {"page": faults}}))


def up(health: Health) -> list[tuple[int, str]]:
    with health.sessions() as session:
        wanted = select(Notification).where(Notification.state != NotificationState.DISMISSED)
        return sorted((row.organisation_id, row.key) for row in session.scalars(wanted))


def test_each_school_is_told_once_and_all_clear_comes_by_itself(health: Health, file: Path) -> None:
    health.check(NOON)
    health.check(NOON + 10 * SECOND)
    assert up(health) == [(1, "gateway:gate-1:silent"), (2, "gateway:gate-1:silent")]
    write(file, NOON + 20 * SECOND)
    health.check(NOON + 20 * SECOND)
    assert up(health) == []


def test_a_rise_is_told_until_it_has_been_calm_for_a_while(health: Health, file: Path) -> None:
    write(file, NOON)
    health.check(NOON)
    write(file, NOON, faults=3)
    health.check(NOON + 10 * SECOND)
    assert up(health) == [(1, "gateway:gate-1:faults"), (2, "gateway:gate-1:faults")]
    for later, told in ((NOON + 20 * SECOND, True), (NOON + 10 * SECOND + CALM, False)):
        write(file, later, faults=3)
        health.check(later)
        assert bool(up(health)) == told


def test_with_nothing_to_watch_nothing_is_said(sessions: sessionmaker[Session]) -> None:
    Health(sessions, ()).check(NOON)


def test_a_second_gateway_is_expected_from_its_enrolment_on_and_its_own_school_is_told(
    health: Health, file: Path
) -> None:
    write(file, NOON)
    with health.sessions.begin() as session:
        second = factories.device(session, session.get_one(Organisation, 2), name="second")
        statuses.expect(session, second)
    health.check(NOON)
    assert up(health) == [(2, "gateway:second:silent")]
    with health.sessions.begin() as session:
        said = Heartbeat(sent_at=NOON, networks=(), status={"at": NOON.isoformat()})
        statuses.take(session, second, said, NOON)
    health.check(NOON)
    assert up(health) == []
    write(file, NOON + timedelta(minutes=2))
    health.check(NOON + timedelta(minutes=2))
    assert up(health) == [(2, "gateway:second:silent")]


def test_a_second_gateway_whose_certificate_has_ended_is_told_apart_from_one_that_is_silent(health: Health) -> None:
    with health.sessions.begin() as session:
        second = factories.device(session, session.get_one(Organisation, 2), name="second")
        statuses.expect(session, second)
        certificate(session, second, "1", ends_at=NOON)
    health.check(NOON - SECOND)
    assert "gateway:second:ended" not in told(health)
    health.check(NOON)
    subject, body = told(health)["gateway:second:ended"]
    assert subject == "The gateway second must join again"
    assert "certificate ended at 2026-03-04 12:00 UTC" in body
    with health.sessions.begin() as session:
        certificate(session, session.merge(second), "2", ends_at=NOON + 2 * SECOND)
    health.check(NOON + SECOND)
    assert "gateway:second:ended" not in told(health)


def certificate(session: Session, device: Device, serial: str, ends_at: datetime) -> None:
    whose = {"organisation_id": device.organisation_id, "device_id": device.id}
    session.add(AgentCertificate(serial=serial, issued_at=ends_at - SECOND, ends_at=ends_at, **whose))


def told(health: Health) -> dict[str, tuple[str, str]]:
    """Of each notice that stands: its subject and what it says."""
    with health.sessions() as session:
        standing = select(Notification).where(Notification.state != NotificationState.DISMISSED)
        return {row.key: (row.subject, row.body) for row in session.scalars(standing)}
