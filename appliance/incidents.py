"""How detections become incidents, and what a reviewer may do with one. Every act is an entry."""

from datetime import datetime

from sqlalchemy.orm import Session

from appliance import alerting, captures, chronology, evidence, grouping
from appliance.chronology import EntryKind
from appliance.grouping import OPEN
from appliance.models import Capture, Device, Entry, Incident, Outcome, Reviewer, Status
from detection import wire
from detection.observation import Subject

NOTE_FROM = 4
"""Whoever raises an incident to this severity or above says why."""


def record(
    session: Session,
    report: wire.Report,
    device: Device,
    *,
    content_sha256: str,
    seen_at: datetime,
    received_at: datetime,
) -> Capture:
    """File a detection nobody has filed yet, with incident, entries and notifications, in the caller's transaction.

    One from a recording gets an incident apart from those of live traffic, and neither entries nor notifications.
    """
    chronology.lock(session, device.organisation_id)
    capture = captures.of_report(
        report, device, content_sha256=content_sha256, seen_at=seen_at, received_at=received_at
    )
    shown = captures.said_already(session, capture)
    if shown is not None and not captures.takes_over(capture, shown):
        _repeat(session, capture, shown)
    else:
        _file(session, capture, report.detection.observation.subject)
        if shown is not None and shown.incident.status in OPEN:
            captures.put_behind(session, shown, capture)  # a closed one stays as the reviewer judged it
    session.flush()
    evidence.expect(session, capture, report.evidence, report.evidence_note, received_at)
    session.flush()
    return capture


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


def _repeat(session: Session, capture: Capture, shown: Capture) -> None:
    """Kept, not counted; but a higher severity is never lost."""
    incident = shown.incident
    capture.duplicate_of, capture.person_id, capture.incident_id = shown.id, shown.person_id, incident.id
    session.add(capture)
    _entry(session, capture, EntryKind.REPEATED, f"The same sentence within ten minutes ({capture.channel}).")
    if incident.status in OPEN:
        _raise(session, incident, capture)


def _file(session: Session, capture: Capture, subject: Subject) -> None:
    who = grouping.who(session, capture.organisation_id, subject)
    capture.person_id = who.person_id
    incident = grouping.open_incident(session, capture, who)
    if incident is None:
        _open(session, capture, who)
        return
    capture.incident_id = incident.id
    session.add(capture)
    grouping.add(incident, capture, who)
    _entry(session, capture, EntryKind.DETECTED, _said(capture))
    _raise(session, incident, capture)


def _open(session: Session, capture: Capture, who: grouping.Who) -> None:
    incident = grouping.new_incident(capture, who)
    session.add(incident)
    session.flush()
    capture.incident_id = incident.id
    session.add(capture)
    opened = _entry(session, capture, EntryKind.OPENED, _said(capture))
    if opened:
        alerting.announce(session, incident, opened, capture.received_at)


def _raise(session: Session, incident: Incident, capture: Capture) -> None:
    """The highest counts, over a person's grade too: then somebody has to look again."""
    if capture.severity <= incident.severity:
        return
    was, incident.severity = incident.severity, capture.severity
    incident.category, incident.concern_role = capture.category, capture.concern_role
    if incident.graded_at is not None:
        incident.graded_at, incident.status = None, Status.NEW
    raised = _entry(session, capture, EntryKind.RAISED, f"From {was} to {capture.severity}.")
    if raised:
        alerting.announce(session, incident, raised, capture.received_at)


def _said(capture: Capture) -> str:
    return " ".join((f"Severity {capture.severity}.", *capture.reasons))


def _entry(session: Session, capture: Capture, kind: EntryKind, text: str) -> Entry | None:
    """None for what was replayed: a chronology tells what happened, not what was played again."""
    if captures.is_replayed(capture):
        return None
    return chronology.add(
        session,
        capture.organisation_id,
        at=capture.received_at,
        actor="detector",
        kind=kind,
        text=text,
        incident_id=capture.incident_id,
        capture_id=capture.id,
        person_id=capture.person_id,
        vouched_sha256="" if kind is EntryKind.RAISED else captures.fingerprint(capture),
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
