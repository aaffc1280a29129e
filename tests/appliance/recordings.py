"""Detections filed as a sensor sends them, with what it recorded in the vault."""

import hashlib
from typing import Any

from sqlalchemy.orm import Session

from appliance import evidence, incidents
from appliance.models import Capture, Device
from detection import wire
from detection.detector import Detector
from detection.evidence import bundle
from detection.grading import Detection
from detection.har import Exchange
from detection.observation import Channel, Direction, Observation, Subject
from images.vault import Vault
from tests.appliance.factories import NOON

HOST = "post.example"
URL = f"https://{HOST}/x"


def observation(text: str, id: str = "c1", **changes: Any) -> Observation:
    plain: dict[str, Any] = {
        "id": id,
        "seen_at": NOON,
        "reported_at": NOON,
        "subject": Subject(organisation="oak", people=("p1",)),
        "channel": Channel.POST,
        "direction": Direction.WRITTEN,
        "app": HOST,
        "location": URL,
        "conversation": HOST,
        "text": text,
    }
    return Observation(**plain | changes)


def posted(text: str, **changes: Any) -> Exchange:
    """The request that brought it, as a browser sends a form."""
    body = f"text={text.replace(' ', '+')}".encode()
    plain: dict[str, Any] = {
        "started_at": NOON,
        "method": "POST",
        "url": URL,
        "request_type": "application/x-www-form-urlencoded",
        "request_body": body,
        "status": 0,
    }
    return Exchange(**plain | changes)


def filed(
    session: Session, gate: Device, detector: Detector, seen: Observation, vault: Vault, *recorded: Exchange
) -> Capture:
    detection = detector.detect(seen)
    assert detection is not None
    return stored(session, gate, detection, vault, *recorded)


def stored(session: Session, gate: Device, detection: Detection, vault: Vault, *recorded: Exchange) -> Capture:
    names, note = None, "Nothing was recorded beside the text."
    kept: list[str] = []
    if recorded:
        found = bundle(recorded)
        kept = [vault.put(each) for each in (found.index, *found.bodies.values())]
        blobs = {f"{detection.observation.id}-{name}": name for name in kept}
        index = f"{detection.observation.id}-{kept[0]}"
        names, note = wire.EvidenceNames(index=index, blobs=blobs, truncated=found.truncated), ""
    at = detection.observation.seen_at
    capture = incidents.record(
        session,
        wire.Report(detection=detection, evidence=names, evidence_note=note),
        gate,
        content_sha256=hashlib.sha256(detection.observation.id.encode()).hexdigest(),
        seen_at=at,
        received_at=at,
    )
    for name in kept:
        evidence.take(capture.parts, name, at)
    session.flush()
    return capture
