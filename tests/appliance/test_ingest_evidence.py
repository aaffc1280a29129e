"""The evidence that a detection names comes blob by blob, and the last of them makes its capture ready."""

import hashlib

from sqlalchemy import select

from appliance.models import Capture, DrawState, EvidenceState, Notification, NotificationKind
from detection import wire
from tests.appliance.factories import SEALER, bundle, envelope, report
from tests.appliance.ingesting import Appliance


def states_of(appliance: Appliance) -> tuple[EvidenceState, DrawState]:
    capture = appliance.one()
    return capture.evidence_state, capture.draw_state


def test_the_last_blob_makes_the_capture_ready_to_be_drawn(appliance: Appliance) -> None:
    names, blobs = bundle(b'{"log": {}}', b"body one", b"body two")
    appliance.post(envelope(report("obs-1", evidence=names)))
    states = [states_of(appliance)]
    for name, sealed in blobs.items():
        assert appliance.put(f"/evidence/{name}", sealed).status_code == 201
        states.append(states_of(appliance))
    pending = (EvidenceState.PENDING, DrawState.WAITING)
    assert states == [pending, pending, pending, (EvidenceState.ATTACHED, DrawState.DUE)]
    assert appliance.vault.get(appliance.one().evidence_index) == b'{"log": {}}'


def test_a_blob_sent_again_is_there_already(appliance: Appliance) -> None:
    names, blobs = bundle(b"{}")
    appliance.post(envelope(report("obs-1", evidence=names)))
    answers = [appliance.put(f"/evidence/{names.index}", blobs[names.index]).status_code for _ in range(2)]
    assert answers == [201, 200]


def test_a_blob_the_vault_has_lost_is_taken_again(appliance: Appliance) -> None:
    names, blobs = bundle(b"{}")
    appliance.post(envelope(report("obs-1", evidence=names)))
    appliance.put(f"/evidence/{names.index}", blobs[names.index])
    appliance.vault.delete(names.blobs[names.index])
    assert appliance.put(f"/evidence/{names.index}", blobs[names.index]).status_code == 201
    assert appliance.vault.get(names.blobs[names.index]) == b"{}"


def test_a_blob_nobody_named_is_forgotten(appliance: Appliance) -> None:
    names, blobs = bundle(b"{}")
    appliance.post(envelope(report("obs-1", evidence=names)))
    assert appliance.put(f"/evidence/{'0' * 64}", blobs[names.index]).status_code == 404
    assert appliance.put(f"/evidence/{names.index}", blobs[names.index], token="elm").status_code == 404


def test_a_blob_that_is_not_what_its_name_says_is_refused(appliance: Appliance) -> None:
    names, blobs = bundle(b"{}", b"body")
    _, other = names.blobs
    appliance.post(envelope(report("obs-1", evidence=names)))
    assert appliance.put(f"/evidence/{names.index}", blobs[other]).status_code == 422
    assert appliance.put(f"/evidence/{names.index}", b"not sealed").status_code == 422
    assert appliance.one(Notification).kind is NotificationKind.HEALTH


def test_content_other_than_the_detection_says_is_refused(appliance: Appliance) -> None:
    name, salted = SEALER.blob(b"what came")
    names = wire.EvidenceNames(index=name, blobs={name: hashlib.sha256(b"what was named").hexdigest()})
    appliance.post(envelope(report("obs-1", evidence=names)))
    assert appliance.put(f"/evidence/{name}", SEALER.seal(salted)).status_code == 422


def test_a_blob_may_be_thirty_three_mebibytes_and_no_more(appliance: Appliance) -> None:
    names, blobs = bundle(b"x" * (32 * 2**20))
    appliance.post(envelope(report("obs-1", evidence=names)))
    assert appliance.put(f"/evidence/{names.index}", b"x" * (33 * 2**20 + 1)).status_code == 413
    assert appliance.put(f"/evidence/{names.index}", blobs[names.index]).status_code == 201


def test_two_captures_that_share_a_blob_both_get_it(appliance: Appliance) -> None:
    names, blobs = bundle(b"{}")
    appliance.post(envelope(report("obs-1", evidence=names)))
    appliance.post(envelope(report("obs-2", evidence=names)))
    appliance.put(f"/evidence/{names.index}", blobs[names.index])
    appliance.post(envelope(report("obs-3", evidence=names)))
    with appliance.sessions() as session:
        assert set(session.scalars(select(Capture.evidence_state))) == {EvidenceState.ATTACHED}


def test_why_there_is_no_evidence_is_kept(appliance: Appliance) -> None:
    appliance.post(envelope(report("obs-1", evidence_note="The page was too large.")))
    assert appliance.one().evidence_note == "The page was too large."
