"""What of a detection is compared when it is derived again: all that was found, with words as their hashes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from appliance import captures
from appliance.models import Capture
from detection import wire_writing
from detection.grading import Detection
from detection.storable import storable

Fields = Mapping[str, Any]
_PLACES = 4
"""Of a probability: another processor may differ behind them."""


def stated(capture: Capture) -> Fields:
    """What a capture says was detected, as ``fields_of`` says it of a detection."""
    return _fields(
        {
            "category": capture.category,
            "severity": capture.severity,
            "score": capture.score,
            "role": capture.concern_role,
            "marks": sorted(capture.marks),
            "once": capture.once,
            "reasons": capture.reasons,
            "library_version": capture.library_version,
            "model_version": capture.model_version,
            "engine_version": capture.engine_version,
            "policy_version": capture.policy_version,
        },
        capture.matches,
        capture.opinion,
    )


def fields_of(detection: Detection | None) -> Fields | None:
    """None where nothing is raised."""
    if detection is None:
        return None
    return _fields(
        {
            "category": str(detection.category),
            "severity": detection.severity,
            "score": detection.score,
            "role": str(detection.role),
            "marks": sorted(map(str, detection.observation.marks)),
            "once": detection.once,
            "reasons": list(detection.reasons),
            "library_version": detection.library_version,
            "model_version": detection.model_version,
            "engine_version": detection.engine_version,
            "policy_version": detection.policy_version,
        },
        captures.matches_of(detection.matches),
        wire_writing.opinion_fields(detection.opinion),
    )


def identity(fields: Fields) -> str:
    """SHA-256 (hex) over all that is compared: the same detection has the same."""
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def _fields(plain: Fields, matches: Iterable[Fields], opinion: Fields | None) -> Fields:
    said = [
        {
            "phrase": match["phrase"],
            "start": match["start"],
            "end": match["end"],
            "category": str(match["category"]),
            "severity": match["severity"],
            "written": _hash(match["written"]),
        }
        for match in matches
    ]
    second = opinion and {
        "category": str(opinion["category"]),
        "probability": round(opinion["probability"], _PLACES),
        "effect": str(opinion["effect"]),
        "passage": _hash(opinion["passage"]),
        "version": opinion["version"],
    }
    reasons = [_hash(reason) for reason in plain["reasons"]]
    return {**plain, "score": round(plain["score"], _PLACES), "reasons": reasons, "matches": said, "opinion": second}


def _hash(words: str) -> str:
    return hashlib.sha256(storable(words).encode()).hexdigest()
