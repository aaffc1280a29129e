"""The store opens privately, migrates to what the models say, and refuses what it does not know."""

import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import OperationalError

from appliance import chronology, store
from appliance.models import Base, Organisation


def test_the_migrations_make_exactly_the_models(every_url: str) -> None:
    engine = create_engine(every_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_migrating_again_changes_nothing(every_url: str) -> None:
    sessions = store.sessions(every_url)
    with sessions.begin() as session:
        session.add(Organisation(slug="oak", name="Oak School"))
    store.migrate(every_url)
    with sessions() as session:
        assert session.scalars(select(Organisation.name)).all() == ["Oak School"]
    sessions.kw["bind"].dispose()


def test_two_programs_may_migrate_a_new_database_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with ThreadPoolExecutor(2) as pool:
        for migrated in [pool.submit(store.migrate, url) for _ in range(2)]:
            migrated.result()
    sessions = store.sessions(url)
    with sessions() as session:
        assert session.scalars(select(Organisation.name)).all() == []
    sessions.kw["bind"].dispose()


def test_a_database_from_the_future_is_refused_in_words(every_url: str) -> None:
    sessions = store.sessions(every_url)
    with sessions.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(store.StoreError, match="made by a newer Gatehouse"):
        store.migrate(every_url)
    sessions.kw["bind"].dispose()


def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    file = tmp_path / "var" / "gatehouse.db"
    store.migrate(f"sqlite:///{file}")
    sessions = store.sessions(f"sqlite:///{file}")
    with sessions.begin() as session:
        session.add(Organisation(slug="oak", name="Oak School"))
        session.flush()
        modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in file.parent.iterdir()}
    sessions.kw["bind"].dispose()
    assert modes == {"gatehouse.db": 0o600, "gatehouse.db-wal": 0o600, "gatehouse.db-shm": 0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_reader_does_not_wait_for_a_writer(url: str) -> None:
    sessions = store.sessions(url, busy_seconds=0.0)
    with sessions.begin() as writer, store.reading(sessions) as reader:
        writer.add(Organisation(slug="oak", name="Oak School"))
        writer.flush()
        assert reader.scalars(select(Organisation)).all() == []
    sessions.kw["bind"].dispose()


def test_a_second_writer_waits_and_is_told_when_it_waited_too_long(url: str) -> None:
    sessions = store.sessions(url, busy_seconds=0.0)
    with sessions.begin() as first:
        first.scalars(select(Organisation)).all()  # a session that may write holds the lock from its first query
        with sessions() as second, pytest.raises(OperationalError, match="locked"):
            second.scalars(select(Organisation)).all()
    sessions.kw["bind"].dispose()


def test_on_postgresql_too_nobody_waits_for_ever(postgres_url: str) -> None:
    patient, hasty = store.sessions(postgres_url), store.sessions(postgres_url, busy_seconds=0.05)
    with patient.begin() as first:
        first.add(Organisation(slug="oak", name="Oak School"))
    with patient.begin() as first, hasty() as second:
        chronology.lock(first, 1)
        with pytest.raises(OperationalError, match="lock timeout"):
            chronology.lock(second, 1)
    for sessions in (patient, hasty):
        sessions.kw["bind"].dispose()


def test_an_error_never_carries_what_was_being_stored(url: str) -> None:
    sessions = store.sessions(url)
    with sessions() as session, pytest.raises(OperationalError) as refused:
        session.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "a private sentence"})
    assert "private" not in str(refused.value)
    sessions.kw["bind"].dispose()


@pytest.mark.parametrize("url", ["gatehouse.db", "sqlite://", "sqlite:////proc/none/gatehouse.db"])
def test_a_database_that_cannot_be_opened_is_refused_in_words(url: str) -> None:
    with pytest.raises(store.StoreError, match="database"):
        store.sessions(url)


def test_what_only_reads_makes_no_empty_database(url: str, tmp_path: Path) -> None:
    store.must_exist(url)
    missing = tmp_path / "elsewhere.db"
    with pytest.raises(store.StoreError, match=r"elsewhere\.db: there is no database yet"):
        store.must_exist(f"sqlite:///{missing}")
    assert not missing.exists()
    store.must_exist("postgresql://gatehouse@db.example/gatehouse")


def test_rows_say_their_states_in_plain_words(url: str) -> None:
    sessions = store.sessions(url)
    with sessions.begin() as session:
        session.add(Organisation(slug="oak", name="Oak School"))
    sessions.kw["bind"].dispose()
    plain = sqlite3.connect(url.removeprefix("sqlite:///"))
    assert plain.execute("SELECT kind FROM organisations").fetchall() == [("school",)]
    plain.close()


WRITES = """
import sys
from appliance import store
from appliance.models import Organisation
sessions = store.sessions(sys.argv[1])
with sessions.begin() as session:
    session.add(Organisation(slug=sys.argv[2], name=sys.argv[2]))
sessions.kw["bind"].dispose()
"""


def test_whoever_opens_it_again_lets_go_of_no_lock(tmp_path: Path) -> None:
    """Else a program that ends elsewhere takes away what is still to be read, and who reads on sees nothing new."""
    url = f"sqlite:///{tmp_path / 'gatehouse.db'}"
    store.migrate(url)
    sessions = store.sessions(url)
    with sessions() as session:
        assert session.scalars(select(Organisation.slug)).all() == []
    again = store.sessions(url)
    written = []
    for slug in ("elm", "oak"):
        subprocess.run([sys.executable, "-c", WRITES, url, slug], check=True)
        written.append(slug)
        with sessions() as session:
            assert sorted(session.scalars(select(Organisation.slug))) == written
    for each in (sessions, again):
        each.kw["bind"].dispose()
