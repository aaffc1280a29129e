"""How far what was played has come: out of the gateway's outbox, into the store, drawn."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from appliance import store
from appliance.models import Capture, DrawState, Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Counts; ``sending`` is None while the gateway has not said."""

    sending: int | None
    captures: int
    drawn: int
    incidents: int

    @property
    def done(self) -> bool:
        return self.sending == 0 and self.drawn == self.captures


def settled(sessions: sessionmaker[Session], status: Path, since: datetime) -> Settled:
    """A status file written before ``since`` says nothing about what was seen until then."""
    with store.reading(sessions) as session:
        finished = (DrawState.DRAWN, DrawState.FAILED, DrawState.WITHHELD)
        return Settled(
            sending=_sending(status, since),
            captures=_count(session, Capture),
            drawn=session.scalar(select(func.count()).select_from(Capture).where(Capture.draw_state.in_(finished)))
            or 0,
            incidents=_count(session, Incident),
        )


def knows_people(status: Path) -> bool:
    """Whether the gateway has been told who is where; what it sees before that, it can only name by address."""
    sensor = _read(status).get("sensor")
    return isinstance(sensor, dict) and bool(sensor.get("bindings_confirmed"))


def _sending(status: Path, since: datetime) -> int | None:
    report = _read(status)
    sensor, at = report.get("sensor"), report.get("at")
    if not isinstance(sensor, dict) or not isinstance(at, str) or datetime.fromisoformat(at) < since:
        return None
    waiting = (sensor.get("waiting"), sensor.get("blobs_waiting"), report.get("pending_bytes"))
    return sum(waiting) if all(isinstance(one, int) for one in waiting) else None  # type: ignore[arg-type]


def _read(status: Path) -> dict[str, object]:
    """Empty where the gateway has not written one yet."""
    try:
        report = json.loads(status.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return report if isinstance(report, dict) else {}


def _count(session: Session, row: type[Capture] | type[Incident]) -> int:
    return session.scalar(select(func.count()).select_from(row)) or 0
