"""What is to be drawn of a capture: its row and its evidence, in the form the renderer takes."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Capture, EvidenceState, Organisation, Person
from detection.observation import Evidence
from images.drawing import KINDS, Drawing, Line
from images.vault import Vault, VaultError

DAMAGED = "What was recorded of the page is damaged or missing in the vault."

logger = logging.getLogger("gatehouse.worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Which objects of the vault a capture's evidence is made of."""

    capture_id: str
    index: str
    bodies: tuple[str, ...]
    truncated: bool


def drawing_of(session: Session, capture: Capture) -> Drawing:
    """Without its evidence. Times are the school's."""
    zone = ZoneInfo(session.get_one(Organisation, capture.organisation_id).time_zone)
    return Drawing(
        kind=KINDS.get(capture.channel, "text"),
        who=_who(session, capture),
        when=capture.seen_at.astimezone(zone),
        where=capture.location,
        app=capture.app,
        channel=capture.channel,
        direction=capture.direction,
        category=capture.category,
        severity=capture.severity,
        needles=tuple(match["written"] for match in capture.matches),
        text=capture.text,
        ranges=tuple((match["start"], match["end"]) for match in capture.matches),
        url=capture.location,
        author=capture.author,
        before=tuple(_line(earlier, zone) for earlier in capture.before if _in_this_chat(earlier, capture)),
        note=capture.evidence_note,
    )


def _in_this_chat(earlier: Mapping[str, Any], capture: Capture) -> bool:
    """What else the person did in these minutes stands on the incident's page, but was not said here."""
    return KINDS.get(earlier["channel"]) == "message" and earlier["app"] == capture.app


def _line(earlier: Mapping[str, Any], zone: ZoneInfo) -> Line:
    return Line(
        when=datetime.fromisoformat(earlier["seen_at"]).astimezone(zone),
        direction=earlier["direction"],
        author="",
        text=earlier["text"],
    )


def record_of(capture: Capture) -> Record | None:
    """None until the evidence is complete."""
    if capture.evidence_state is not EvidenceState.ATTACHED or capture.evidence_index is None:
        return None
    return Record(
        capture_id=capture.id,
        index=capture.evidence_index,
        bodies=tuple(part.sha256 for part in capture.parts if part.sha256),
        truncated=capture.evidence_truncated,
    )


def with_record(drawing: Drawing, record: Record, vault: Vault) -> Drawing:
    """The evidence out of the vault. A page with one picture missing is still the page; without index it is none."""
    index = _kept(vault, record.index, record.capture_id)
    if index is None:
        return replace(drawing, note=DAMAGED)
    bodies = {name: body for name in record.bodies if (body := _kept(vault, name, record.capture_id)) is not None}
    evidence = Evidence(index=index, bodies=bodies, truncated=record.truncated or len(bodies) < len(record.bodies))
    return replace(drawing, evidence=evidence, note="")


def _kept(vault: Vault, name: str, capture_id: str) -> bytes | None:
    try:
        return vault.get(name)
    except VaultError as e:
        logger.error("capture %s: evidence %s", capture_id, e)
        return None


def _who(session: Session, capture: Capture) -> str:
    """One name if that is sure, several if it is one of them, else the device or address."""
    refs = list(capture.subject.get("people") or ())
    named = select(Person.name).where(Person.organisation_id == capture.organisation_id, Person.ref.in_(refs))
    names = list(session.scalars(named.order_by(Person.name)))
    if names and len(refs) == len(names):
        return " or ".join(names)
    place = capture.subject.get("device") or capture.subject.get("address")
    return f"Somebody at {place}" if place else "Somebody unknown"
