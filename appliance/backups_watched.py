"""Warn when the last backup is too old, or the last attempt failed: one that nobody misses is one nobody has."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import health_notice
from appliance.entry_kinds import EntryKind
from appliance.models import Entry, Organisation
from appliance.store import reading

OLD, FAILED = "backup:old", "backup:failed"


@dataclass(frozen=True, slots=True)
class BackupsWatched:
    sessions: sessionmaker[Session]
    days: int
    """0: nobody is warned."""

    def check(self, now: datetime) -> None:
        if not self.days:
            return
        with reading(self.sessions) as session:
            schools = session.scalars(select(Organisation.id).order_by(Organisation.id)).all()
            found = {id: (_last(session, id), self._since(session, id, now)) for id in schools}
        with self.sessions.begin() as session:
            for id, (last, too_old_since) in found.items():
                _tell(session, id, last, too_old_since, now)

    def _since(self, session: Session, organisation_id: int, now: datetime) -> datetime | None:
        """When the last good backup was made, or the chain began, where that is too long ago."""
        good = _newest(session, organisation_id, (EntryKind.BACKED_UP,))
        first = select(Entry).where(Entry.organisation_id == organisation_id).order_by(Entry.sequence).limit(1)
        counted = good or session.scalar(first)
        return counted.at if counted and now - counted.at > timedelta(days=self.days) else None


def _tell(session: Session, id: int, last: Entry | None, since: datetime | None, now: datetime) -> None:
    if since:
        body = f"There has been none since {since:%Y-%m-%d}. If this machine is lost, so is what was found since."
        health_notice.warn(session, id, OLD, "There is no fresh backup", body, now)
    else:
        health_notice.all_clear(session, id, OLD)
    if last and last.kind == EntryKind.NOT_BACKED_UP:
        body = f"The attempt of {last.at:%Y-%m-%d %H:%M} UTC failed; gatehouse backup says why."
        health_notice.warn(session, id, FAILED, "The last backup failed", body, now)
    else:
        health_notice.all_clear(session, id, FAILED)


def _last(session: Session, organisation_id: int) -> Entry | None:
    return _newest(session, organisation_id, (EntryKind.BACKED_UP, EntryKind.NOT_BACKED_UP))


def _newest(session: Session, organisation_id: int, kinds: tuple[EntryKind, ...]) -> Entry | None:
    mine = select(Entry).where(Entry.organisation_id == organisation_id, Entry.kind.in_([str(each) for each in kinds]))
    return session.scalar(mine.order_by(Entry.sequence.desc()).limit(1))
