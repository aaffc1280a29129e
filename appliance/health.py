"""Watch the gateways' status files, and tell everybody who looks after the system what is wrong."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import gateway_status, health_notice
from appliance.gateway_status import Counts, Trouble
from appliance.models import Organisation

CALM = timedelta(minutes=10)
"""A count that rose keeps its banner this long after it stopped rising."""
RISING = ("faults", "missed", "lost", "closed", "died", "past")
KINDS = (
    "silent",
    "set-aside",
    "stuck",
    "disk",
    "stopped",
    "illegal-list",
    "library",
    "authority",
    "revocation",
    "unmanned",
    "firewall",
    "tunnels",
    "bypass-list",
    "learned",
    *RISING,
)


@dataclass(slots=True)
class Health:
    sessions: sessionmaker[Session]
    files: tuple[Path, ...]
    _counts: dict[Path, Counts] = field(default_factory=dict)
    _last: dict[tuple[Path, str], datetime] = field(default_factory=dict)
    """When each trouble was seen last."""

    def check(self, now: datetime) -> None:
        """A box may serve several schools, so each of them is told."""
        troubles = {file: self._read(file, now) for file in self.files}
        if not troubles:
            return
        with self.sessions.begin() as session:
            for organisation_id in session.scalars(select(Organisation.id).order_by(Organisation.id)).all():
                for file, found in troubles.items():
                    self._tell(session, organisation_id, file, found, now)

    def _read(self, file: Path, now: datetime) -> dict[str, Trouble]:
        reading = gateway_status.read(file, self._counts.get(file), now)
        self._counts[file] = reading.counts
        for trouble in reading.troubles:
            self._last[file, trouble.kind] = now
        return {trouble.kind: trouble for trouble in reading.troubles}

    def _tell(
        self, session: Session, organisation_id: int, file: Path, found: dict[str, Trouble], now: datetime
    ) -> None:
        for kind in KINDS:
            key = f"gateway:{gateway_status.name_of(file)}:{kind}"
            if trouble := found.get(kind):
                health_notice.warn(session, organisation_id, key, trouble.subject, trouble.body, now)
            elif self._is_over(file, kind, now):
                health_notice.all_clear(session, organisation_id, key)

    def _is_over(self, file: Path, kind: str, now: datetime) -> bool:
        last = self._last.get((file, kind))
        return kind not in RISING or last is None or now - last >= CALM
