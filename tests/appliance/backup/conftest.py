"""A machine with records, evidence, keys and settings, and the keys of two people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import pytest
from nacl.public import PrivateKey
from sqlalchemy.orm import Session, sessionmaker

from appliance import reviewers, signing_in, store
from appliance.config import ApplianceSettings
from appliance.models import Organisation, Passkey, Reviewer
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.factories import NOON, PRIVATE_KEY


@dataclass(frozen=True)
class Machine:
    folder: Path
    settings: ApplianceSettings
    sessions: sessionmaker[Session]
    lead: PrivateKey
    head: PrivateKey
    picture: str

    @property
    def holders(self) -> list[bytes]:
        return [bytes(each.public_key) for each in (self.lead, self.head)]


@contextmanager
def entries_being_added(machine: Machine) -> Iterator[None]:
    stop = Event()

    def write() -> None:
        while not stop.is_set():
            with machine.sessions.begin() as session:
                factories.entry(session, session.get_one(Organisation, 1))

    thread = Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@pytest.fixture
def machine(tmp_path: Path, url: str, sessions: sessionmaker[Session], quick_passwords: None) -> Machine:
    return a_machine(tmp_path, url, sessions)


@pytest.fixture
def postgres_machine(tmp_path: Path, postgres_url: str, quick_passwords: None) -> Iterator[Machine]:
    """The same, with its records in PostgreSQL."""
    made = store.sessions(postgres_url)
    yield a_machine(tmp_path, postgres_url, made)
    made.kw["bind"].dispose()


def a_machine(tmp_path: Path, url: str, sessions: sessionmaker[Session]) -> Machine:
    keys = tmp_path / "etc" / "keys"
    keys.mkdir(parents=True)
    (keys / "appliance.key").write_bytes(PRIVATE_KEY)
    (keys / "library.key").write_bytes(b"L" * 32)
    (tmp_path / "etc" / "box.toml").write_text('school = "Oak School"\n')
    (tmp_path / "etc" / "ca.key").write_text("ROOT KEY")
    vault = Vault(tmp_path / "vault")
    picture = vault.put(b"a picture" * 30_000)
    with sessions.begin() as session:
        oak = factories.school(session)
        kim = factories.reviewer(session, oak, login="kim")
        reviewers.set_password(kim, "three quiet otters")
        signing_in.sign_in(session, "kim", "three quiet otters", "192.0.2.1", NOON)
        session.add(a_passkey(kim))
        for number in range(3):
            factories.entry(session, oak, f"Note {number}.")
        incident, gate = factories.incident(session, oak), factories.device(session, oak)
        factories.capture(session, incident, gate, picture=picture)
    loaded = ApplianceSettings(
        database=url,
        vault=tmp_path / "vault",
        private_key=keys / "appliance.key",
        library_key=keys / "library.key",
    )
    return Machine(tmp_path, loaded, sessions, PrivateKey.generate(), PrivateKey.generate(), picture)


def a_passkey(of: Reviewer) -> Passkey:
    return Passkey(
        organisation_id=of.organisation_id,
        reviewer_id=of.id,
        name="Telephone",
        credential_id="Y3JlZA",
        public_key="a2V5",
        user_handle="aGFuZGxl",
        sign_count=2**32 - 1,
        added_at=NOON,
    )
