"""Detections gather in incidents, and each is an entry."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import incidents, reviewing
from appliance.entry_kinds import EntryKind
from appliance.models import (
    Capture,
    Device,
    Notification,
    NotificationChannel,
    Organisation,
    Outcome,
    Reviewer,
    Status,
)
from detection import wire
from detection.grading import Earlier
from detection.library import Category
from detection.observation import Channel, Direction, PersonRole
from tests.appliance import factories
from tests.appliance.chronologies import kinds, said
from tests.appliance.factories import NOON, report

MINUTE = timedelta(minutes=1)
SHOWN, WRITTEN = Direction.SHOWN, Direction.WRITTEN

pytestmark = pytest.mark.usefixtures("pupil")


@pytest.fixture
def gate(session: Session, oak: Organisation) -> Device:
    return factories.device(session, oak)


def record(session: Session, gate: Device, reported: wire.Report) -> Capture:
    seen = reported.detection.observation
    return incidents.record(
        session, reported, gate, content_sha256="0" * 64, seen_at=seen.seen_at, received_at=seen.seen_at
    )


def test_a_detection_opens_an_incident_about_its_person(session: Session, gate: Device) -> None:
    incident = record(session, gate, report(severity=3)).incident
    assert (incident.status, incident.severity, incident.category) == (Status.NEW, 3, Category.DISTRESS)
    assert incident.person is not None
    assert incident.person.ref == "p1"
    assert kinds(session, incident) == [EntryKind.OPENED]
    assert said(session, incident) == "Severity 3. The person wrote this."


def test_a_burst_in_one_chat_is_one_incident_told_once(session: Session, gate: Device, dsl: Reviewer) -> None:
    made = [
        record(session, gate, report(f"obs-{n}", severity=4, seen_at=NOON + n * MINUTE)).incident for n in range(40)
    ]
    assert len(set(made)) == 1
    assert len(made[0].captures) == 40
    channels = session.scalars(select(Notification.channel)).all()
    assert sorted(channels) == [NotificationChannel.BANNER, NotificationChannel.EMAIL]


@pytest.mark.parametrize(
    ("second", "same"),
    [
        (report("b", seen_at=NOON + 59 * MINUTE), True),
        (report("b", seen_at=NOON - 59 * MINUTE), True),
        (report("b", seen_at=NOON + 61 * MINUTE), False),
        (report("b", category=Category.SELF_HARM), True),
        (report("b", category=Category.BULLYING), False),
        (report("b", people=("p2",)), False),
        (report("b", people=()), False),
    ],
    ids=["within an hour", "late by an hour", "later", "same family", "other kind", "other person", "nobody known"],
)
def test_what_belongs_to_an_incident(session: Session, gate: Device, second: wire.Report, same: bool) -> None:
    first = record(session, gate, report("a"))
    assert (record(session, gate, second).incident is first.incident) == same


def test_a_closed_incident_takes_nothing_new(session: Session, gate: Device, dsl: Reviewer) -> None:
    first = record(session, gate, report("a")).incident
    reviewing.mark_false_positive(session, first, dsl, "", NOON)
    assert record(session, gate, report("b")).incident is not first


def test_the_highest_severity_counts_and_names_the_concern(session: Session, gate: Device) -> None:
    incident = record(session, gate, report("a", severity=2)).incident
    record(session, gate, report("b", severity=4, category=Category.SELF_HARM))
    record(session, gate, report("c", severity=3))
    assert (incident.severity, incident.category) == (4, Category.SELF_HARM)
    assert kinds(session, incident) == ["opened", "detected", "raised", "detected"]


def test_a_graver_detection_brings_a_graded_incident_back(session: Session, gate: Device, dsl: Reviewer) -> None:
    incident = record(session, gate, report("a", severity=4)).incident
    reviewing.grade(session, incident, 2, dsl, "Song lyrics.", NOON)
    record(session, gate, report("b", severity=2))
    assert (incident.severity, incident.status) == (2, Status.IN_REVIEW)
    record(session, gate, report("c", severity=3))
    assert (incident.severity, incident.status, incident.graded_at) == (3, Status.NEW, None)
    assert said(session, incident) == "From 2 to 3."


def test_it_is_told_again_when_it_rises_to_five(session: Session, gate: Device, dsl: Reviewer) -> None:
    for n, severity in enumerate([3, 4, 4, 5, 5]):
        record(session, gate, report(f"obs-{n}", severity=severity))
    assert session.scalars(
        select(Notification.severity).where(Notification.channel == NotificationChannel.EMAIL)
    ).all() == [4, 5]


def test_the_same_sentence_within_ten_minutes_is_kept_and_not_counted(session: Session, gate: Device) -> None:
    first = record(session, gate, report("a", once="same"))
    second = record(session, gate, report("b", once="same", seen_at=NOON + 10 * MINUTE))
    third = record(session, gate, report("c", once="same", seen_at=NOON + 11 * MINUTE))
    assert (first.duplicate_of, second.duplicate_of, third.duplicate_of) == (None, "a", None)
    assert kinds(session, first.incident) == ["opened", "repeated", "detected"]


def test_the_same_sentence_of_another_school_is_another(session: Session, gate: Device) -> None:
    elsewhere = factories.device(session, factories.school(session, "elm"), token="elm")
    record(session, gate, report("a", once="same"))
    assert record(session, elsewhere, report("b", once="same")).duplicate_of is None


def test_the_written_one_is_shown_and_the_others_stand_behind_it(session: Session, gate: Device) -> None:
    first = record(session, gate, report("a", once="same", direction=SHOWN))
    second = record(session, gate, report("b", once="same", direction=SHOWN))
    written = record(session, gate, report("c", once="same", direction=WRITTEN))
    session.refresh(first)
    assert (first.duplicate_of, second.duplicate_of, written.duplicate_of) == ("c", "c", None)
    assert written.incident is first.incident


def test_a_late_repetition_does_not_stir_a_closed_incident(session: Session, gate: Device, dsl: Reviewer) -> None:
    first = record(session, gate, report("a", once="same"))
    reviewing.close(session, first.incident, Outcome.SPOKEN_TO, dsl, "", NOON)
    late = record(session, gate, report("b", once="same"))
    assert (late.incident, late.duplicate_of) == (first.incident, "a")
    assert first.incident.status is Status.CLOSED


def test_written_after_all_is_news_even_when_the_other_was_closed(
    session: Session, gate: Device, dsl: Reviewer
) -> None:
    first = record(session, gate, report("a", once="same", direction=SHOWN))
    reviewing.mark_false_positive(session, first.incident, dsl, "Only a news page.", NOON)
    written = record(session, gate, report("b", once="same", direction=WRITTEN))
    assert written.incident is not first.incident
    assert (first.duplicate_of, written.duplicate_of) == (None, None)


def test_one_possible_member_of_staff_makes_it_a_staff_matter(
    session: Session, oak: Organisation, gate: Device
) -> None:
    factories.person(session, oak, "t1", role="staff")
    assert record(session, gate, report("a", people=("p1", "t1"))).incident.subject_role == "staff"
    assert record(session, gate, report("b", people=(), role=PersonRole.STAFF)).incident.subject_role == "staff"
    assert record(session, gate, report("c", people=("p1",))).incident.subject_role == "pupil"


def test_a_wrong_clock_is_corrected_in_what_came_before_too(session: Session, gate: Device) -> None:
    earlier = Earlier(seen_at=NOON - MINUTE, channel=Channel.MESSAGE, direction=WRITTEN, app="chat", text="hi")
    capture = incidents.record(
        session,
        report("a", before=[earlier]),
        gate,
        content_sha256="",
        seen_at=NOON + 60 * MINUTE,
        received_at=NOON + 60 * MINUTE,
    )
    assert datetime.fromisoformat(capture.before[0]["seen_at"]) == NOON + 59 * MINUTE
