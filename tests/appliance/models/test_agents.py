"""A device needs no token, a store from before agents keeps its rows, and what a device says is filed once."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from appliance import store
from appliance.models import AgentSignIn, Device
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_a_device_needs_no_token_and_several_may_have_none(session: Session) -> None:
    oak = factories.school(session)
    for name in ("lab-07", "lab-08"):
        session.add(Device(organisation_id=oak.id, name=name, kind="agent", token_sha256=None, created_at=NOON))
    session.flush()
    assert session.scalars(select(Device.token_sha256)).all() == [None, None]


def test_a_sign_in_is_filed_once(session: Session) -> None:
    oak = factories.school(session)
    device = factories.device(session, oak)
    for _ in range(2):
        session.add(
            AgentSignIn(organisation_id=oak.id, device_id=device.id, said_id="s1", account="a", local=False, since=NOON)
        )
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_store_from_before_agents_keeps_its_devices_and_what_they_sent(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    _made_by_the_release_before(file)
    with sqlite3.connect(file) as old:
        old.execute("INSERT INTO organisations VALUES (1, 'oak', 'Oak', 'school', NULL, 'Europe/London', 0, '')")
        old.execute("INSERT INTO devices VALUES (7, 1, 'gate-1', 'gateway', 'hash', '2026-03-04', NULL, NULL)")
        columns = [row[1] for row in old.execute("PRAGMA table_info(captures)")]
        plain = {"organisation_id": 1, "device_id": 7, "incident_id": 1, "id": "obs-1"}
        needed = [row[1] for row in old.execute("PRAGMA table_info(captures)") if row[3]]
        old.execute(
            "INSERT INTO incidents (id, organisation_id, subject_key, subject_role, category, severity, concern_role, "
            "status, opened_at, last_seen_at, replayed) VALUES (1, 1, 'p', '', 'distress', 3, '', 'new', '', '', 0)"
        )
        row = {name: plain.get(name, "2026-03-04 12:00:00") for name in needed}
        assert set(row) <= set(columns)
        marks = ", ".join("?" * len(row))
        old.execute(f"INSERT INTO captures ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    old.close()
    store.migrate(f"sqlite:///{file}")
    with sqlite3.connect(file) as new:
        new.execute("PRAGMA foreign_keys = ON")
        assert new.execute("SELECT id, name, token_sha256, system FROM devices").fetchall() == [
            (7, "gate-1", "hash", "")
        ]
        assert new.execute("SELECT device_id FROM captures").fetchall() == [(7,)]
        assert new.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite3.IntegrityError):
            new.execute("DELETE FROM devices")
    new.close()


def _made_by_the_release_before(file: Path) -> None:
    engine = create_engine(f"sqlite:///{file}")
    config = Config()
    config.set_main_option("script_location", str(store.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
    engine.dispose()
