"""Warn of devices that have fallen silent while others of their school are heard of, until they are heard of again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import health_notice
from appliance.agents import fleet
from appliance.agents.fleet import Standing
from appliance.devices import AGENT
from appliance.models import Device, Organisation
from appliance.store import reading

SILENT, STOPPED = "agents:silent", "agents:stopped"
NAMED = 10
"""So many are named in a notice; the page has them all."""


@dataclass(frozen=True, slots=True)
class AgentsWatched:
    sessions: sessionmaker[Session]

    def check(self, now: datetime) -> None:
        with reading(self.sessions) as session:
            schools = session.scalars(select(Device.organisation_id).where(Device.kind == AGENT).distinct()).all()
            found = {id: self._found(session, id, now) for id in schools}
        for id, (silent, stopped) in found.items():
            with self.sessions.begin() as session:
                _tell(session, id, SILENT, "Devices have fallen silent", _said(silent, _WHY_SILENT), now)
                _tell(session, id, STOPPED, "The agent was stopped on devices", _said(stopped, _WHY_STOPPED), now)

    def _found(self, session: Session, school_id: int, now: datetime) -> tuple[list[str], list[str]]:
        standings = fleet.of_school(session, session.get_one(Organisation, school_id), now).standings
        return [_name(each) for each in standings if each.silent], [_name(each) for each in standings if _stopped(each)]


_WHY_SILENT = "said nothing for three days of school or more, while others did. What happens on them is not seen."
_WHY_STOPPED = "an administrator stopped or removed it. What happens on them is not seen."


def _stopped(standing: Standing) -> bool:
    return standing.status is not None and standing.status.state in ("stopped", "removed")


def _name(standing: Standing) -> str:
    return standing.device.name


def _said(names: list[str], why: str) -> str:
    if not names:
        return ""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}: {why}"


def _tell(session: Session, id: int, key: str, subject: str, body: str, now: datetime) -> None:
    if body:
        health_notice.warn(session, id, key, subject, body, now)
    else:
        health_notice.all_clear(session, id, key)
