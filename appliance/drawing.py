"""Draw the captures that are due: claim one, draw it, mark it. Killed at any point, it is drawn again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, sessionmaker

from appliance import depiction, health_notice
from appliance.models import Capture, DrawState
from appliance.store import reading
from images.drawing import Drawing, Picture
from images.vault import Vault

LEASE = timedelta(minutes=5)
"""Longer than any drawing takes; then whoever claimed it is thought dead."""
BACK_OFF = (timedelta(seconds=10), timedelta(seconds=60))
TRIES = len(BACK_OFF) + 1
FURTHEST = LEASE + timedelta(minutes=1)
"""Nothing is ever put off further; what is, was put off before the clock was set back, and is due."""


class Draws(Protocol):
    def draw(self, drawing: Drawing) -> Picture: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    organisation_id: int
    reported_at: datetime
    id: str
    evidence_named_at: datetime | None
    """Which bundle is drawn: a fuller one may be named while it is."""


@dataclass(frozen=True, slots=True)
class Drawings:
    sessions: sessionmaker[Session]
    vault: Vault
    renderer: Draws

    def claim(self, now: datetime) -> Claim | None:
        """The gravest capture that is due, ours for five minutes; what has no picture yet before a fuller one."""
        with self.sessions.begin() as session:
            capture = _next(session, now)
            while capture is not None and capture.draw_tries >= TRIES:  # it took the worker down with it each time
                _give_up(session, capture, "the worker was stopped while drawing", now)
                capture = _next(session, now)
            if capture is None:
                return None
            capture.draw_next_at = now + LEASE
            capture.draw_tries += 1
            return Claim(
                organisation_id=capture.organisation_id,
                reported_at=capture.reported_at,
                id=capture.id,
                evidence_named_at=capture.evidence_named_at,
            )

    def draw(self, claim: Claim) -> Picture:
        """Reads the row and the vault, writes nothing. Raises whatever the renderer raises."""
        with reading(self.sessions) as session:
            capture = self._capture(session, claim)
            drawing, record = depiction.drawing_of(session, capture), depiction.record_of(capture)
        return self.renderer.draw(depiction.with_record(drawing, record, self.vault) if record else drawing)

    def done(self, claim: Claim, picture: Picture, now: datetime) -> None:
        name = self.vault.put(picture.png)
        with self.sessions.begin() as session:
            capture = self._capture(session, claim)
            if not _still_due(capture, claim):
                return
            replaced, capture.picture = capture.picture, name
            capture.draw_state, capture.draw_note = DrawState.DRAWN, picture.note
            health_notice.all_clear(session, claim.organisation_id, "drawing")
            orphaned = replaced if replaced != name and not _is_shown(session, replaced) else None
        if orphaned:
            self.vault.delete(orphaned)

    def failed(self, claim: Claim, reason: str, now: datetime) -> None:
        """``reason`` in words for a reviewer, without content."""
        with self.sessions.begin() as session:
            capture = self._capture(session, claim)
            if not _still_due(capture, claim):
                return
            if capture.draw_tries < TRIES:
                capture.draw_next_at = now + BACK_OFF[capture.draw_tries - 1]
                return
            _give_up(session, capture, reason, now)

    def _capture(self, session: Session, claim: Claim) -> Capture:
        return session.get_one(Capture, (claim.organisation_id, claim.reported_at, claim.id))


def _next(session: Session, now: datetime) -> Capture | None:
    return session.scalar(
        select(Capture)
        .where(
            Capture.draw_state == DrawState.DUE,
            or_(Capture.draw_next_at <= now, Capture.draw_next_at > now + FURTHEST),
        )
        .order_by(Capture.picture.is_not(None), Capture.severity.desc(), Capture.draw_next_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _give_up(session: Session, capture: Capture, reason: str, now: datetime) -> None:
    capture.draw_state = DrawState.FAILED
    capture.draw_note = f"The picture could not be drawn, {TRIES} times: {reason}."
    body = f"Captures are shown as text only. The last one, {capture.id}: {reason}."
    health_notice.warn(session, capture.organisation_id, "drawing", "Pictures cannot be drawn", body, now)


def _still_due(capture: Capture, claim: Claim) -> bool:
    return capture.draw_state is DrawState.DUE and capture.evidence_named_at == claim.evidence_named_at


def _is_shown(session: Session, picture: str | None) -> bool:
    return bool(session.scalar(select(func.count()).select_from(Capture).where(Capture.picture == picture)))
