"""The chain grows without gaps, and lets words be erased."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chain_check, chronology, store
from appliance.entry_kinds import EntryKind
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
        assert chain_check.faults(session, oak.id) == []
    sessions.kw["bind"].dispose()


def test_a_chain_reads_the_same_from_every_database(every_url: str) -> None:
    sessions = store.sessions(every_url)
    with sessions.begin() as session:
        oak = school(session)
        entry(session, oak, "Zoë said “hello” 👋", at=NOON + timedelta(microseconds=1), capture_id="obs-1")
    with sessions() as session:
        assert chain_check.faults(session, oak.id) == []
    sessions.kw["bind"].dispose()


def test_erased_words_are_gone_and_the_chain_stays_whole(session: Session) -> None:
    oak = school(session)
    made = entry(session, oak, "Words to be forgotten.", incident_id=7)
    erasure = chronology.erase_text(session, made, "reviewer:dsl", NOON)
    assert made.text is None
    assert chain_check.faults(session, oak.id) == []
    assert (erasure.kind, erasure.incident_id) == (EntryKind.ERASED, 7)
    with pytest.raises(ValueError, match="stays on record"):
        chronology.erase_text(session, erasure, "reviewer:dsl", NOON)
