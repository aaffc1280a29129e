"""Any change of a chain shows, and the first broken link is named."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from appliance import chain_check
from tests.appliance.factories import entry, school


def test_a_whole_chain_has_no_faults_and_another_schools_are_not_its_own(session: Session) -> None:
    oak, elm = school(session, "oak"), school(session, "elm")
    for number in range(3):
        entry(session, oak, f"Note {number}.")
        entry(session, elm, f"Note {number}.")
    session.execute(text(f"UPDATE entries SET actor = 'reviewer:other' WHERE organisation_id = {elm.id}"))
    session.expire_all()
    assert chain_check.faults(session, oak.id) == []
    assert len(chain_check.faults(session, elm.id)) == 3


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE entries SET at = '2026-03-04 12:00:01.000000' WHERE sequence = 2", "entry 2: was changed"),
        ("UPDATE entries SET at = '2026-03-0x 12:00:00.000000' WHERE sequence = 2", "entry 2: cannot be read"),
        ("UPDATE entries SET actor = 'reviewer:other' WHERE sequence = 2", "entry 2: was changed"),
        ("UPDATE entries SET kind = 'closed' WHERE sequence = 2", "entry 2: was changed"),
        ("UPDATE entries SET incident_id = 8 WHERE sequence = 2", "entry 2: was changed"),
        ("UPDATE entries SET capture_id = 'obs-2' WHERE sequence = 2", "entry 2: was changed"),
        ("UPDATE entries SET person_id = NULL WHERE sequence = 2", "entry 2: was changed"),
        ("UPDATE entries SET vouched_sha256 = 'another' WHERE sequence = 2", "entry 2: was changed"),
        ("UPDATE entries SET text_sha256 = 'another' WHERE sequence = 2", "entry 2: was changed"),
        ("UPDATE entries SET previous = '' WHERE sequence = 2", "entry 2: does not follow on from the one before"),
        ("UPDATE entries SET hash = 'another' WHERE sequence = 2", "entry 2: was changed"),
        ("UPDATE entry_texts SET text = 'Spoke to nobody.' WHERE sequence = 2", "entry 2: its words were changed"),
        ("UPDATE entry_texts SET salt = 'another' WHERE sequence = 2", "entry 2: its words were changed"),
        (
            "DELETE FROM entry_texts WHERE sequence = 2",
            "entry 2: its words are gone, erased by no entry",
        ),
        ("DELETE FROM entries WHERE sequence = 2", "entry 2: is missing"),
        ("DELETE FROM entries WHERE sequence = 1", "entry 1: is missing"),
        ("DELETE FROM entries WHERE sequence = 3", "the chain ends at entry 2, but 3 were made"),
    ],
)
def test_any_change_shows_and_the_first_broken_link_is_named(session: Session, change: str, fault: str) -> None:
    oak = school(session)
    for number in range(3):
        entry(session, oak, f"Note {number}.", incident_id=7, capture_id="obs-1", person_id=3)
    session.execute(text(change))
    session.expire_all()
    assert chain_check.faults(session, oak.id)[0] == fault
