"""A store in PostgreSQL is backed up and restored like one in a file, and either becomes the other."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from appliance import chain_check, store
from appliance.backup import packing, places, postgres, restoring, snapshot, writing
from appliance.config import ApplianceSettings
from appliance.models import Entry, Organisation, Passkey, Reviewer, SignIn
from appliance.store import StoreError
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.backup.conftest import Machine, entries_being_added
from tests.appliance.factories import NOON


@pytest.fixture(params=["machine", "postgres_machine"])
def every_machine(request: pytest.FixtureRequest) -> Machine:
    made: Machine = request.getfixturevalue(request.param)
    return made


def backup(machine: Machine) -> Path:
    file = machine.folder / "x.backup"
    with file.open("wb") as out:
        packing.pack(out, machine.settings, machine.folder / "etc", machine.holders, NOON)
    return file


def another(machine: Machine, url: str) -> ApplianceSettings:
    """A new machine's."""
    there = machine.folder / "there"
    return replace(
        machine.settings, database=url, vault=there / "vault", private_key=there / "a.key", library_key=there / "l.key"
    )


def restored(machine: Machine, to: places.Places) -> None:
    contents = restoring.restore(backup(machine), bytes(machine.head), to)
    restoring.go_on(to, contents, None, NOON)


def is_whole(url: str) -> None:
    sessions = store.sessions(url)
    with sessions.begin() as session:
        assert chain_check.faults(session, 1) == []
        kinds = session.scalars(select(Entry.kind).order_by(Entry.sequence)).all()
        assert (len(kinds), kinds[-1]) == (4, "restored")
        assert session.scalars(select(Reviewer.login)).one() == "kim"
        assert session.scalars(select(SignIn)).all() == []
        passkey = session.scalars(select(Passkey)).one()
        assert (passkey.reviewer.login, passkey.credential_id, passkey.sign_count) == ("kim", "Y3JlZA", 2**32 - 1)
        factories.entry(session, session.get_one(Organisation, 1), "Life goes on.")
        assert chain_check.faults(session, 1) == []
    sessions.kw["bind"].dispose()


def test_what_lived_anywhere_lives_in_an_empty_postgresql(
    every_machine: Machine, new_database: Callable[[], str]
) -> None:
    url = new_database()
    to = places.of(another(every_machine, url), every_machine.folder / "there" / "appliance.toml")
    restored(every_machine, to)
    is_whole(url)
    assert Vault(to.vault).get(every_machine.picture) == b"a picture" * 30_000
    assert [path for path in to.vault.parent.iterdir() if path.name.endswith((".db", "-wal", "-shm"))] == []


def test_what_lived_in_postgresql_lives_in_a_file(postgres_machine: Machine) -> None:
    to = places.within(postgres_machine.folder / "new")
    restored(postgres_machine, to)
    is_whole(to.url)


def test_a_database_with_rows_is_not_written_over(postgres_machine: Machine) -> None:
    settings = another(postgres_machine, postgres_machine.settings.database)
    to = places.of(settings, postgres_machine.folder / "there" / "appliance.toml")
    file = backup(postgres_machine)
    for aside in ("", "before"):
        with pytest.raises(ValueError, match="has rows in organisations already, and nothing is written over"):
            restoring.restore(file, bytes(postgres_machine.head), to, aside)
    assert not (postgres_machine.folder / "there").exists()


def test_what_fails_halfway_leaves_nothing(machine: Machine, new_database: Callable[[], str]) -> None:
    with machine.sessions.begin() as session:
        session.get_one(Organisation, 1).name = "Oak\0School"
    url = new_database()
    to = places.of(another(machine, url), machine.folder / "there" / "appliance.toml")
    with pytest.raises(StoreError, match="a row of organisations cannot be kept in postgresql"):
        restoring.restore(backup(machine), bytes(machine.head), to)
    postgres.must_be_empty(url)
    assert [path for path in (machine.folder / "there").rglob("*") if path.is_file()] == []


def test_a_right_that_is_missing_is_said(postgres_machine: Machine, new_database: Callable[[], str]) -> None:
    full = store.engine(postgres_machine.settings.database)
    with full.begin() as connection:
        connection.execute(text("CREATE ROLE poor LOGIN"))
    full.dispose()
    with pytest.raises(StoreError, match="the records cannot be copied: permission denied for"):
        snapshot.copy(postgres_machine.settings.database.replace("gatehouse@", "poor@"), postgres_machine.folder / "c")
    with pytest.raises(StoreError, match="the database cannot be used: permission denied for"):
        postgres.must_be_empty(new_database().replace("gatehouse@", "poor@"))


def test_the_copy_is_of_one_moment_while_entries_are_added(postgres_machine: Machine) -> None:
    with entries_being_added(postgres_machine):
        for number in range(3):
            copy = postgres_machine.folder / f"copy-{number}.db"
            snapshot.copy(postgres_machine.settings.database, copy)
            sessions = store.sessions(f"sqlite:///{copy}")
            with sessions() as session:
                assert chain_check.faults(session, 1) == []
            sessions.kw["bind"].dispose()
            assert copy.stat().st_mode & 0o777 == 0o600


def test_the_nightly_backup_writes_it_and_says_so_in_the_chain(postgres_machine: Machine) -> None:
    machine = postgres_machine
    (machine.folder / "backups").mkdir()
    file, contents = writing.write(
        machine.sessions,
        machine.settings,
        machine.folder / "etc",
        machine.folder / "backups",
        machine.holders,
        NOON,
    )
    assert file.exists()
    assert contents.objects == 1
    with machine.sessions() as session:
        last = session.scalars(select(Entry).order_by(Entry.sequence.desc())).first()
        assert last is not None
        assert last.kind == "backed-up"
    assert postgres.size(machine.settings.database) > 1_000_000


def test_a_password_of_the_database_is_not_shown(machine: Machine) -> None:
    settings = replace(machine.settings, database="postgresql://gatehouse:secret@db.oak.example/gatehouse")
    assert "secret" not in places.of(settings, machine.folder / "appliance.toml").records
