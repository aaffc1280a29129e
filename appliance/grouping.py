"""Whom a capture is about, and which incident it belongs to: same person, same kind of concern, within an hour."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import captures
from appliance.families import family
from appliance.models import Capture, Incident, Person, Status
from appliance.permissions import STAFF
from detection.library import Category
from detection.observation import Subject

SAME_INCIDENT = timedelta(hours=1)
OPEN = (Status.NEW, Status.IN_REVIEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The subject, as far as the school knows them."""

    key: str
    person_id: int | None
    """None unless the sensor was sure and the school has such a person."""
    role: str
    """staff if anybody it may be is staff: one possibility keeps it from those who may not see it."""


def who(session: Session, organisation_id: int, subject: Subject) -> Who:
    named = select(Person).where(Person.organisation_id == organisation_id, Person.ref.in_(subject.people))
    people = list(session.scalars(named))
    staff = subject.role == STAFF or any(person.role == STAFF for person in people)
    return Who(
        key=subject.key,
        person_id=people[0].id if people and len(subject.people) == 1 else None,
        role=STAFF if staff else subject.role,
    )


def open_incident(session: Session, capture: Capture, about: Who) -> Incident | None:
    """What came late from a sensor's outbox joins the incident of its own time. Tests of the system stay among
    themselves, so that what a person did is never mixed with what a tester did in their place."""
    near = session.scalars(
        select(Incident)
        .where(Incident.organisation_id == capture.organisation_id, Incident.subject_key == about.key)
        .where(Incident.category.in_(family(Category(capture.category))), Incident.status.in_(OPEN))
        .where(Incident.replayed.is_(captures.is_replayed(capture)))
        .where(Incident.last_seen_at >= capture.seen_at - SAME_INCIDENT)
        .where(Incident.opened_at <= capture.seen_at + SAME_INCIDENT)
        .order_by(Incident.last_seen_at.desc())
    )
    test = captures.is_test(capture)
    return next((incident for incident in near if _is_of_tests(session, incident) is test), None)


def _is_of_tests(session: Session, incident: Incident) -> bool:
    filed = session.scalar(select(Capture).where(Capture.incident_id == incident.id).limit(1))
    return filed is not None and captures.is_test(filed)


def new_incident(capture: Capture, about: Who) -> Incident:
    return Incident(
        organisation_id=capture.organisation_id,
        subject_key=about.key,
        person_id=about.person_id,
        subject_role=about.role,
        category=capture.category,
        severity=capture.severity,
        concern_role=capture.concern_role,
        status=Status.NEW,
        replayed=captures.is_replayed(capture),
        opened_at=capture.seen_at,
        last_seen_at=capture.seen_at,
    )


def add(incident: Incident, capture: Capture, about: Who) -> None:
    """One more capture: its time, and whom it may be about."""
    incident.last_seen_at = max(incident.last_seen_at, capture.seen_at)
    incident.opened_at = min(incident.opened_at, capture.seen_at)
    if about.role == STAFF:
        incident.subject_role = STAFF
