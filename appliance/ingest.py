"""What sensors send to and ask of the appliance, as docs/wire.md has it: who is let in, and detections taken in."""

import logging
from collections.abc import Callable
from datetime import datetime

from flask import Flask, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.exceptions import HTTPException

from appliance import captures, devices, envelope, health_notice, incidents, store
from appliance.admission import Admission, ByToken, NotYetError
from appliance.bindings_held import Held
from appliance.ingest_answers import cannot_store, not_yet, refused, reply, whole_body
from appliance.ingest_bindings import BindingsEndpoint
from appliance.ingest_evidence import EvidenceEndpoint
from appliance.ingest_library import LibraryEndpoint
from appliance.library_releases import Press
from appliance.models import Device
from appliance.room import Room
from detection import wire
from detection.sealing import Opener
from images.vault import Vault

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
    admission = admission or ByToken()
    ingest = _Ingest(sessions, opener, clock, admission)
    app.before_request(ingest.admit)
    app.add_url_rule("/detections", view_func=ingest.take_detection, methods=["POST"])
    EvidenceEndpoint(sessions=sessions, opener=opener, vault=vault, clock=clock, room=room).add_to(app)
    LibraryEndpoint(sessions=sessions, clock=clock, press=press).add_to(app)
    BindingsEndpoint(sessions=sessions, clock=clock, admission=admission, held=Held(sessions)).add_to(app)
    app.register_error_handler(wire.WireError, ingest.unreadable)
    app.register_error_handler(NotYetError, not_yet)
    app.register_error_handler(HTTPException, refused)
    for later in LATER:
        app.register_error_handler(later, cannot_store)
    return app


class _Ingest:
    def __init__(
        self, sessions: sessionmaker[Session], opener: Opener, clock: Callable[[], datetime], admission: Admission
    ) -> None:
        self._sessions, self._opener, self._clock, self._admission = sessions, opener, clock, admission

    def admit(self) -> ResponseReturnValue | None:
        """Only a device that is let in gets any further; ``g.device`` is its row."""
        if request.endpoint in self._admission.open_to_all:
            return None
        with store.reading(self._sessions) as session:
            device = self._admission.device(session)
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

    def take_detection(self) -> ResponseReturnValue:
        opened = envelope.read(whole_body(envelope.MAX_BYTES), self._opener)
        report = envelope.read_report(opened)
        now = self._clock()
        seen_at = envelope.corrected(report.detection.observation.seen_at, opened.sent_at, now)
        with self._sessions.begin() as session:
            known = captures.by_id(session, g.device.organisation_id, opened.id, wait=True)
            if known is not None:
                same = known.content_sha256 == opened.content_sha256
                return reply(200, "stored already") if same else reply(409, "the id is stored with other content")
            self._admission.check(session, g.device, report, seen_at)
            filed = incidents.record(
                session, report, g.device, content_sha256=opened.content_sha256, seen_at=seen_at, received_at=now
            )
            self._admission.filed(session, g.device, filed)
        return reply(201, "stored")

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
