"""A backup is there whole or not at all; either is said in the chain, and old ones are removed when asked."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from appliance import chain_check
from appliance.backup import writing
from appliance.entry_kinds import EntryKind
from appliance.models import Entry, EntryText
from tests.appliance.backup.conftest import Machine
from tests.appliance.factories import NOON


def write(machine: Machine, to: Path, days: int = 0) -> Path:
    settings = machine.folder / "etc"
    at = NOON + timedelta(days=days)
    return writing.write(machine.sessions, machine.settings, settings, to, machine.holders, at)[0]


def said(machine: Machine) -> str:
    with machine.sessions() as session:
        last = select(EntryText.text).order_by(EntryText.sequence.desc()).limit(1)
        return session.scalars(last).one()


def test_it_is_named_by_the_time_and_chronicled(machine: Machine) -> None:
    (machine.folder / "backups").mkdir()
    file = write(machine, machine.folder / "backups")
    assert file.name == "gatehouse-20260304T120000Z.backup"
    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(each.name for each in file.parent.iterdir()) == ["erased.json", file.name]
    assert said(machine).startswith(f"Backed up to {file.name}: the records and 1 pictures")
    assert writing.sha256(file) in said(machine)
    with machine.sessions() as session:
        assert chain_check.faults(session, 1) == []


def test_one_that_fails_leaves_no_file_and_an_entry(machine: Machine) -> None:
    machine.settings.private_key.unlink()
    with pytest.raises(OSError, match="No such file"):
        write(machine, machine.folder / "x.backup")
    assert list(machine.folder.glob("*x.backup*")) == []
    assert said(machine) == "No backup was made: No such file or directory."
    with machine.sessions() as session:
        assert session.scalars(select(Entry.kind).order_by(Entry.sequence.desc())).first() == EntryKind.NOT_BACKED_UP


def test_one_for_which_there_is_no_room_is_not_begun(machine: Machine) -> None:
    large = replace(machine.settings, recordings_megabytes=10**9, pictures_megabytes=10**9)
    with pytest.raises(ValueError, match="MB are free beside the records; a backup needs"):
        writing.write(machine.sessions, large, machine.folder, machine.folder / "x.backup", machine.holders, NOON)
    assert said(machine).startswith("No backup was made: ")


def test_none_is_written_over(machine: Machine) -> None:
    write(machine, machine.folder / "x.backup")
    with pytest.raises(ValueError, match="no backup is written over"):
        write(machine, machine.folder / "x.backup")


def test_the_newest_are_kept(machine: Machine) -> None:
    folder = machine.folder / "backups"
    folder.mkdir()
    (folder / "other.backup").touch()
    made = [write(machine, folder, days) for days in range(3)]
    assert writing.prune(folder, 2) == made[:1]
    assert writing.prune(folder, 2) == []
    assert (folder / "other.backup").exists()
