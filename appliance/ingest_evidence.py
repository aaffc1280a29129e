"""Take the evidence of detections in: pieces by their names, and fuller bundles in place of the first ones."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, Response, g
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session, sessionmaker

from appliance import captures, envelope, evidence, store
from appliance.ingest_answers import reply, whole_body
from appliance.models import EvidencePart
from appliance.room import Level, Room
from detection import wire
from detection.sealing import Opener, SealingError
from images.vault import Vault

MAX_BLOB = 33 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceEndpoint:
    """Both are recordings: where ``room`` says that the disk has none left for those, neither is taken."""

    sessions: sessionmaker[Session]
    opener: Opener
    vault: Vault
    clock: Callable[[], datetime]
    room: Room | None

    def add_to(self, app: Flask) -> None:
        """``app`` says who is let in."""
        app.add_url_rule("/detections/<id>/evidence", view_func=self.take_supplement, methods=["PUT"])
        app.add_url_rule("/evidence/<name>", view_func=self.take_blob, methods=["PUT"])

    def take_supplement(self, id: str) -> ResponseReturnValue:
        if full := self._no_room():
            return full
        supplement = envelope.read_supplement(envelope.read(whole_body(envelope.MAX_BYTES), self.opener))
        if supplement.id != id:
            raise wire.WireError("id: differs between the address and the envelope")
        with self.sessions.begin() as session:
            capture = captures.by_id(session, g.device.organisation_id, id, wait=True)
            if capture is None:
                return reply(404, "no such detection")
            new = evidence.expect(session, capture, supplement.evidence, supplement.evidence_note, self.clock())
        return reply(201, "replaced") if new else reply(200, "stored already")

    def take_blob(self, name: str) -> ResponseReturnValue:
        with store.reading(self.sessions) as session:
            parts = evidence.wanted(session, g.device.organisation_id, name)
        if not parts:
            return reply(404, "no stored detection names this")
        if full := self._no_room():
            return full
        sealed = whole_body(MAX_BLOB)
        if self._is_here(parts):
            return reply(200, "stored already")
        sha256 = self.vault.put(self._blob(name, sealed, parts))
        with self.sessions.begin() as session:
            evidence.take(evidence.wanted(session, g.device.organisation_id, name), sha256, self.clock())
        return reply(201, "stored")

    def _no_room(self) -> Response | None:
        if self.room is None or self.room.level() is Level.ALL:
            return None
        return reply(507, "the disk takes no recordings now")

    def _blob(self, name: str, sealed: bytes, parts: list[EvidencePart]) -> bytes:
        try:
            content = self.opener.blob(name, sealed)
        except SealingError as e:
            raise wire.WireError(f"evidence: {e}") from None
        if hashlib.sha256(content).hexdigest() not in {part.sha256 for part in parts}:
            raise wire.WireError("evidence: the content does not hash to what the detection says")
        return content

    def _is_here(self, parts: list[EvidencePart]) -> bool:
        return all(part.arrived_at and part.sha256 and self.vault.has(part.sha256) for part in parts)
