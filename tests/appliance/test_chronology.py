"""The chain grows without gaps, shows any change, and lets words be erased."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from appliance import chronology, store
from appliance.chronology import EntryKind
from appliance.models import Entry
from tests.appliance.factories import NOON, entry, school


def test_entries_count_up_within_their_school(session: Session) -> None:
    oak, elm = school(session, "oak"), school(session, "elm")
    made = [entry(session, oak), entry(session, elm), entry(session, oak)]
    assert [(e.organisation_id, e.sequence) for e in made] == [(oak.id, 1), (elm.id, 1), (oak.id, 2)]
    assert made[2].previous == made[0].hash


def test_an_entry_says_what_it_says_and_about_whom(session: Session) -> None:
    oak = school(session)
    made = entry(session, oak, "Spoke to tutor.", incident_id=7, person_id=3)
    entry(session, oak, "Elsewhere.", incident_id=8)
    [found] = chronology.of_incident(session, 7)
    assert found is made
    assert found.text is not None
    assert found.text.text == "Spoke to tutor."


def test_many_at_once_leave_no_gap(every_url: str) -> None:
    sessions = store.sessions(every_url)
    with sessions.begin() as session:
        oak = school(session)

    def note(number: int) -> None:
        with sessions.begin() as own:
            entry(own, oak, f"Note {number}.")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(note, range(30)))
    with sessions() as session:
        assert session.scalars(select(Entry.sequence).order_by(Entry.sequence)).all() == list(range(1, 31))
        assert chronology.verify(session, oak.id) == []
    sessions.kw["bind"].dispose()


def test_a_chain_reads_the_same_from_every_database(every_url: str) -> None:
    sessions = store.sessions(every_url)
    with sessions.begin() as session:
        oak = school(session)
        entry(session, oak, "Zoë said “hello” 👋", at=NOON + timedelta(microseconds=1), capture_id="obs-1")
    with sessions() as session:
        assert chronology.verify(session, oak.id) == []
    sessions.kw["bind"].dispose()


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
    assert chronology.verify(session, oak.id)[0] == fault


def test_erased_words_are_gone_and_the_chain_stays_whole(session: Session) -> None:
    oak = school(session)
    made = entry(session, oak, "Words to be forgotten.", incident_id=7)
    erasure = chronology.erase_text(session, made, "reviewer:dsl", NOON)
    assert made.text is None
    assert chronology.verify(session, oak.id) == []
    assert (erasure.kind, erasure.incident_id) == (EntryKind.ERASED, 7)
    with pytest.raises(ValueError, match="stays on record"):
        chronology.erase_text(session, erasure, "reviewer:dsl", NOON)
