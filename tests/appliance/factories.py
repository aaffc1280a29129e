"""Rows, reports and sealed envelopes with plain defaults, for every test of the appliance and the console."""

import base64
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from nacl.public import PrivateKey
from sqlalchemy.orm import Session

from appliance import chronology
from appliance.entry_kinds import EntryKind
from appliance.models import (
    Base,
    Capture,
    Device,
    DrawState,
    Entry,
    EvidenceState,
    Incident,
    Organisation,
    OrganisationKind,
    Person,
    Reviewer,
    ReviewerRole,
)
from detection import wire, wire_writing
from detection.categories import ConcernRole
from detection.grading import Detection, Earlier
from detection.library import Category, Phrase
from detection.matcher import Match
from detection.observation import AgeBand, Channel, Direction, Mark, Observation, PersonRole, Subject
from detection.sealing import Sealer
from detection.stated_opinion import StatedOpinion

R = TypeVar("R", bound=Base)
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PRIVATE_KEY = bytes(PrivateKey.generate())
SEALER = Sealer(bytes(PrivateKey(PRIVATE_KEY).public_key))


def school(session: Session, slug: str = "oak", *, trust: Organisation | None = None) -> Organisation:
    return _added(session, Organisation(slug=slug, name=f"{slug.title()} School", parent_id=trust and trust.id))


def trust(session: Session, slug: str = "forest") -> Organisation:
    return _added(session, Organisation(slug=slug, name=f"{slug.title()} Trust", kind=OrganisationKind.TRUST))


def person(
    session: Session,
    of: Organisation,
    ref: str = "p1",
    *,
    name: str = "Sam Field",
    role: str = "pupil",
    year: str = "",
) -> Person:
    return _added(session, Person(organisation_id=of.id, ref=ref, name=name, role=role, year=year))


def device(
    session: Session, of: Organisation, token: str = "token", name: str = "gate-1", kind: str = "gateway"
) -> Device:
    digest = hashlib.sha256(token.encode()).hexdigest()
    return _added(session, Device(organisation_id=of.id, name=name, kind=kind, token_sha256=digest, created_at=NOON))


def reviewer(
    session: Session, of: Organisation, role: ReviewerRole = ReviewerRole.DSL, *, login: str = "", email: str = ""
) -> Reviewer:
    login = login or f"{role}-{of.slug}"
    made = Reviewer(
        organisation_id=of.id,
        login=login,
        name=f"The {role}",
        email=email or f"{login}@{of.slug}.example",
        role=role,
        password_hash="",
        created_at=NOON,
    )
    return _added(session, made)


def incident(session: Session, of: Organisation, about: Person | None = None, **fields: Any) -> Incident:
    plain: dict[str, Any] = {
        "organisation_id": of.id,
        "subject_key": f"person:{about.ref}" if about else "address:192.0.2.7",
        "person_id": about and about.id,
        "subject_role": about.role if about else "unknown",
        "category": Category.DISTRESS,
        "severity": 3,
        "concern_role": ConcernRole.AT_RISK,
        "opened_at": NOON,
        "last_seen_at": NOON,
    }
    return _added(session, Incident(**plain | fields))


def capture(session: Session, of: Incident, by: Device, **fields: Any) -> Capture:
    plain: dict[str, Any] = {
        "organisation_id": of.organisation_id,
        "incident_id": of.id,
        "device_id": by.id,
        "person_id": of.person_id,
        "reported_at": NOON,
        "id": "obs-1",
        "content_sha256": "0" * 64,
        "seen_at": NOON,
        "received_at": NOON,
        "once": "1" * 64,
        "channel": Channel.MESSAGE,
        "direction": Direction.WRITTEN,
        "app": "chat",
        "location": "https://chat.example/room/1",
        "conversation": "room-1",
        "author": "",
        "lang": "en",
        "text": "I feel so alone lately",
        "marks": [],
        "subject": wire_writing.subject_fields(Subject(people=("p1",))),
        "matches": [
            {
                "phrase": "en.distress.alone",
                "text": "so alone",
                "gloss": "Feeling isolated.",
                "category": Category.DISTRESS,
                "severity": 3,
                "start": 7,
                "end": 15,
                "written": "so alone",
            }
        ],
        "category": of.category,
        "severity": of.severity,
        "score": 0.5,
        "concern_role": of.concern_role,
        "reasons": ["The person wrote this."],
        "before": [],
        "library_version": "l1",
        "model_version": "",
        "engine_version": "e1",
        "policy_version": "p1",
        "evidence_state": EvidenceState.NONE,
        "draw_state": DrawState.DUE,
        "draw_next_at": NOON,
    }
    return _added(session, Capture(**plain | fields))


def entry(session: Session, of: Organisation, text: str = "Spoke to tutor.", **fields: Any) -> Entry:
    plain: dict[str, Any] = {"at": NOON, "actor": "system", "kind": EntryKind.NOTED}
    return chronology.add(session, of.id, text=text, **plain | fields)


def match(written: str = "so alone", start: int = 7) -> Match:
    phrase = Phrase(
        id="en.distress.alone", text="so alone", category=Category.DISTRESS, severity=3, gloss="Feeling isolated."
    )
    return Match(phrase=phrase, start=start, end=start + len(written), written=written)


def report(
    id: str = "obs-1",
    *,
    text: str = "I feel so alone lately",
    severity: int = 3,
    category: Category = Category.DISTRESS,
    people: tuple[str, ...] = ("p1",),
    seen_at: datetime = NOON,
    reported_at: datetime | None = None,
    direction: Direction = Direction.WRITTEN,
    role: PersonRole = PersonRole.PUPIL,
    once: str = "",
    before: Sequence[Earlier] = (),
    opinion: StatedOpinion | None = None,
    evidence: wire.EvidenceNames | None = None,
    evidence_note: str = "",
    marks: frozenset[Mark] = frozenset(),
) -> wire.Report:
    subject = Subject(organisation="oak", people=people, role=role, age_band=AgeBand.SECONDARY, address="192.0.2.7")
    observation = Observation(
        id=id,
        seen_at=seen_at,
        reported_at=reported_at or seen_at,
        subject=subject,
        channel=Channel.MESSAGE,
        direction=direction,
        app="chat",
        location="https://chat.example/room/1",
        conversation="room-1",
        text=text,
        marks=marks,
    )
    detection = Detection(
        observation=observation,
        matches=(match(),),
        category=category,
        severity=severity,
        score=0.5,
        role=ConcernRole.AT_RISK,
        reasons=("The person wrote this.",),
        once=once or hashlib.sha256(id.encode()).hexdigest(),
        before=tuple(before),
        opinion=opinion,
        library_version="l1",
        engine_version="e1",
        policy_version="p1",
    )
    return wire.Report(detection=detection, evidence=evidence, evidence_note=evidence_note)


def envelope(
    reported: wire.Report, *, sent_at: datetime | None = None, payload: bytes | None = None, **fields: Any
) -> dict[str, Any]:
    """What a sensor posts; ``payload`` and ``fields`` put something else in its place."""
    seen = reported.detection.observation
    plain: dict[str, Any] = {
        "version": 1,
        "id": seen.id,
        "reported_at": seen.reported_at.isoformat(),
        "sent_at": (sent_at or seen.reported_at).isoformat(),
        "sealed": sealed(wire.dump(reported) if payload is None else payload),
    }
    return plain | fields


def fuller(
    id: str, evidence: wire.EvidenceNames | None, *, note: str = "", reported_at: datetime = NOON
) -> dict[str, Any]:
    """What a sensor puts when the rest of a page has loaded."""
    supplement = wire.Supplement(id=id, reported_at=reported_at, evidence=evidence, evidence_note=note)
    at, box = reported_at.isoformat(), sealed(wire.dump_supplement(supplement))
    return {"version": 1, "id": id, "reported_at": at, "sent_at": at, "sealed": box}


def sealed(payload: bytes) -> str:
    return base64.b64encode(SEALER.seal(payload)).decode()


def bundle(index: bytes, *bodies: bytes) -> tuple[wire.EvidenceNames, dict[str, bytes]]:
    """Names for a detection, and the sealed blobs to put under them."""
    names, blobs = dict[str, str](), dict[str, bytes]()
    for content in (index, *bodies):
        name, salted = SEALER.blob(content)
        names[name], blobs[name] = hashlib.sha256(content).hexdigest(), SEALER.seal(salted)
    return wire.EvidenceNames(index=next(iter(names)), blobs=names), blobs


def _added(session: Session, row: R) -> R:
    session.add(row)
    session.flush()
    return row
