"""Detection to JSON and back, as docs/wire.md has it."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from detection.grading import ConcernRole, Detection, Earlier
from detection.library import Category, Phrase
from detection.matcher import Match
from detection.observation import AgeBand, Channel, Direction, Mark, Observation, PersonRole, Subject

VERSION = 1
_SURROGATE = re.compile("[\ud800-\udfff]")
E = TypeVar("E", bound=StrEnum)


class WireError(ValueError):
    """A payload that is not version 1; the message names the field, never its content."""


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


def dump(report: Report) -> bytes:
    """Canonical JSON: the same report is the same bytes."""
    return json.dumps(_report(report), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def parse(payload: bytes) -> Report:
    """Raise WireError on anything that is not version 1; ignore unknown fields."""
    try:
        top = _Object(json.loads(payload), "")
    except (ValueError, RecursionError) as e:
        raise WireError("the payload is not JSON") from e
    if top.whole("version") != VERSION:
        raise WireError("version: only 1 is known")
    try:
        return _parse_report(top)
    except WireError:
        raise
    except ValueError as e:
        raise WireError("a value is out of range") from e


def _report(report: Report) -> dict[str, Any]:
    d, o = report.detection, report.detection.observation
    return {
        "version": VERSION,
        "observation": {
            "id": o.id,
            "seen_at": o.seen_at.isoformat(),
            "reported_at": o.reported_at.isoformat(),
            "subject": subject_fields(o.subject),
            "channel": o.channel,
            "direction": o.direction,
            "app": o.app,
            "location": o.location,
            "conversation": o.conversation,
            "author": o.author,
            "lang": o.lang,
            "text": _clean(o.text),
            "marks": sorted(o.marks),
        },
        "matches": [match_fields(m) for m in d.matches],
        "category": d.category,
        "severity": d.severity,
        "score": d.score,
        "role": d.role,
        "reasons": [_clean(r) for r in d.reasons],
        "once": d.once,
        "before": [earlier_fields(e) for e in d.before],
        "library_version": d.library_version,
        "model_version": d.model_version,
        "engine_version": d.engine_version,
        "policy_version": d.policy_version,
        "evidence": None if report.evidence is None else {
            "index": report.evidence.index,
            "blobs": report.evidence.blobs,
            "truncated": report.evidence.truncated,
        },
        "evidence_note": report.evidence_note,
    }  # fmt: skip


def subject_fields(subject: Subject) -> dict[str, Any]:
    return {
        "organisation": subject.organisation,
        "people": list(subject.people),
        "role": subject.role,
        "age_band": subject.age_band,
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
        "written": _clean(match.written),
    }


def earlier_fields(earlier: Earlier) -> dict[str, Any]:
    return {
        "seen_at": earlier.seen_at.isoformat(),
        "channel": earlier.channel,
        "direction": earlier.direction,
        "app": earlier.app,
        "text": _clean(earlier.text),
    }


def _clean(text: str) -> str:
    """Lone surrogates cannot be UTF-8; they become the replacement character, one for one, so that ranges hold."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


class _Object:
    """A JSON object whose fields are asked for by type."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, dict):
            raise WireError(f"{path or 'payload'}: must be an object")
        self._value, self._path = value, path

    def get(self, name: str) -> Any:
        return self._value.get(name)

    def _typed(self, name: str, kind: type, what: str) -> Any:
        value = self._value.get(name)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise WireError(f"{self._path}{name}: must be {what}")
        return value

    def text(self, name: str) -> str:
        return str(self._typed(name, str, "a text"))

    def optional_text(self, name: str) -> str | None:
        return None if self._value.get(name) is None else self.text(name)

    def whole(self, name: str) -> int:
        return int(self._typed(name, int, "a whole number"))

    def number(self, name: str) -> float:
        return float(self._typed(name, int | float, "a number"))  # type: ignore[arg-type]

    def time(self, name: str) -> datetime:
        return parse_time(self.text(name), f"{self._path}{name}")

    def enum(self, name: str, kind: type[E]) -> E:
        try:
            return kind(self.text(name))
        except ValueError as e:
            raise WireError(f"{self._path}{name}: unknown value") from e

    def objects(self, name: str) -> list["_Object"]:
        items = self._typed(name, list, "a list")
        return [_Object(item, f"{self._path}{name}[{i}].") for i, item in enumerate(items)]

    def object(self, name: str) -> "_Object":
        return _Object(self._value.get(name), f"{self._path}{name}.")

    def texts(self, name: str) -> tuple[str, ...]:
        items = self._typed(name, list, "a list")
        if not all(isinstance(item, str) for item in items):
            raise WireError(f"{self._path}{name}: must be a list of texts")
        return tuple(items)


def parse_time(value: str, what: str) -> datetime:
    """RFC 3339 with a zone, or WireError."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError as e:
        raise WireError(f"{what}: is not a time") from e
    if at.tzinfo is None:
        raise WireError(f"{what}: has no time zone")
    return at


def _parse_report(top: _Object) -> Report:
    matches = tuple(_parse_match(m) for m in top.objects("matches"))
    severity = top.whole("severity")
    if not 1 <= severity <= 5:
        raise WireError("severity: must be 1 to 5")
    return Report(
        detection=Detection(
            observation=_parse_observation(top.object("observation")),
            matches=matches,
            category=top.enum("category", Category),
            severity=severity,
            score=top.number("score"),
            role=top.enum("role", ConcernRole),
            reasons=top.texts("reasons"),
            once=top.text("once"),
            before=tuple(_parse_earlier(e) for e in top.objects("before")),
            library_version=top.text("library_version"),
            model_version=top.text("model_version"),
            engine_version=top.text("engine_version"),
            policy_version=top.text("policy_version"),
        ),
        evidence=None if top.get("evidence") is None else _parse_names(top.object("evidence")),
        evidence_note=top.text("evidence_note"),
    )


def _parse_observation(o: _Object) -> Observation:
    s = o.object("subject")
    return Observation(
        id=o.text("id"),
        seen_at=o.time("seen_at"),
        reported_at=o.time("reported_at"),
        subject=Subject(
            organisation=s.text("organisation"),
            people=s.texts("people"),
            role=s.enum("role", PersonRole),
            age_band=s.enum("age_band", AgeBand),
            device=s.optional_text("device"),
            address=s.optional_text("address"),
            identity_source=s.text("identity_source"),
            identity_age=None if s.get("identity_age") is None else s.number("identity_age"),
        ),
        channel=o.enum("channel", Channel),
        direction=o.enum("direction", Direction),
        app=o.text("app"),
        location=o.text("location"),
        conversation=o.text("conversation"),
        author=o.text("author"),
        lang=o.text("lang"),
        text=o.text("text"),
        marks=frozenset(Mark(m) for m in o.texts("marks")),
    )


def _parse_match(m: _Object) -> Match:
    p = m.object("phrase")
    phrase = Phrase(
        id=p.text("id"),
        text=p.text("text"),
        category=p.enum("category", Category),
        severity=p.whole("severity"),
        gloss=p.text("gloss"),
    )
    return Match(phrase=phrase, start=m.whole("start"), end=m.whole("end"), written=m.text("written"))


def _parse_earlier(e: _Object) -> Earlier:
    return Earlier(
        seen_at=e.time("seen_at"),
        channel=e.enum("channel", Channel),
        direction=e.enum("direction", Direction),
        app=e.text("app"),
        text=e.text("text"),
    )


def _parse_names(e: _Object) -> EvidenceNames:
    blobs = e.get("blobs")
    if not isinstance(blobs, dict) or not all(isinstance(v, str) for v in blobs.values()):
        raise WireError("evidence.blobs: must map names to hashes")
    index = e.text("index")
    if index not in blobs:
        raise WireError("evidence.index: is not among the blobs")
    return EvidenceNames(index=index, blobs=blobs, truncated=e.get("truncated") is True)
