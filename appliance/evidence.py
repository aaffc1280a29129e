"""Which blobs a capture's evidence is made of, which of them are here, and when it is complete."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Capture, DrawState, EvidencePart, EvidenceState
from detection.observation import Mark
from detection.wire import EvidenceNames


def expect(session: Session, capture: Capture, names: EvidenceNames | None, note: str, now: datetime) -> bool:
    """Let ``names`` be the evidence of a stored capture, in place of any named before; False if they are already.

    Of what is withheld nothing is taken, whatever a sensor names, and nothing is drawn.
    """
    if Mark.WITHHELD in capture.marks:
        return _withhold(capture, now)
    if capture.evidence_named_at is not None and _says(capture, names, note):
        return False
    _replace_parts(session, capture, names)
    capture.evidence_index = names.blobs[names.index] if names else None
    capture.evidence_truncated = bool(names and names.truncated)
    capture.evidence_note, capture.evidence_named_at = note, now
    if names is None:
        capture.evidence_state = EvidenceState.NONE
        draw(capture, now)
    elif _is_complete(capture):
        _complete(capture, now)
    else:
        capture.evidence_state = EvidenceState.PENDING
        # A picture that is there stays until the fuller evidence is complete.
        if capture.draw_state is not DrawState.DRAWN:
            capture.draw_state = DrawState.WAITING
    return True


def wanted(session: Session, organisation_id: int, name: str) -> list[EvidencePart]:
    """Every part of the school's captures that goes by this name."""
    named = select(EvidencePart).where(EvidencePart.organisation_id == organisation_id, EvidencePart.name == name)
    return list(session.scalars(named))


def take(parts: Iterable[EvidencePart], sha256: str, now: datetime) -> None:
    """The blob behind these parts is in the vault. Captures it was the last for are complete, late or not."""
    for part in parts:
        if part.sha256 != sha256 or part.arrived_at is not None:
            continue
        part.arrived_at = now
        if _is_complete(part.capture):
            _complete(part.capture, now)


def draw(capture: Capture, now: datetime) -> None:
    capture.draw_state, capture.draw_tries, capture.draw_next_at = DrawState.DUE, 0, now


def _withhold(capture: Capture, now: datetime) -> bool:
    new = capture.evidence_named_at is None
    capture.evidence_named_at = capture.evidence_named_at or now
    capture.evidence_state, capture.draw_state = EvidenceState.NONE, DrawState.WITHHELD
    return new


def _complete(capture: Capture, now: datetime) -> None:
    capture.evidence_state = EvidenceState.ATTACHED
    draw(capture, now)


def _is_complete(capture: Capture) -> bool:
    return all(part.arrived_at is not None for part in capture.parts)


def _says(capture: Capture, names: EvidenceNames | None, note: str) -> bool:
    stored = {part.name: part.sha256 for part in capture.parts}
    if names is None:
        return not stored and capture.evidence_note == note
    same_index = capture.evidence_index == names.blobs[names.index]
    return stored == names.blobs and same_index and capture.evidence_truncated == names.truncated


def _replace_parts(session: Session, capture: Capture, names: EvidenceNames | None) -> None:
    """A part that has come before, under the same name, is not waited for again."""
    blobs = names.blobs if names else {}
    arrived = {part.name: part.arrived_at for part in _arrived(session, capture, blobs)}
    for part in list(capture.parts):
        session.delete(part)
    session.flush()
    session.expire(capture, ["parts"])
    session.add_all(_part(capture, name, sha256, arrived.get(name)) for name, sha256 in blobs.items())
    session.flush()
    session.expire(capture, ["parts"])


def _arrived(session: Session, capture: Capture, blobs: dict[str, str]) -> list[EvidencePart]:
    came = select(EvidencePart).where(
        EvidencePart.organisation_id == capture.organisation_id,
        EvidencePart.name.in_(blobs),
        EvidencePart.arrived_at.is_not(None),
    )
    return [part for part in session.scalars(came) if blobs[part.name] == part.sha256]


def _part(capture: Capture, name: str, sha256: str, arrived_at: datetime | None) -> EvidencePart:
    return EvidencePart(
        organisation_id=capture.organisation_id,
        capture_reported_at=capture.reported_at,
        capture_id=capture.id,
        name=name,
        sha256=sha256,
        arrived_at=arrived_at,
    )
