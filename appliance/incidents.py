"""How detections become incidents: which one a detection belongs to, and what it changes there."""

from datetime import datetime

from sqlalchemy.orm import Session

from appliance import alerting, captures, chronology, evidence, grouping
from appliance.entry_kinds import EntryKind
from appliance.grouping import OPEN
from appliance.models import Capture, Device, Entry, Incident, Status
from detection import wire
from detection.observation import Subject


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
