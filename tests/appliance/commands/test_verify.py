"""``gatehouse verify``."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from appliance.commands import verify
from images.vault import Vault
from tests.appliance import factories


@pytest.fixture(autouse=True)
def stored(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    with sessions.begin() as session:
        oak = factories.school(session)
        for number in range(3):
            factories.entry(session, oak, f"Note {number}.")
        picture = Vault(tmp_path / "vault").put(b"picture")
        incident, gate = factories.incident(session, oak), factories.device(session, oak)
        factories.capture(session, incident, gate, picture=picture)


def test_what_is_whole_is_said_to_be(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.main(["--config", str(config)]) == 0
    chain, _, vault = capsys.readouterr().out.splitlines()
    assert chain.startswith("oak: 3 entries; the newest is ")
    assert chain.endswith(": whole")
    assert vault == "vault: 1 pictures and pieces of evidence: whole"


def test_the_first_broken_link_is_named(
    config: Path, sessions: sessionmaker[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    with sessions.begin() as session:
        session.execute(text("DELETE FROM entries WHERE sequence = 2"))
        session.execute(text("UPDATE captures SET picture = :name"), {"name": "0" * 64})
    assert verify.main(["--config", str(config)]) == 1
    chain, _, vault = capsys.readouterr().out.splitlines()
    assert chain.endswith(": BROKEN at entry 2: is missing")
    assert ": BROKEN at capture obs-1: 0000" in vault
