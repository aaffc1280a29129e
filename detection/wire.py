"""What a sensor and the appliance say to one another, to JSON and back, as docs/wire.md has it."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from detection.grading import Detection
from detection.json_object import JsonObject, WireError, parse_time, read_object
from detection.storable import storable
from detection.wire_reading import read_detection
from detection.wire_writing import detection_fields, utc

__all__ = [
    "VERSION", "EvidenceNames", "Report", "Supplement", "WireError", "dump", "dump_supplement", "parse",
    "parse_supplement", "parse_time",
]  # fmt: skip

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceNames:
    """How a detection names the evidence that follows it."""

    index: str
    """Blob name of the HAR."""
    blobs: dict[str, str] = field(default_factory=dict)
    """Blob name to SHA-256 of its content; the index is among them."""
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one POST carries once opened."""

    detection: Detection
    """Without evidence bytes."""
    evidence: EvidenceNames | None = None
    evidence_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """A fuller bundle that replaces the one a detection named."""

    id: str
    reported_at: datetime
    evidence: EvidenceNames | None = None
    evidence_note: str = ""


def dump(report: Report) -> bytes:
    """Canonical JSON: the same report is the same bytes."""
    return _canonical({
        "version": VERSION,
        **detection_fields(report.detection),
        "evidence": _evidence_fields(report.evidence),
        "evidence_note": report.evidence_note,
    })  # fmt: skip


def dump_supplement(supplement: Supplement) -> bytes:
    return _canonical({
        "version": VERSION,
        "id": supplement.id,
        "reported_at": utc(supplement.reported_at),
        "evidence": _evidence_fields(supplement.evidence),
        "evidence_note": supplement.evidence_note,
    })  # fmt: skip


def parse(payload: bytes) -> Report:
    """Raise WireError on anything that is not version 1; ignore unknown fields."""
    top = _version_1(payload)
    return Report(detection=read_detection(top), evidence=_evidence(top), evidence_note=top.text("evidence_note"))


def parse_supplement(payload: bytes) -> Supplement:
    top = _version_1(payload)
    return Supplement(
        id=top.text("id"),
        reported_at=top.time("reported_at"),
        evidence=_evidence(top),
        evidence_note=top.text("evidence_note"),
    )


def _evidence_fields(names: EvidenceNames | None) -> dict[str, Any] | None:
    if names is None:
        return None
    return {"index": names.index, "blobs": names.blobs, "truncated": names.truncated}


def _canonical(fields: dict[str, Any]) -> bytes:
    return json.dumps(
        _storable(fields), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return {name: _storable(item) for name, item in value.items()} if isinstance(value, dict) else value


def _version_1(payload: bytes) -> JsonObject:
    top = read_object(payload)
    if top.whole("version") != VERSION:
        raise WireError("version: only 1 is known")
    return top


def _evidence(top: JsonObject) -> EvidenceNames | None:
    if top.is_null("evidence"):
        return None
    e = top.part("evidence")
    index, blobs = e.text("index"), e.text_by_text("blobs")
    if index not in blobs:
        raise WireError("evidence.index: is not among the blobs")
    return EvidenceNames(index=index, blobs=blobs, truncated=e.truth("truncated"))
