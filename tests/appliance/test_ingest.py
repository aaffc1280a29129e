"""What a sensor sends is stored once, by its clock put right, and answered as docs/wire.md says."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from appliance import chain_check
from appliance.models import Capture, Device, DrawState, Entry, EvidenceState, Incident
from detection import wire
from detection.illegal_sighting import detection_of, observation_of
from detection.observation import Subject
from detection.sealed_address import opened
from detection.sealing import Opener
from tests.appliance.factories import NOON, PRIVATE_KEY, SEALER, bundle, envelope, report
from tests.appliance.ingesting import Appliance, started
from tests.detection.illegal import sighting


def test_a_detection_is_stored_with_its_incident_and_its_entry(appliance: Appliance) -> None:
    answer = appliance.post(envelope(report("obs-1", text="I feel so alone lately")))
    assert answer.status_code == 201
    capture = appliance.one()
    assert (capture.id, capture.text, capture.matches[0]["written"]) == ("obs-1", "I feel so alone lately", "so alone")
    assert (capture.evidence_state, capture.draw_state) == (EvidenceState.NONE, DrawState.DUE)
    assert appliance.one(Incident).id == capture.incident_id
    assert appliance.one(Entry).capture_id == "obs-1"


def test_a_token_decides_the_school_whatever_the_payload_says(appliance: Appliance) -> None:
    appliance.post(envelope(report("obs-1")), token="elm")
    with appliance.sessions() as session:
        device = session.scalars(select(Device).order_by(Device.id.desc())).first()
    assert device is not None
    assert appliance.one().organisation_id == device.organisation_id


def test_a_resend_is_the_same_row(appliance: Appliance) -> None:
    sent = envelope(report("obs-1"))
    assert [appliance.post(sent).status_code for _ in range(3)] == [201, 200, 200]
    assert (appliance.count(Capture), appliance.count(Entry)) == (1, 1)


def test_sealed_anew_the_same_content_is_the_same(appliance: Appliance) -> None:
    assert appliance.post(envelope(report("obs-1"))).status_code == 201
    assert appliance.post(envelope(report("obs-1"), sent_at=NOON + timedelta(hours=1))).status_code == 200


def test_the_same_id_with_other_content_is_refused(appliance: Appliance) -> None:
    appliance.post(envelope(report("obs-1")))
    assert appliance.post(envelope(report("obs-1", text="other words, so alone"))).status_code == 409
    assert appliance.post(envelope(report("obs-1", reported_at=NOON + timedelta(seconds=1)))).status_code == 409
    assert appliance.one().text == "I feel so alone lately"


def test_an_id_of_another_school_is_nobodys_business(appliance: Appliance) -> None:
    assert appliance.post(envelope(report("obs-1"))).status_code == 201
    assert appliance.post(envelope(report("obs-1", text="so alone")), token="elm").status_code == 201


def test_the_same_id_posted_at_once_is_one_row(every_url: str, tmp_path: Path) -> None:
    appliance = started(every_url, tmp_path)
    sent = [envelope(report("obs-1")) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = sorted(answer.status_code for answer in pool.map(appliance.post, sent))
    assert answers == [200] * 7 + [201]
    assert (appliance.count(Capture), appliance.count(Incident)) == (1, 1)
    appliance.sessions.kw["bind"].dispose()


def test_one_person_seen_by_many_threads_has_one_incident(every_url: str, tmp_path: Path) -> None:
    appliance = started(every_url, tmp_path)
    sent = [envelope(report(f"obs-{n}", text=f"so alone {n} 👋\x00", severity=4)) for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        assert {answer.status_code for answer in pool.map(appliance.post, sent)} == {201}
    incident = appliance.one(Incident)
    with appliance.sessions() as session:
        assert chain_check.faults(session, incident.organisation_id) == []
    assert appliance.count(Entry) == 12
    appliance.sessions.kw["bind"].dispose()


@pytest.mark.parametrize(
    ("behind", "stored"),
    [
        (timedelta(seconds=5), NOON),
        (timedelta(seconds=6), NOON + timedelta(seconds=6)),
        (timedelta(hours=-3), NOON - timedelta(hours=3)),
    ],
)
def test_a_wrong_clock_is_corrected_and_the_sensors_own_kept(
    appliance: Appliance, behind: timedelta, stored: datetime
) -> None:
    appliance.now = NOON + timedelta(minutes=10)
    appliance.post(envelope(report("obs-1"), sent_at=appliance.now - behind))
    capture = appliance.one()
    assert (capture.seen_at, capture.reported_at, capture.received_at) == (stored, NOON, appliance.now)


def test_listed_content_is_filed_as_facts_and_no_row_or_alert_holds_its_address(appliance: Appliance) -> None:
    seen = sighting(address="https://listed.test/page?id=7", seen_at=NOON, subject=Subject(people=("p1",)))
    found = detection_of(observation_of(seen, SEALER), seen, "library-1")
    names, _ = bundle(b"<p>page</p>")
    assert appliance.post(envelope(wire.Report(detection=found, evidence=names))).status_code == 201
    capture, incident = appliance.one(), appliance.one(Incident)
    assert (incident.category, incident.severity, capture.draw_state) == ("illegal", 5, DrawState.WITHHELD)
    assert opened(capture.location, Opener(PRIVATE_KEY)) == "https://listed.test/page?id=7"
    with appliance.sessions() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        rows = str([session.execute(text(f'SELECT * FROM "{table}"')).all() for table in tables])
    assert "An address that stands on the list" in rows
    assert "listed.test" not in rows
    assert names.index not in rows
