"""What a replay found in recorded traffic is filed, but apart from what is live."""

from typing import Any

from sqlalchemy import select

from appliance import verification
from appliance.models import Capture, DrawState, Entry, EvidenceState, Incident, Notification, Organisation
from detection.observation import Mark
from tests.appliance import factories
from tests.appliance.factories import bundle, envelope, fuller, report
from tests.appliance.ingesting import Appliance


def with_replays(appliance: Appliance) -> Appliance:
    """Its first school has a device that may send recordings, and a lead who can be mailed."""
    with appliance.sessions.begin() as session:
        oak = session.scalars(select(Organisation).where(Organisation.slug == "oak")).one()
        factories.device(session, oak, token="replay", name="tester", kind="replay")
        factories.reviewer(session, oak)
    return appliance


def replayed(id: str, **more: Any) -> dict[str, Any]:
    return envelope(report(id, marks=frozenset({Mark.REPLAY}), **more))


def incidents(appliance: Appliance) -> list[tuple[bool, int, int]]:
    """Whether from a recording, severity, captures that are shown."""
    with appliance.sessions() as session:
        return [
            (each.replayed, each.severity, sum(c.duplicate_of is None for c in each.captures))
            for each in session.scalars(select(Incident).order_by(Incident.id))
        ]


def test_a_recording_is_filed_and_drawn_but_tells_nobody_and_is_in_no_chronology(appliance: Appliance) -> None:
    with_replays(appliance)
    sent = [replayed("obs-1", severity=3), replayed("obs-2", severity=5), replayed("obs-3", once="1" * 64)]
    sent += [replayed("obs-4", once="1" * 64)]
    assert [appliance.post(each, token="replay").status_code for each in sent] == [201] * 4
    assert appliance.post(sent[1], token="replay").status_code == 200
    assert incidents(appliance) == [(True, 5, 3)]
    assert (appliance.count(Entry), appliance.count(Notification)) == (0, 0)
    with appliance.sessions() as session:
        assert [c.draw_state for c in session.scalars(select(Capture))] == [DrawState.DUE] * 4
        assert not verification.filed_captures(session).faults


def test_a_recording_neither_joins_nor_raises_nor_hides_what_is_live(appliance: Appliance) -> None:
    with_replays(appliance)
    same = "1" * 64
    appliance.post(replayed("obs-1", severity=3, once=same), token="replay")
    appliance.post(envelope(report("obs-2", severity=4, once=same)))
    appliance.post(replayed("obs-3", severity=5), token="replay")
    assert incidents(appliance) == [(True, 5, 2), (False, 4, 1)]
    with appliance.sessions() as session:
        assert [entry.capture_id for entry in session.scalars(select(Entry))] == ["obs-2"]
        told = session.scalars(select(Notification.severity)).all()
    assert set(told) == {4}


def test_recordings_are_taken_only_where_a_device_for_them_was_added(appliance: Appliance) -> None:
    answer = appliance.post(replayed("obs-1"))
    assert (answer.status_code, appliance.count(Capture)) == (422, 0)
    assert "taken only from a device of kind replay" in answer.text
    answer = with_replays(appliance).post(envelope(report("obs-1")), token="replay")
    assert (answer.status_code, appliance.count(Capture)) == (422, 0)
    assert "sends only what is marked as replay" in answer.text


def test_the_fuller_evidence_of_a_recording_is_taken_too(appliance: Appliance) -> None:
    with_replays(appliance)
    appliance.post(replayed("obs-1"), token="replay")
    names, blobs = bundle(b'{"log": {}}', b"a page")
    assert appliance.put("/detections/obs-1/evidence", fuller("obs-1", names), token="replay").status_code == 201
    for name, sealed in blobs.items():
        assert appliance.put(f"/evidence/{name}", sealed, token="replay").status_code == 201
    assert appliance.one().evidence_state is EvidenceState.ATTACHED
