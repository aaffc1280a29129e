"""A backup becomes a living store on another machine: chains hold, sensors are known, and nothing is doubled."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from appliance import chain_check, chronology, ingest, store
from appliance.backup import erasures, packing, places, restoring
from appliance.backup.sealed_file import SealedFileError
from appliance.entry_kinds import EntryKind
from appliance.models import Capture, Entry, EntryText
from detection.sealing import Opener
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.backup.conftest import Machine
from tests.appliance.factories import NOON, PRIVATE_KEY
from tests.appliance.ingesting import sent


def backup(machine: Machine) -> Path:
    file = machine.folder / "x.backup"
    with file.open("wb") as out:
        packing.pack(out, machine.settings, machine.folder / "etc", machine.holders, NOON)
    return file


def test_the_chain_goes_on_with_an_entry_that_says_so(machine: Machine) -> None:
    to = places.within(machine.folder / "new")
    contents = restoring.restore(backup(machine), bytes(machine.head), to)
    restoring.go_on(to, contents, None, NOON)
    with store.sessions(f"sqlite:///{to.database}")() as session:
        assert chain_check.faults(session, 1) == []
        last = session.scalars(select(Entry).order_by(Entry.sequence.desc())).first()
        assert last is not None
        assert last.kind == EntryKind.RESTORED
        assert last.text is not None
        assert "backup of 2026-03-04 12:00 UTC, which had 3 entries" in last.text.text
    assert Vault(to.vault).get(machine.picture) == b"a picture" * 30_000
    assert (to.settings / "box.toml").read_text() == 'school = "Oak School"\n'
    for what in ("appliance.key", "library.key"):
        assert to.keys[what].read_bytes() == (machine.folder / "etc" / "keys" / what).read_bytes()
        assert to.keys[what].stat().st_mode & 0o777 == 0o600


def test_words_erased_since_do_not_come_back(machine: Machine) -> None:
    file = backup(machine)
    with machine.sessions.begin() as session:
        entry = session.get_one(Entry, (1, 2))
        chronology.erase_text(session, entry, "reviewer:kim", NOON)
        session.flush()
        erasures.write(session, machine.folder / "erased.json")
    to = places.within(machine.folder / "new")
    contents = restoring.restore(file, bytes(machine.head), to)
    assert restoring.go_on(to, contents, machine.folder / "erased.json", NOON) == 1
    with store.sessions(f"sqlite:///{to.database}")() as session:
        assert session.get(EntryText, (1, 2)) is None
        assert chain_check.faults(session, 1) == []


def test_a_file_that_was_cut_writes_nothing(machine: Machine) -> None:
    file = backup(machine)
    file.write_bytes(file.read_bytes()[:-1])
    to = places.within(machine.folder / "new")
    with pytest.raises(SealedFileError, match="cut"):
        restoring.restore(file, bytes(machine.head), to)
    assert not (machine.folder / "new").exists()


def sensor(url_sessions: sessionmaker[Session], key: bytes, vault: Path) -> FlaskClient:
    return ingest.create_ingest(url_sessions, Opener(key), Vault(vault), lambda: NOON).test_client()


def test_sensors_are_known_and_what_they_send_again_is_no_double(machine: Machine, tmp_path: Path) -> None:
    """The second came after the backup: its sensor may have it still, or not."""
    first, second = (factories.envelope(factories.report(f"obs-{n}", once=str(n) * 64)) for n in (7, 8))
    before = sensor(machine.sessions, PRIVATE_KEY, machine.settings.vault)
    assert before.post("/detections", **sent(first, "token")).status_code == 201
    file = backup(machine)
    to = places.within(tmp_path / "new")
    restoring.go_on(to, restoring.restore(file, bytes(machine.lead), to), None, NOON)
    sessions = store.sessions(f"sqlite:///{to.database}")
    after = sensor(sessions, to.keys["appliance.key"].read_bytes(), to.vault)
    answers = [after.post("/detections", **sent(body, "token")).status_code for body in (first, second, second)]
    assert answers == [200, 201, 200]
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Capture)) == 3
        assert chain_check.faults(session, 1) == []
