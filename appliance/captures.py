"""The row a detection becomes, and whether it only says again what another sensor or channel already said."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chronology
from appliance.models import Capture, Device, DrawState, EvidenceState, Incident
from detection import wire, wire_writing
from detection.grading import Earlier
from detection.json_object import JsonObject
from detection.library import Category
from detection.matcher import Match
from detection.observation import Channel, Direction, Mark, Observation
from detection.opinion import Opinion
from detection.wire_reading import read_subject

_SAID = (
    *("organisation_id", "reported_at", "id", "content_sha256", "device_id", "seen_at", "received_at", "once"),
    *("channel", "direction", "app", "location", "conversation", "author", "lang", "text", "marks", "subject"),
    *("matches", "category", "severity", "score", "concern_role", "reasons", "before"),
    *("library_version", "model_version", "engine_version", "policy_version"),
)
_SAID_LATER = ("opinion",)
"""Came after captures had been filed: counted only where it is there, so that those still are what they were."""
SAME_SENTENCE = timedelta(minutes=10)


def of_report(
    report: wire.Report, device: Device, *, content_sha256: str, seen_at: datetime, received_at: datetime
) -> Capture:
    """Not filed under an incident yet. ``seen_at`` is by the appliance's clock."""
    d, o = report.detection, report.detection.observation
    return Capture(
        organisation_id=device.organisation_id,
        reported_at=o.reported_at,
        id=o.id,
        content_sha256=content_sha256,
        device_id=device.id,
        seen_at=seen_at,
        received_at=received_at,
        once=d.once,
        channel=o.channel,
        direction=o.direction,
        app=o.app,
        location=o.location,
        conversation=o.conversation,
        author=o.author,
        lang=o.lang,
        text=o.text,
        marks=sorted(o.marks),
        subject=wire_writing.subject_fields(o.subject),
        matches=matches_of(d.matches),
        opinion=wire_writing.opinion_fields(d.opinion),
        category=d.category,
        severity=d.severity,
        score=d.score,
        concern_role=d.role,
        reasons=list(d.reasons),
        before=[wire_writing.earlier_fields(_corrected(e, seen_at - o.seen_at)) for e in d.before],
        library_version=d.library_version,
        model_version=d.model_version,
        engine_version=d.engine_version,
        policy_version=d.policy_version,
        evidence_state=EvidenceState.NONE,
        draw_state=DrawState.WAITING,
        draw_next_at=received_at,
    )


def observation_of(capture: Capture) -> Observation:
    """As the sensor reported it, by the appliance's clock and without evidence."""
    return Observation(
        id=capture.id,
        seen_at=capture.seen_at,
        reported_at=capture.reported_at,
        subject=read_subject(JsonObject(capture.subject)),
        channel=Channel(capture.channel),
        direction=Direction(capture.direction),
        app=capture.app,
        location=capture.location,
        conversation=capture.conversation,
        author=capture.author,
        lang=capture.lang,
        text=capture.text,
        marks=frozenset(map(Mark, capture.marks)),
    )


def opinion_of(capture: Capture) -> Opinion | None:
    """The second one, as far as it was kept: of a long passage, its beginning."""
    if capture.opinion is None:
        return None
    stated, passage = capture.opinion, str(capture.opinion["passage"]).removesuffix("…")
    start = max(0, capture.text.find(passage))
    return Opinion(
        category=Category(stated["category"]),
        probability=float(stated["probability"]),
        start=start,
        end=start + len(passage),
        version=str(stated["version"]),
    )


def by_id(session: Session, organisation_id: int, id: str, *, wait: bool = False) -> Capture | None:
    """``wait``: whoever else is filing for this school has finished, so that the answer stays true."""
    if wait:
        chronology.lock(session, organisation_id)
    return session.scalar(select(Capture).where(Capture.organisation_id == organisation_id, Capture.id == id))


def fingerprint(capture: Capture) -> str:
    """SHA-256 over everything the sensor said; where it is filed and how it is drawn may change."""
    said = {name: _plain(getattr(capture, name)) for name in _SAID}
    said |= {name: value for name in _SAID_LATER if (value := getattr(capture, name)) is not None}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def is_replayed(capture: Capture) -> bool:
    return Mark.REPLAY in capture.marks


def is_test(capture: Capture) -> bool:
    return Mark.TEST in capture.marks


def said_already(session: Session, capture: Capture) -> Capture | None:
    """The shown capture of the same sentence within ten minutes, whichever came in first. A recording never stands in
    for what was live."""
    return session.scalar(
        select(Capture)
        .join(Capture.incident)
        .where(Incident.replayed.is_(is_replayed(capture)))
        .where(Capture.organisation_id == capture.organisation_id, Capture.once == capture.once)
        .where(Capture.seen_at.between(capture.seen_at - SAME_SENTENCE, capture.seen_at + SAME_SENTENCE))
        .where(Capture.duplicate_of.is_(None))
        .order_by(Capture.seen_at.desc())
    )


def takes_over(capture: Capture, shown: Capture) -> bool:
    """What the person wrote says more than the same words put in front of somebody."""
    return capture.direction == Direction.WRITTEN and shown.direction != Direction.WRITTEN


def put_behind(session: Session, shown: Capture, capture: Capture) -> None:
    """``capture`` is the one to show; what stood, and what stood behind it, stands behind it."""
    behind = select(Capture).where(Capture.organisation_id == shown.organisation_id, Capture.duplicate_of == shown.id)
    for each in (shown, *session.scalars(behind)):
        each.duplicate_of = capture.id


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def matches_of(matches: Iterable[Match]) -> list[dict[str, Any]]:
    """As a capture keeps them: each phrase's own fields beside where it stands in the text."""
    return [_match(match) for match in matches]


def _match(match: Match) -> dict[str, Any]:
    fields = wire_writing.match_fields(match)
    phrase = fields.pop("phrase")
    return {"phrase": phrase.pop("id"), **phrase, **fields}


def _corrected(earlier: Earlier, by: timedelta) -> Earlier:
    return replace(earlier, seen_at=earlier.seen_at + by)
