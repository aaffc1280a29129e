"""Reviewers act on incidents; every act is an entry."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from appliance import chain_check, incidents, reviewing
from appliance.entry_kinds import EntryKind
from appliance.models import (
    Entry,
    Incident,
    Notification,
    NotificationChannel,
    Organisation,
    Outcome,
    Reviewer,
    ReviewerRole,
    Status,
)
from tests.appliance import factories
from tests.appliance.chronologies import kinds, said
from tests.appliance.factories import NOON, report

pytestmark = pytest.mark.usefixtures("pupil")


@pytest.fixture
def incident(session: Session, oak: Organisation) -> Incident:
    gate = factories.device(session, oak)
    return incidents.record(
        session, report(severity=3), gate, content_sha256="0" * 64, seen_at=NOON, received_at=NOON
    ).incident


def test_keeping_agrees(session: Session, incident: Incident, dsl: Reviewer) -> None:
    reviewing.keep(session, incident, dsl, "", NOON)
    assert (incident.status, incident.graded_at, incident.severity) == (Status.IN_REVIEW, NOON, 3)
    assert kinds(session, incident)[-1] == EntryKind.KEPT


def test_grading_replaces_the_detectors_judgement(session: Session, incident: Incident, dsl: Reviewer) -> None:
    entry = reviewing.grade(session, incident, 1, dsl, "A quotation.", NOON)
    assert (incident.severity, incident.status) == (1, Status.IN_REVIEW)
    assert (entry.actor, said(session, incident)) == (f"reviewer:{dsl.login}", "From 3 to 1. A quotation.")


def test_raising_to_four_calls_the_others_and_needs_a_sentence(
    session: Session, oak: Organisation, incident: Incident, dsl: Reviewer
) -> None:
    deputy = factories.reviewer(session, oak, ReviewerRole.DEPUTY)
    with pytest.raises(ValueError, match="Write a sentence"):
        reviewing.grade(session, incident, 4, dsl, "  ", NOON)
    assert incident.severity == 3
    reviewing.grade(session, incident, 4, dsl, "Known history.", NOON)
    mailed = select(Notification.recipient).where(Notification.channel == NotificationChannel.EMAIL)
    assert session.scalars(mailed).all() == [deputy.email]


@pytest.mark.parametrize("severity", [0, 6])
def test_there_are_five_severities(session: Session, incident: Incident, dsl: Reviewer, severity: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        reviewing.grade(session, incident, severity, dsl, "x", NOON)


def test_closing_and_opening_again(session: Session, incident: Incident, dsl: Reviewer) -> None:
    reviewing.close(session, incident, Outcome.NO_FURTHER_ACTION, dsl, "Spoke to tutor.", NOON)
    assert (incident.status, incident.outcome, incident.closed_at) == (
        Status.CLOSED,
        Outcome.NO_FURTHER_ACTION,
        NOON,
    )
    assert said(session, incident) == "Outcome: no further action. Spoke to tutor."
    reviewing.reopen(session, incident, dsl, "Happened again.", NOON)
    assert (incident.status, incident.outcome, incident.closed_at) == (Status.IN_REVIEW, None, None)


def test_a_closed_incident_must_be_reopened_first(session: Session, incident: Incident, dsl: Reviewer) -> None:
    reviewing.close(session, incident, Outcome.SUPPORTED, dsl, "", NOON)
    acts: list[Callable[[], object]] = [
        lambda: reviewing.grade(session, incident, 5, dsl, "x", NOON),
        lambda: reviewing.keep(session, incident, dsl, "", NOON),
        lambda: reviewing.mark_false_positive(session, incident, dsl, "", NOON),
        lambda: reviewing.close(session, incident, Outcome.SUPPORTED, dsl, "", NOON),
    ]
    for act in acts:
        with pytest.raises(ValueError, match="Reopen it first"):
            act()
    reviewing.add_note(session, incident, dsl, "Parents rang.", NOON)


def test_an_open_incident_cannot_be_opened(session: Session, incident: Incident, dsl: Reviewer) -> None:
    with pytest.raises(ValueError, match="open already"):
        reviewing.reopen(session, incident, dsl, "", NOON)


def test_a_note_says_something(session: Session, incident: Incident, dsl: Reviewer) -> None:
    with pytest.raises(ValueError, match="nothing in the note"):
        reviewing.add_note(session, incident, dsl, " \n", NOON)


def test_each_look_is_an_entry(session: Session, incident: Incident, dsl: Reviewer) -> None:
    entry = reviewing.opened_capture(session, incident.captures[0], dsl, NOON)
    assert (entry.kind, entry.capture_id, entry.incident_id) == (EntryKind.LOOKED, "obs-1", incident.id)
    entry = reviewing.reproduced_capture(session, incident.captures[0], dsl, NOON)
    assert (entry.kind, entry.capture_id, entry.actor) == (EntryKind.REPRODUCED, "obs-1", f"reviewer:{dsl.login}")


def test_the_chain_holds_through_it_all(session: Session, incident: Incident, dsl: Reviewer) -> None:
    reviewing.keep(session, incident, dsl, "", NOON)
    reviewing.close(session, incident, Outcome.REFERRED, dsl, "", NOON)
    assert chain_check.faults(session, incident.organisation_id) == []
    assert session.scalar(select(func.count()).select_from(Entry)) == 3
