"""Evidence that comes later and holds more takes the place of what a detection named first."""

from typing import Any

import pytest
from sqlalchemy import select

from appliance.models import Capture, DrawState, EvidenceState
from tests.appliance.factories import bundle, envelope, fuller, report
from tests.appliance.ingesting import Appliance


def mark_drawn(appliance: Appliance) -> None:
    with appliance.sessions.begin() as session:
        session.scalars(select(Capture)).one().draw_state = DrawState.DRAWN


def test_it_replaces_what_was_named_and_is_waited_for(appliance: Appliance) -> None:
    first, blobs = bundle(b"{}", b"page")
    appliance.post(envelope(report("obs-1", evidence=first)))
    for name, sealed in blobs.items():
        appliance.put(f"/evidence/{name}", sealed)
    mark_drawn(appliance)
    second, more = bundle(b'{"log": 1}', b"page", b"picture")
    assert appliance.put("/detections/obs-1/evidence", fuller("obs-1", second)).status_code == 201
    capture = appliance.one()
    assert (capture.evidence_state, capture.draw_state) == (EvidenceState.PENDING, DrawState.DRAWN)
    answers = {name: appliance.put(f"/evidence/{name}", sealed).status_code for name, sealed in more.items()}
    assert answers == {name: 200 if name in blobs else 201 for name in more}  # the page itself is here already
    capture = appliance.one()
    assert (capture.evidence_state, capture.draw_state) == (EvidenceState.ATTACHED, DrawState.DUE)
    assert appliance.vault.get(capture.evidence_index) == b'{"log": 1}'


def test_saying_the_same_again_changes_nothing(appliance: Appliance) -> None:
    names, _ = bundle(b"{}")
    appliance.post(envelope(report("obs-1", evidence=names)))
    larger, _ = bundle(b"{}", b"picture")
    answers = [appliance.put("/detections/obs-1/evidence", fuller("obs-1", larger)).status_code for _ in range(3)]
    assert answers == [201, 200, 200]
    assert appliance.put("/detections/obs-1/evidence", fuller("obs-1", names)).status_code == 201


def test_what_was_named_first_is_the_same_already(appliance: Appliance) -> None:
    names, _ = bundle(b"{}")
    appliance.post(envelope(report("obs-1", evidence=names)))
    assert appliance.put("/detections/obs-1/evidence", fuller("obs-1", names)).status_code == 200


def test_the_detection_must_have_come_first(appliance: Appliance) -> None:
    appliance.post(envelope(report("obs-1")))
    assert appliance.put("/detections/obs-2/evidence", fuller("obs-2", None)).status_code == 404
    assert appliance.put("/detections/obs-1/evidence", fuller("obs-1", None), token="elm").status_code == 404


@pytest.mark.parametrize("changed", [{"reported_at": "2026-03-04T11:00:00Z"}, {"sealed": "QUJD"}, {"version": 2}])
def test_what_cannot_be_read_is_refused(appliance: Appliance, changed: dict[str, Any]) -> None:
    appliance.post(envelope(report("obs-1")))
    assert appliance.put("/detections/obs-1/evidence", fuller("obs-1", None) | changed).status_code == 422
    assert appliance.put("/detections/obs-1/evidence", fuller("obs-3", None)).status_code == 422


def test_none_after_all_is_drawn_from_the_text(appliance: Appliance) -> None:
    names, _ = bundle(b"{}")
    appliance.post(envelope(report("obs-1", evidence=names)))
    put = fuller("obs-1", None, note="The page was gone from memory.")
    assert appliance.put("/detections/obs-1/evidence", put).status_code == 201
    capture = appliance.one()
    assert (capture.evidence_state, capture.draw_state) == (EvidenceState.NONE, DrawState.DUE)
    assert capture.evidence_note == "The page was gone from memory."
