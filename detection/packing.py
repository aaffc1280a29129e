"""A detection and its evidence, sealed and ready for the outbox."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from detection.excerpt import excerpt
from detection.grading import Detection
from detection.observation import Evidence
from detection.sealing import SALT, Sealer
from detection.wire import EvidenceNames, Report, Supplement, dump, dump_supplement

LARGEST_REPORT = 3_000_000
"""Bytes before sealing: with base64 and the envelope this stays below the contract's 4 MiB."""
LARGEST_PART = 33 * 2**20 - SALT - 64
"""Bytes before salting and sealing, which stay below the contract's 33 MiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Evidence as it is named and stored: what can be sent of it, sealed."""

    names: EvidenceNames
    blobs: tuple[tuple[str, bytes], ...]


def seal_report(detection: Detection, bundle: Bundle | None, note: str, sealer: Sealer, step: int = 1) -> bytes:
    """``note`` says in words why there is no evidence, where there is none. Its size is a multiple of ``step``."""
    names = bundle.names if bundle else None
    payload = dump(Report(detection=detection, evidence=names, evidence_note=note))
    if len(payload) > LARGEST_REPORT:
        payload = dump(Report(detection=excerpt(detection), evidence=names, evidence_note=note))
    return sealer.seal(in_steps(payload, step))


def in_steps(payload: bytes, step: int) -> bytes:
    """JSON with spaces behind it, which mean nothing, up to the next multiple of ``step`` bytes."""
    return payload.ljust(-(-len(payload) // step) * step)


def seal_supplement(id: str, reported_at: datetime, bundle: Bundle, sealer: Sealer) -> bytes:
    return sealer.seal(dump_supplement(Supplement(id=id, reported_at=reported_at, evidence=bundle.names)))


def bundle_of(evidence: Evidence, sealer: Sealer, largest: int = LARGEST_PART) -> Bundle | None:
    """None where the index itself is too large. A body that is too large is left out, and the bundle is truncated."""
    if len(evidence.index) > largest:
        return None
    fitting = {sha256: body for sha256, body in evidence.bodies.items() if len(body) <= largest}
    contents = {hashlib.sha256(evidence.index).hexdigest(): evidence.index} | fitting
    salted = {sha256: sealer.blob(content) for sha256, content in contents.items()}
    index, _ = sealer.blob(evidence.index)
    return Bundle(
        names=EvidenceNames(
            index=index,
            blobs={name: sha256 for sha256, (name, _) in salted.items()},
            truncated=evidence.truncated or len(fitting) < len(evidence.bodies),
        ),
        blobs=tuple((name, sealer.seal(content)) for name, content in salted.values()),
    )
