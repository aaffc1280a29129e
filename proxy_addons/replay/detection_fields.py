"""A detection as a tester's script reads it."""

from typing import Any

from detection.grading import Detection
from detection.wire_writing import match_fields, opinion_fields, subject_fields


def detection_fields(detection: Detection) -> dict[str, Any]:
    seen = detection.observation
    return {
        "id": seen.id,
        "seen_at": seen.seen_at.isoformat(),
        "category": detection.category,
        "severity": detection.severity,
        "score": detection.score,
        "role": detection.role,
        "channel": seen.channel,
        "direction": seen.direction,
        "app": seen.app,
        "location": seen.location,
        "conversation": seen.conversation,
        "author": seen.author,
        "subject": subject_fields(seen.subject),
        "text": seen.text,
        "marks": sorted(seen.marks),
        "matches": [match_fields(match) for match in detection.matches],
        "reasons": list(detection.reasons),
        "opinion": opinion_fields(detection.opinion),
        "library_version": detection.library_version,
    }
