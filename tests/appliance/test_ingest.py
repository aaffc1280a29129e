"""What a sensor sends is stored once, by its clock put right, and answered as docs/wire.md says."""

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from nacl.signing import SigningKey
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from appliance import chronology, ingest, library_layers, library_releases, store, verification
from appliance.library_releases import Press
from appliance.models import (
    Binding,
    Capture,
    Device,
    DrawState,
    Entry,
    EvidenceState,
    Incident,
    LibraryAct,
    LibraryChange,
    LibraryRelease,
    Notification,
    NotificationKind,
    Organisation,
    Person,
)
from detection import wire
from detection.illegal_sighting import detection_of, observation_of
from detection.layers import Change, Ignore
from detection.library_bundle import verify
from detection.observation import Mark, Subject
from detection.sealed_address import opened
from detection.sealing import Opener
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.factories import NOON, PRIVATE_KEY, SEALER, bundle, envelope, fuller, report
from tests.detection.illegal import sighting
from tests.detection.libraries import a, library

PRESS = Press(SigningKey.generate(), library(a("go away", hits=("go away",)), a("get lost", hits=("get lost",))))


@dataclass
class Appliance:
    """Ingest over a real store and vault, with a clock to set, and two schools' sensors to post as."""

    sessions: sessionmaker[Session]
    vault: Vault
    client: FlaskClient
    now: datetime = NOON

    def post(self, body: Any, token: str = "oak", **more: Any) -> TestResponse:
        return self.client.post("/detections", **_sent(body, token), **more)

    def put(self, path: str, body: Any, token: str = "oak") -> TestResponse:
        return self.client.put(path, **_sent(body, token))

    def get(self, path: str, token: str = "oak", **headers: str) -> TestResponse:
        return self.client.get(path, headers={"Authorization": f"Bearer {token}", **headers})

    def one(self, model: type[Any] = Capture) -> Any:
        with self.sessions() as session:
            return session.scalars(select(model)).one()

    def count(self, model: type[Any]) -> int:
        with self.sessions() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0


def _sent(body: Any, token: str) -> dict[str, Any]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return {"data": data, "headers": {"Authorization": f"Bearer {token}"}}


def started(url: str, folder: Path, *, busy_seconds: float = 10.0) -> Appliance:
    sessions, vault = store.sessions(url, busy_seconds=busy_seconds), Vault(folder / "vault")
    with sessions.begin() as session:
        for slug in ("oak", "elm"):
            school = factories.school(session, slug)
            factories.person(session, school)
            factories.device(session, school, token=slug)
    appliance = Appliance(sessions, vault, FlaskClient.__new__(FlaskClient))
    app = ingest.create_ingest(sessions, Opener(PRIVATE_KEY), vault, lambda: appliance.now, PRESS)
    appliance.client = app.test_client()
    return appliance


@pytest.fixture
def appliance(url: str, tmp_path: Path) -> Iterator[Appliance]:
    made = started(url, tmp_path)
    yield made
    made.sessions.kw["bind"].dispose()


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
        assert chronology.verify(session, incident.organisation_id) == []
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


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer nobody", "Basic oak", "oak"])
@pytest.mark.parametrize("path", ["/detections", "/library", "/nowhere"])
def test_without_a_token_that_stands_nothing_opens(appliance: Appliance, path: str, header: str | None) -> None:
    answer = appliance.client.post(path, headers={"Authorization": header} if header else {}, data=b"x" * 5 * 2**20)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_revoked_token_opens_nothing(appliance: Appliance) -> None:
    with appliance.sessions.begin() as session:
        for device in session.scalars(select(Device)):
            device.revoked_at = NOON
    assert appliance.post(envelope(report("obs-1"))).status_code == 401


def without(name: str) -> Callable[[], bytes]:
    def payload() -> bytes:
        fields = json.loads(wire.dump(report("obs-1")))
        del fields[name]
        return json.dumps(fields).encode()

    return payload


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (lambda: b"not json", "the payload is not JSON"),
        (lambda: envelope(report(), version=2), "version: only 1 is known"),
        (lambda: envelope(report(), sealed="%%%"), "sealed: cannot be opened"),
        (lambda: envelope(report(), sealed="QUJD"), "sealed: cannot be opened"),
        (lambda: envelope(report(), id="../obs"), "id: must be"),
        (lambda: envelope(report(), id="obs-2"), "id and reported_at: differ"),
        (lambda: envelope(report(), reported_at="2026-03-04T12:00:01+00:00"), "id and reported_at: differ"),
        (lambda: envelope(report(), reported_at="noon"), "reported_at: is not a time"),
        (lambda: envelope(report(), sent_at=datetime.min.replace(tzinfo=UTC)), "sent_at: is in no year"),
        (lambda: envelope(report(seen_at=datetime.fromisoformat("9999-12-31T23:59:59Z"))), "in no year"),
        (lambda: envelope(report(), payload=b"{}"), "version"),
        (lambda: envelope(report(), payload=without("once")()), "once: must be a text"),
        (lambda: envelope(report(), payload=without("evidence")()), "evidence: is missing"),
    ],
)
def test_what_cannot_be_read_is_refused_and_reported_without_content(
    appliance: Appliance, body: Callable[[], Any], reason: str
) -> None:
    answer = appliance.post(body())
    assert answer.status_code == 422
    assert reason in answer.get_data(as_text=True)
    notice = appliance.one(Notification)
    assert notice.kind is NotificationKind.HEALTH
    assert "alone" not in notice.subject + notice.body + answer.get_data(as_text=True)
    assert appliance.count(Capture) == 0


@pytest.mark.parametrize("way", ["POST /detections", "PUT /detections/obs-1/evidence"])
def test_what_broke_off_on_its_way_is_tried_again_and_nobodys_mistake(appliance: Appliance, way: str) -> None:
    method, path = way.split()
    half = json.dumps(envelope(report())).encode()[:500]
    # As gunicorn gives it: a body that ends early, from a sensor that was killed or cut off.
    broken = {"CONTENT_LENGTH": "5000", "wsgi.input_terminated": True}
    answer = appliance.client.open(path, method=method, **_sent(half, "oak"), environ_overrides=broken)
    assert answer.status_code == 400
    assert appliance.count(Notification) == 0


def test_a_sensor_is_reported_once_a_day(appliance: Appliance) -> None:
    for hours in (0, 1, 24):
        appliance.now = NOON + timedelta(hours=hours)
        appliance.post(b"not json")
    assert appliance.count(Notification) == 2


def test_a_detection_may_be_four_mebibytes_and_no_more(appliance: Appliance) -> None:
    assert appliance.post(b"x" * 4 * 2**20).status_code == 422
    assert appliance.post(b"x" * (4 * 2**20 + 1)).status_code == 413


def test_while_another_writes_for_long_the_sensor_is_asked_to_come_back(url: str, tmp_path: Path) -> None:
    appliance = started(url, tmp_path, busy_seconds=0.0)
    appliance.get("/bindings")  # so that only the detection itself has something to write
    with appliance.sessions.begin() as other:
        other.execute(text("SELECT 1"))
        answer = appliance.post(envelope(report("obs-1")))
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert appliance.post(b"not json").status_code == 503
    assert appliance.post(envelope(report("obs-1"))).status_code == 201
    appliance.sessions.kw["bind"].dispose()


def test_a_full_disk_keeps_nothing_by_halves(appliance: Appliance) -> None:
    with appliance.sessions() as session:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    answer = appliance.post(envelope(report("obs-1", text="so alone " * 40000)))
    assert answer.status_code == 503
    assert (appliance.count(Capture), appliance.count(Incident), appliance.count(Entry)) == (0, 0, 0)


def test_a_full_vault_asks_the_sensor_to_come_back(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    names, blobs = bundle(b"{}")
    appliance.post(envelope(report("obs-1", evidence=names)))

    def full(_: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(appliance.vault, "put", full)
    assert appliance.put(f"/evidence/{names.index}", blobs[names.index]).status_code == 503


class TestEvidence:
    def test_the_last_blob_makes_the_capture_ready_to_be_drawn(self, appliance: Appliance) -> None:
        names, blobs = bundle(b'{"log": {}}', b"body one", b"body two")
        appliance.post(envelope(report("obs-1", evidence=names)))
        states = [self.states(appliance)]
        for name, sealed in blobs.items():
            assert appliance.put(f"/evidence/{name}", sealed).status_code == 201
            states.append(self.states(appliance))
        pending = (EvidenceState.PENDING, DrawState.WAITING)
        assert states == [pending, pending, pending, (EvidenceState.ATTACHED, DrawState.DUE)]
        assert appliance.vault.get(appliance.one().evidence_index) == b'{"log": {}}'

    def test_a_blob_sent_again_is_there_already(self, appliance: Appliance) -> None:
        names, blobs = bundle(b"{}")
        appliance.post(envelope(report("obs-1", evidence=names)))
        answers = [appliance.put(f"/evidence/{names.index}", blobs[names.index]).status_code for _ in range(2)]
        assert answers == [201, 200]

    def test_a_blob_the_vault_has_lost_is_taken_again(self, appliance: Appliance) -> None:
        names, blobs = bundle(b"{}")
        appliance.post(envelope(report("obs-1", evidence=names)))
        appliance.put(f"/evidence/{names.index}", blobs[names.index])
        appliance.vault.delete(names.blobs[names.index])
        assert appliance.put(f"/evidence/{names.index}", blobs[names.index]).status_code == 201
        assert appliance.vault.get(names.blobs[names.index]) == b"{}"

    def test_a_blob_nobody_named_is_forgotten(self, appliance: Appliance) -> None:
        names, blobs = bundle(b"{}")
        appliance.post(envelope(report("obs-1", evidence=names)))
        assert appliance.put(f"/evidence/{'0' * 64}", blobs[names.index]).status_code == 404
        assert appliance.put(f"/evidence/{names.index}", blobs[names.index], token="elm").status_code == 404

    def test_a_blob_that_is_not_what_its_name_says_is_refused(self, appliance: Appliance) -> None:
        names, blobs = bundle(b"{}", b"body")
        _, other = names.blobs
        appliance.post(envelope(report("obs-1", evidence=names)))
        assert appliance.put(f"/evidence/{names.index}", blobs[other]).status_code == 422
        assert appliance.put(f"/evidence/{names.index}", b"not sealed").status_code == 422
        assert appliance.one(Notification).kind is NotificationKind.HEALTH

    def test_content_other_than_the_detection_says_is_refused(self, appliance: Appliance) -> None:
        name, salted = SEALER.blob(b"what came")
        names = wire.EvidenceNames(index=name, blobs={name: hashlib.sha256(b"what was named").hexdigest()})
        appliance.post(envelope(report("obs-1", evidence=names)))
        assert appliance.put(f"/evidence/{name}", SEALER.seal(salted)).status_code == 422

    def test_a_blob_may_be_thirty_three_mebibytes_and_no_more(self, appliance: Appliance) -> None:
        names, blobs = bundle(b"x" * (32 * 2**20))
        appliance.post(envelope(report("obs-1", evidence=names)))
        assert appliance.put(f"/evidence/{names.index}", b"x" * (33 * 2**20 + 1)).status_code == 413
        assert appliance.put(f"/evidence/{names.index}", blobs[names.index]).status_code == 201

    def test_two_captures_that_share_a_blob_both_get_it(self, appliance: Appliance) -> None:
        names, blobs = bundle(b"{}")
        appliance.post(envelope(report("obs-1", evidence=names)))
        appliance.post(envelope(report("obs-2", evidence=names)))
        appliance.put(f"/evidence/{names.index}", blobs[names.index])
        appliance.post(envelope(report("obs-3", evidence=names)))
        with appliance.sessions() as session:
            assert set(session.scalars(select(Capture.evidence_state))) == {EvidenceState.ATTACHED}

    def test_why_there_is_no_evidence_is_kept(self, appliance: Appliance) -> None:
        appliance.post(envelope(report("obs-1", evidence_note="The page was too large.")))
        assert appliance.one().evidence_note == "The page was too large."

    def states(self, appliance: Appliance) -> tuple[EvidenceState, DrawState]:
        capture = appliance.one()
        return capture.evidence_state, capture.draw_state


class TestFullerEvidence:
    def test_it_replaces_what_was_named_and_is_waited_for(self, appliance: Appliance) -> None:
        first, blobs = bundle(b"{}", b"page")
        appliance.post(envelope(report("obs-1", evidence=first)))
        for name, sealed in blobs.items():
            appliance.put(f"/evidence/{name}", sealed)
        self.mark_drawn(appliance)
        second, more = bundle(b'{"log": 1}', b"page", b"picture")
        assert appliance.put("/detections/obs-1/evidence", fuller("obs-1", second)).status_code == 201
        capture = appliance.one()
        assert (capture.evidence_state, capture.draw_state) == (EvidenceState.PENDING, DrawState.DRAWN)
        answers = {name: appliance.put(f"/evidence/{name}", sealed).status_code for name, sealed in more.items()}
        assert answers == {name: 200 if name in blobs else 201 for name in more}  # the page itself is here already
        capture = appliance.one()
        assert (capture.evidence_state, capture.draw_state) == (EvidenceState.ATTACHED, DrawState.DUE)
        assert appliance.vault.get(capture.evidence_index) == b'{"log": 1}'

    def test_saying_the_same_again_changes_nothing(self, appliance: Appliance) -> None:
        names, _ = bundle(b"{}")
        appliance.post(envelope(report("obs-1", evidence=names)))
        larger, _ = bundle(b"{}", b"picture")
        answers = [appliance.put("/detections/obs-1/evidence", fuller("obs-1", larger)).status_code for _ in range(3)]
        assert answers == [201, 200, 200]
        assert appliance.put("/detections/obs-1/evidence", fuller("obs-1", names)).status_code == 201

    def test_what_was_named_first_is_the_same_already(self, appliance: Appliance) -> None:
        names, _ = bundle(b"{}")
        appliance.post(envelope(report("obs-1", evidence=names)))
        assert appliance.put("/detections/obs-1/evidence", fuller("obs-1", names)).status_code == 200

    def test_the_detection_must_have_come_first(self, appliance: Appliance) -> None:
        appliance.post(envelope(report("obs-1")))
        assert appliance.put("/detections/obs-2/evidence", fuller("obs-2", None)).status_code == 404
        assert appliance.put("/detections/obs-1/evidence", fuller("obs-1", None), token="elm").status_code == 404

    @pytest.mark.parametrize("changed", [{"reported_at": "2026-03-04T11:00:00Z"}, {"sealed": "QUJD"}, {"version": 2}])
    def test_what_cannot_be_read_is_refused(self, appliance: Appliance, changed: dict[str, Any]) -> None:
        appliance.post(envelope(report("obs-1")))
        assert appliance.put("/detections/obs-1/evidence", fuller("obs-1", None) | changed).status_code == 422
        assert appliance.put("/detections/obs-1/evidence", fuller("obs-3", None)).status_code == 422

    def test_none_after_all_is_drawn_from_the_text(self, appliance: Appliance) -> None:
        names, _ = bundle(b"{}")
        appliance.post(envelope(report("obs-1", evidence=names)))
        put = fuller("obs-1", None, note="The page was gone from memory.")
        assert appliance.put("/detections/obs-1/evidence", put).status_code == 201
        capture = appliance.one()
        assert (capture.evidence_state, capture.draw_state) == (EvidenceState.NONE, DrawState.DUE)
        assert capture.evidence_note == "The page was gone from memory."

    def mark_drawn(self, appliance: Appliance) -> None:
        with appliance.sessions.begin() as session:
            session.scalars(select(Capture)).one().draw_state = DrawState.DRAWN


def test_the_library_in_force_is_given_signed_and_once_for_each_version(appliance: Appliance) -> None:
    answer = appliance.get("/library")
    bundle = verify(answer.data, PRESS.key.verify_key)
    assert (bundle.library.version, bundle.serial) == (PRESS.shipped.version, 1)
    assert answer.headers["ETag"] == f'"1-{PRESS.shipped.version}"'
    known = {"If-None-Match": answer.headers["ETag"]}
    assert appliance.get("/library", **known).status_code == 304
    with appliance.sessions.begin() as session:
        oak = session.scalars(select(Organisation).where(Organisation.slug == "oak")).one()
        change = Change(act=Ignore(PRESS.shipped.phrases[0].id), by="Jo Bell", at=NOON, why="asked for")
        library_layers.record(session, oak, change, PRESS.shipped)
        library_releases.release(session, oak, PRESS, by="Jo Bell", note="asked for", now=NOON)
    again = verify(appliance.get("/library", **known).data, PRESS.key.verify_key, in_force=1)
    assert len(again.library.phrases) == 1
    assert appliance.get("/library", token="elm", **known).status_code == 304


def test_what_differs_for_a_group_reaches_a_sensor_that_has_the_schools_library(appliance: Appliance) -> None:
    known = {"If-None-Match": appliance.get("/library").headers["ETag"]}
    with appliance.sessions.begin() as session:
        oak = session.scalars(select(Organisation).where(Organisation.slug == "oak")).one()
        act = Ignore(PRESS.shipped.phrases[0].id)
        change = Change(act=act, by="jo", at=NOON, why="asked for", group="Year 12")
        library_layers.record(session, oak, change, PRESS.shipped)
        library_releases.release(session, oak, PRESS, by="jo", note="asked for", now=NOON)
    again = appliance.get("/library", **known)
    assert list(verify(again.data, PRESS.key.verify_key).groups) == ["Year 12"]
    assert appliance.get("/library", **{"If-None-Match": again.headers["ETag"]}).status_code == 304
    knows_no_groups = {"If-None-Match": f'"{PRESS.shipped.version}"'}
    assert appliance.get("/library", **knows_no_groups).status_code == 304


def test_sensors_that_ask_for_their_first_library_at_once_make_one_release(every_url: str, tmp_path: Path) -> None:
    appliance = started(every_url, tmp_path)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(appliance.get, ["/library"] * 8))
    assert {answer.status_code for answer in answers} == {200}
    assert appliance.one(LibraryRelease).serial == 1
    appliance.sessions.kw["bind"].dispose()


def test_where_nothing_is_signed_there_is_no_library(appliance: Appliance) -> None:
    app = ingest.create_ingest(appliance.sessions, Opener(PRIVATE_KEY), appliance.vault, lambda: NOON)
    assert app.test_client().get("/library", headers={"Authorization": "Bearer oak"}).status_code == 404


def test_a_change_that_no_longer_can_be_read_keeps_the_library_back_and_says_so(
    appliance: Appliance, caplog: pytest.LogCaptureFixture
) -> None:
    with appliance.sessions.begin() as session:
        device = session.scalars(select(Device).order_by(Device.id)).first()
        assert device is not None
        row = LibraryChange(
            organisation_id=device.organisation_id,
            kind=LibraryAct.ADD,
            payload={},
            by="x",
            why="x",
            at=NOON,
            agreed_at=NOON,
        )
        session.add(row)
    assert appliance.get("/library").status_code == 503
    assert "its library cannot be built" in caplog.text


def test_bindings_name_nobody(appliance: Appliance) -> None:
    with appliance.sessions.begin() as session:
        person = session.scalars(select(Person)).first()
        assert person is not None
        row = Binding(
            organisation_id=person.organisation_id,
            person_id=person.id,
            address="192.0.2.7",
            source="address-list",
            since=NOON,
        )
        session.add(row)
    answer = appliance.get("/bindings")
    binding = {
        "address": "192.0.2.7",
        "device": None,
        "person": "p1",
        "role": "pupil",
        "age_band": "unknown",
        "group": "",
        "source": "address-list",
        "since": NOON.isoformat(),
    }
    assert answer.get_json() == {"organisation": "oak", "bindings": [binding]}
    assert appliance.get("/bindings", **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert appliance.get("/bindings", token="elm").get_json() == {"organisation": "elm", "bindings": []}


def test_when_a_sensor_was_last_heard_of_is_known(appliance: Appliance) -> None:
    appliance.get("/bindings")
    appliance.now = NOON + timedelta(minutes=5)
    appliance.get("/library")
    with appliance.sessions() as session:
        seen = session.scalars(select(Device.last_seen_at).order_by(Device.id)).all()
    assert seen == [appliance.now, None]


def test_what_is_not_on_the_wire_is_not_there(appliance: Appliance) -> None:
    assert appliance.get("/nowhere").status_code == 404
    assert appliance.get("/detections").status_code == 405


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
