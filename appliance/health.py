"""Watch the gateways' status files, and tell everybody who looks after the system what is wrong."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import gateway_status, health_notice, store
from appliance.gateway_status import Counts, Reading, Trouble
from appliance.gateways import statuses
from appliance.gateways.statuses import Reported
from appliance.models import Organisation

CALM = timedelta(minutes=10)
"""A count that rose keeps its banner this long after it stopped rising."""
RISING = ("faults", "missed", "lost", "closed", "died", "past")
KINDS = (
    "silent",
    "ended",
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
_Troubles = dict[str, Trouble]


@dataclass(frozen=True, slots=True)
class _Gateway:
    name: str
    school: int | None = None
    """That alone is told; None where the gateway may serve several, and each is."""


@dataclass(slots=True)
class Health:
    sessions: sessionmaker[Session]
    files: tuple[Path, ...]
    """Of the gateways on this machine; second ones report (appliance/gateways)."""
    _counts: dict[_Gateway, Counts] = field(default_factory=dict)
    _last: dict[tuple[_Gateway, str], datetime] = field(default_factory=dict)
    """When each trouble was seen last."""

    def check(self, now: datetime) -> None:
        """A box may serve several schools, so each of them is told."""
        found = [self._of_file(file, now) for file in self.files]
        with store.reading(self.sessions) as session:
            found += [self._of_report(each, now) for each in statuses.reported(session)]
        if not found:
            return
        with self.sessions.begin() as session:
            schools = session.scalars(select(Organisation.id).order_by(Organisation.id)).all()
            for gateway, troubles in found:
                for id in schools if gateway.school is None else [gateway.school]:
                    self._tell(session, id, gateway, troubles, now)

    def _of_file(self, file: Path, now: datetime) -> tuple[_Gateway, _Troubles]:
        gateway = _Gateway(gateway_status.name_of(file))
        return gateway, self._noted(gateway, gateway_status.read(file, self._counts.get(gateway), now), now)

    def _of_report(self, report: Reported, now: datetime) -> tuple[_Gateway, _Troubles]:
        gateway = _Gateway(report.name, report.organisation_id)
        judged = gateway_status.judged(report.name, report.status, self._counts.get(gateway), now)
        return gateway, self._noted(gateway, replace(judged, troubles=(*judged.troubles, *_ended(report, now))), now)

    def _noted(self, gateway: _Gateway, reading: Reading, now: datetime) -> _Troubles:
        self._counts[gateway] = reading.counts
        for trouble in reading.troubles:
            self._last[gateway, trouble.kind] = now
        return {trouble.kind: trouble for trouble in reading.troubles}

    def _tell(self, session: Session, organisation_id: int, gateway: _Gateway, found: _Troubles, now: datetime) -> None:
        for kind in KINDS:
            key = _key(gateway.name, kind)
            if trouble := found.get(kind):
                health_notice.warn(session, organisation_id, key, trouble.subject, trouble.body, now)
            elif self._is_over(gateway, kind, now):
                health_notice.all_clear(session, organisation_id, key)

    def _is_over(self, gateway: _Gateway, kind: str, now: datetime) -> bool:
        last = self._last.get((gateway, kind))
        return kind not in RISING or last is None or now - last >= CALM


def forget(session: Session, organisation_id: int, name: str) -> None:
    """Nothing is expected of that gateway any more: what was said of it is taken down."""
    for kind in KINDS:
        health_notice.all_clear(session, organisation_id, _key(name, kind))


def _ended(report: Reported, now: datetime) -> tuple[Trouble, ...]:
    """It is renewed long before, unless it was off, or away, for months: no reason to think that it was revoked."""
    if report.ends_at is None or now < report.ends_at:
        return ()
    subject = f"{gateway_status.in_words(report.name)} must join again"
    body = (
        f"Its certificate ended at {report.ends_at:%Y-%m-%d %H:%M} UTC. Until it has joined again, with a new code of "
        "gatehouse device code, it reads nothing, and what it has kept is not taken."
    )
    return (Trouble(kind="ended", subject=subject, body=body),)


def _key(name: str, kind: str) -> str:
    return f"gateway:{name}:{kind}"
