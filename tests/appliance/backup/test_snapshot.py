"""The copy is of one moment though others write, and nobody is signed in by it."""

from pathlib import Path

import pytest
from sqlalchemy import select

from appliance import chain_check, store
from appliance.backup import snapshot
from appliance.models import Reviewer, SignIn
from tests.appliance.backup.conftest import Machine, entries_being_added


def test_it_is_whole_while_entries_are_added(machine: Machine) -> None:
    with entries_being_added(machine):
        for number in range(5):
            copy = machine.folder / f"copy-{number}.db"
            snapshot.copy(machine.settings.database, copy)
            with store.sessions(f"sqlite:///{copy}")() as session:
                assert chain_check.faults(session, 1) == []


def test_nobody_is_signed_in_by_it(machine: Machine) -> None:
    copy = machine.folder / "copy.db"
    with machine.sessions() as session:
        token = session.scalars(select(SignIn.token_sha256)).one()
    snapshot.copy(machine.settings.database, copy)
    with store.sessions(f"sqlite:///{copy}")() as session:
        assert session.scalars(select(SignIn)).all() == []
        assert session.scalars(select(Reviewer.login)).one() == "kim"
    assert token.encode() not in copy.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600


def test_what_it_cannot_copy_it_says(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("no database")
    with pytest.raises(store.StoreError, match="cannot be copied"):
        snapshot.copy(f"sqlite:///{tmp_path}/notes.db", tmp_path / "copy.db")
