"""From a detection to the fields of a payload's JSON."""

from datetime import UTC, datetime
from typing import Any

from detection.grading import Detection, Earlier
from detection.matcher import Match
from detection.observation import Observation, Subject
from detection.stated_opinion import StatedOpinion
from detection.storable import storable


def detection_fields(d: Detection) -> dict[str, Any]:
    """All but its evidence."""
    return {
        "observation": _observation_fields(d.observation),
        "matches": [match_fields(m) for m in d.matches],
        "category": d.category,
        "severity": d.severity,
        "score": d.score,
        "role": d.role,
        "reasons": list(d.reasons),
        "once": d.once,
        "opinion": opinion_fields(d.opinion),
        "before": [earlier_fields(e) for e in d.before],
        "library_version": d.library_version,
        "model_version": d.model_version,
        "engine_version": d.engine_version,
        "policy_version": d.policy_version,
    }


def _observation_fields(o: Observation) -> dict[str, Any]:
    return {
        "id": o.id,
        "seen_at": utc(o.seen_at),
        "reported_at": utc(o.reported_at),
        "subject": subject_fields(o.subject),
        "channel": o.channel,
        "direction": o.direction,
        "app": o.app,
        "location": o.location,
        "conversation": o.conversation,
        "author": o.author,
        "lang": o.lang,
        "text": o.text,
        "marks": sorted(o.marks),
    }


def subject_fields(subject: Subject) -> dict[str, Any]:
    return {
        "organisation": subject.organisation,
        "people": list(subject.people),
        "role": subject.role,
        "age_band": subject.age_band,
        "group": subject.group,
        "device": subject.device,
        "address": subject.address,
        "identity_source": subject.identity_source,
        "identity_age": subject.identity_age,
    }


def match_fields(match: Match) -> dict[str, Any]:
    p = match.phrase
    return {
        "phrase": {"id": p.id, "text": p.text, "category": p.category, "severity": p.severity, "gloss": p.gloss},
        "start": match.start,
        "end": match.end,
        "written": storable(match.written),
    }


def opinion_fields(opinion: StatedOpinion | None) -> dict[str, Any] | None:
    if opinion is None:
        return None
    return {
        "category": opinion.category,
        "probability": opinion.probability,
        "passage": storable(opinion.passage),
        "effect": opinion.effect,
        "version": opinion.version,
    }


def earlier_fields(earlier: Earlier) -> dict[str, Any]:
    return {
        "seen_at": utc(earlier.seen_at),
        "channel": earlier.channel,
        "direction": earlier.direction,
        "app": earlier.app,
        "text": storable(earlier.text),
    }


def utc(at: datetime) -> str:
    """RFC 3339; ValueError for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(UTC).isoformat()
