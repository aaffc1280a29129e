"""Take detections and their evidence in from sensors, as docs/wire.md has it."""

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.exceptions import HTTPException, NotFound

from appliance import bindings, captures, devices, envelope, evidence, health_notice, incidents, library_releases, store
from appliance.admission import Admission, ByToken, NotYetError
from appliance.bindings_held import Held, wanted_wait
from appliance.ingest_answers import cannot_store, not_yet, refused, reply, tagged, whole_body
from appliance.library_releases import Press
from appliance.models import Device, EvidencePart, Organisation
from appliance.room import Level, Room
from detection import wire
from detection.library import LibraryError
from detection.library_bundle import tag
from detection.sealing import Opener, SealingError
from images.vault import Vault

MAX_DETECTION = 4 * 2**20
MAX_BLOB = 33 * 2**20
LATER = (OperationalError, InterfaceError, NoConnection, OSError)
"""The database is locked, full or away, or the vault's disk is."""

logger = logging.getLogger("gatehouse.ingest")


def create_ingest(
    sessions: sessionmaker[Session],
    opener: Opener,
    vault: Vault,
    clock: Callable[[], datetime],
    press: Press | None = None,
    room: Room | None = None,
    admission: Admission | None = None,
) -> Flask:
    """Without a ``press`` sensors are given no library; without ``room`` nobody looks whether the disk fills.

    ``admission`` says who is let in: who has a token, where none is given.
    """
    app = Flask(__name__, static_folder=None)
    ingest = _Ingest(sessions, opener, vault, clock, press, room, admission or ByToken())
    app.before_request(ingest.admit)
    app.add_url_rule("/detections", view_func=ingest.take_detection, methods=["POST"])
    app.add_url_rule("/detections/<id>/evidence", view_func=ingest.take_supplement, methods=["PUT"])
    app.add_url_rule("/evidence/<name>", view_func=ingest.take_blob, methods=["PUT"])
    app.add_url_rule("/library", view_func=ingest.give_library, methods=["GET"])
    app.add_url_rule("/bindings", view_func=ingest.give_bindings, methods=["GET"])
    app.register_error_handler(wire.WireError, ingest.unreadable)
    app.register_error_handler(NotYetError, not_yet)
    app.register_error_handler(HTTPException, refused)
    for later in LATER:
        app.register_error_handler(later, cannot_store)
    return app


class _Ingest:
    def __init__(
        self,
        sessions: sessionmaker[Session],
        opener: Opener,
        vault: Vault,
        clock: Callable[[], datetime],
        press: Press | None,
        room: Room | None,
        admission: Admission,
    ) -> None:
        self._sessions, self._opener, self._vault, self._clock = sessions, opener, vault, clock
        self._press, self._room, self.admission = press, room, admission
        self._held = Held(sessions)

    def admit(self) -> ResponseReturnValue | None:
        """Only a device that is let in gets any further; ``g.device`` is its row."""
        if request.endpoint in self.admission.open_to_all:
            return None
        with store.reading(self._sessions) as session:
            device = self.admission.device(session)
        if device is None:
            return reply(401, "token or certificate unknown or revoked"), {"WWW-Authenticate": "Bearer"}
        g.device = device
        if devices.is_silent(device, self._clock()):
            self._heard_of(device)
        return None

    def _heard_of(self, device: Device) -> None:
        """Where that cannot be noted, as on a full disk, the sensor still gets what it asks for."""
        try:
            with self._sessions.begin() as session:
                session.get_one(Device, device.id).last_seen_at = self._clock()
        except LATER as e:
            logger.error("cannot note that device %d was heard of: %s", device.id, type(e).__name__)

    def _no_room(self) -> Response | None:
        """For recordings, nor for a fuller bundle in place of one that is here."""
        if self._room is None or self._room.level() is Level.ALL:
            return None
        return reply(507, "the disk takes no recordings now")

    def take_detection(self) -> ResponseReturnValue:
        opened = envelope.read(whole_body(MAX_DETECTION), self._opener)
        report = envelope.read_report(opened)
        now = self._clock()
        seen_at = envelope.corrected(report.detection.observation.seen_at, opened.sent_at, now)
        with self._sessions.begin() as session:
            known = captures.by_id(session, g.device.organisation_id, opened.id, wait=True)
            if known is not None:
                same = known.content_sha256 == opened.content_sha256
                return reply(200, "stored already") if same else reply(409, "the id is stored with other content")
            self.admission.check(session, g.device, report, seen_at)
            filed = incidents.record(
                session, report, g.device, content_sha256=opened.content_sha256, seen_at=seen_at, received_at=now
            )
            self.admission.filed(session, g.device, filed)
        return reply(201, "stored")

    def take_supplement(self, id: str) -> ResponseReturnValue:
        if full := self._no_room():
            return full
        supplement = envelope.read_supplement(envelope.read(whole_body(MAX_DETECTION), self._opener))
        if supplement.id != id:
            raise wire.WireError("id: differs between the address and the envelope")
        with self._sessions.begin() as session:
            capture = captures.by_id(session, g.device.organisation_id, id, wait=True)
            if capture is None:
                return reply(404, "no such detection")
            new = evidence.expect(session, capture, supplement.evidence, supplement.evidence_note, self._clock())
        return reply(201, "replaced") if new else reply(200, "stored already")

    def take_blob(self, name: str) -> ResponseReturnValue:
        with store.reading(self._sessions) as session:
            parts = evidence.wanted(session, g.device.organisation_id, name)
        if not parts:
            return reply(404, "no stored detection names this")
        if full := self._no_room():
            return full
        sealed = whole_body(MAX_BLOB)
        if self._is_here(parts):
            return reply(200, "stored already")
        sha256 = self._vault.put(self._blob(name, sealed, parts))
        with self._sessions.begin() as session:
            evidence.take(evidence.wanted(session, g.device.organisation_id, name), sha256, self._clock())
        return reply(201, "stored")

    def give_library(self) -> ResponseReturnValue:
        if self._press is None:
            return reply(404, "no libraries are signed here")
        try:
            said, bundle = self._library(self._press, g.device.organisation_id)
        except LibraryError as e:
            logger.error("school %d: its library cannot be built: %s", g.device.organisation_id, e)
            return reply(503, "the library cannot be built")
        return tagged(bundle, said, "application/octet-stream")

    def _library(self, press: Press, school_id: int) -> tuple[str, bytes]:
        """Tag and bundle, which is not fetched for a sensor that has it."""
        now = self._clock()
        with store.reading(self._sessions) as session:
            due = library_releases.is_due(session, session.get_one(Organisation, school_id), press, now)
        with self._sessions.begin() if due else store.reading(self._sessions) as session:
            release = library_releases.current(session, session.get_one(Organisation, school_id), press, now)
            said = tag(release.serial, release.version)
            # A sensor that knows nothing of groups asks with the version of its library.
            known = (said, *(each.version for each in release.libraries if not each.group))
            has = next((each for each in known if request.if_none_match.contains(each)), "")
            return (has, b"") if has else (said, release.bundle)

    def give_bindings(self) -> ResponseReturnValue:
        """Where the sensor knows all there is and would wait, when there is more."""
        if not self.admission.reads_bindings(g.device):
            raise NotFound
        school, wait = g.device.organisation_id, wanted_wait(request.headers.get("Prefer", ""))
        before = self._held.signed_in(school) if wait else frozenset()
        answer = self._bindings_of(school)
        if wait and answer.status_code == 304:
            self._held.until_changed(school, before, wait)
            answer = self._bindings_of(school)
        return answer

    def _bindings_of(self, organisation_id: int) -> Response:
        with store.reading(self._sessions) as session:
            body = json.dumps(bindings.of_school(session, organisation_id, self._clock())).encode()
        return tagged(body, hashlib.sha256(body).hexdigest())

    def unreadable(self, error: wire.WireError) -> ResponseReturnValue:
        logger.warning("device %d sent what cannot be read: %s", g.device.id, error)
        try:
            self._tell_of_unreadable(g.device, error, self._clock())
        except LATER as e:
            return cannot_store(e)
        return reply(422, str(error))

    def _tell_of_unreadable(self, device: Device, error: wire.WireError, now: datetime) -> None:
        """Once a day for each sensor. The error names a field; it never says what is in it."""
        with self._sessions.begin() as session:
            health_notice.warn(
                session,
                device.organisation_id,
                f"unreadable:{device.id}:{now:%Y-%m-%d}",
                f"{device.name} sent what could not be read",
                f"The sensor {device.name} keeps it, set aside. Reason: {error}.",
                now,
            )

    def _blob(self, name: str, sealed: bytes, parts: list[EvidencePart]) -> bytes:
        try:
            content = self._opener.blob(name, sealed)
        except SealingError as e:
            raise wire.WireError(f"evidence: {e}") from None
        if hashlib.sha256(content).hexdigest() not in {part.sha256 for part in parts}:
            raise wire.WireError("evidence: the content does not hash to what the detection says")
        return content

    def _is_here(self, parts: list[EvidencePart]) -> bool:
        return all(part.arrived_at and part.sha256 and self._vault.has(part.sha256) for part in parts)
