"""What a reviewer may do with an incident. Every act is an entry."""

from datetime import datetime

from sqlalchemy.orm import Session

from appliance import alerting, chronology
from appliance.entry_kinds import EntryKind
from appliance.grouping import OPEN
from appliance.models import Capture, Entry, Incident, Outcome, Reviewer, Status

NOTE_FROM = 4
"""Whoever raises an incident to this severity or above says why."""


def grade(session: Session, incident: Incident, severity: int, reviewer: Reviewer, note: str, now: datetime) -> Entry:
    """A person's judgement replaces the detector's. ValueError, in words for that person, when it cannot."""
    _must_be_open(session, incident)
    if not 1 <= severity <= 5:
        raise ValueError("Severity goes from 1 to 5.")
    raised = severity > incident.severity
    if raised and severity >= NOTE_FROM and not note.strip():
        raise ValueError(f"Write a sentence saying why this is a {severity}: others will be called to it.")
    entry = _act(session, incident, reviewer, EntryKind.GRADED, f"From {incident.severity} to {severity}.", note, now)
    incident.severity, incident.graded_at, incident.status = severity, now, Status.IN_REVIEW
    if raised:
        alerting.announce(session, incident, entry, now, not_to=reviewer)
    return entry


def keep(session: Session, incident: Incident, reviewer: Reviewer, note: str, now: datetime) -> Entry:
    """The reviewer agrees with the severity it has."""
    _must_be_open(session, incident)
    incident.graded_at, incident.status = now, Status.IN_REVIEW
    return _act(session, incident, reviewer, EntryKind.KEPT, f"Severity {incident.severity} is right.", note, now)


def mark_false_positive(session: Session, incident: Incident, reviewer: Reviewer, note: str, now: datetime) -> Entry:
    _must_be_open(session, incident)
    incident.status, incident.graded_at, incident.closed_at = Status.FALSE_POSITIVE, now, now
    return _act(session, incident, reviewer, EntryKind.FALSE_POSITIVE, "", note, now)


def add_note(session: Session, incident: Incident, reviewer: Reviewer, note: str, now: datetime) -> Entry:
    """Also on a closed incident."""
    if not note.strip():
        raise ValueError("There is nothing in the note.")
    return _act(session, incident, reviewer, EntryKind.NOTED, "", note, now)


def close(
    session: Session, incident: Incident, outcome: Outcome, reviewer: Reviewer, note: str, now: datetime
) -> Entry:
    _must_be_open(session, incident)
    incident.status, incident.outcome, incident.closed_at = Status.CLOSED, outcome, now
    said = f"Outcome: {outcome.replace('-', ' ')}."
    return _act(session, incident, reviewer, EntryKind.CLOSED, said, note, now)


def reopen(session: Session, incident: Incident, reviewer: Reviewer, note: str, now: datetime) -> Entry:
    _renew(session, incident)
    if incident.status in OPEN:
        raise ValueError("This incident is open already.")
    incident.status, incident.outcome, incident.closed_at = Status.IN_REVIEW, None, None
    return _act(session, incident, reviewer, EntryKind.REOPENED, "", note, now)


def opened_capture(session: Session, capture: Capture, reviewer: Reviewer, now: datetime) -> Entry:
    """Record that a reviewer looked."""
    return _of_capture(session, capture, reviewer, EntryKind.LOOKED, now)


def reproduced_capture(session: Session, capture: Capture, reviewer: Reviewer, now: datetime) -> Entry:
    """Record that a reviewer had it derived again. It is no opening: they saw none of its words."""
    return _of_capture(session, capture, reviewer, EntryKind.REPRODUCED, now)


def _of_capture(session: Session, capture: Capture, reviewer: Reviewer, kind: EntryKind, now: datetime) -> Entry:
    return chronology.add(
        session,
        capture.organisation_id,
        at=now,
        actor=f"reviewer:{reviewer.login}",
        kind=kind,
        text="",
        incident_id=capture.incident_id,
        capture_id=capture.id,
        person_id=capture.person_id,
    )


def _act(
    session: Session, incident: Incident, reviewer: Reviewer, kind: EntryKind, said: str, note: str, now: datetime
) -> Entry:
    return chronology.add(
        session,
        incident.organisation_id,
        at=now,
        actor=f"reviewer:{reviewer.login}",
        kind=kind,
        text=" ".join(part for part in (said, note.strip()) if part),
        incident_id=incident.id,
        person_id=incident.person_id,
    )


def _must_be_open(session: Session, incident: Incident) -> None:
    _renew(session, incident)
    if incident.status not in OPEN:
        raise ValueError("This incident is closed. Reopen it first.")


def _renew(session: Session, incident: Incident) -> None:
    """Wait for whoever acts on the same school's incidents, then see what they left."""
    chronology.lock(session, incident.organisation_id)
    session.refresh(incident)
