"""Stop reading a network for a while: with an entry, the lead is told, and it ends by itself."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chronology, health_notice
from appliance.entry_kinds import EntryKind
from appliance.models import NetworkPause, Organisation, Reviewer, ReviewerRole
from appliance.permissions import Action, may
from appliance.provisioning.box_network import Network

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=8)
TOLD = (ReviewerRole.DSL, ReviewerRole.DEPUTY)


def pause(
    session: Session,
    school: Organisation,
    network: Network,
    lasts: timedelta,
    why: str,
    by: Reviewer | str,
    now: datetime,
) -> NetworkPause:
    """``by``: a reviewer, or who was at the box. ValueError where it may not be, or is paused already."""
    if isinstance(by, Reviewer) and not may(by, Action.AGREE_NETWORK, school):
        raise ValueError(f"{by.login} may not pause a network of {school.slug}; its DSL or network manager may")
    if not SHORTEST <= lasts <= LONGEST:
        raise ValueError(f"a pause lasts between one minute and {LONGEST // timedelta(hours=1)} hours")
    if not why.strip():
        raise ValueError("a pause needs a reason")
    chronology.lock(session, school.id)
    if standing := lasting(session, school.id, network.name):
        raise ValueError(
            f"{network.name} is paused already, until {standing.until:%H:%M} UTC; gatehouse resume ends it"
        )
    login, actor = _named(by)
    row = NetworkPause(
        organisation_id=school.id,
        network=network.name,
        since=now,
        until=now + lasts,
        by=login,
        why=why.strip().rstrip("."),
    )
    session.add(row)
    session.flush()
    minutes = round(lasts / timedelta(minutes=1))
    said = f"Network {network.name} is not read for {minutes} minutes, by {login}. Reason: {row.why}."
    kind = EntryKind.NETWORK_PAUSED
    chronology.add(session, school.id, at=now, actor=actor, kind=kind, text=said)
    _tell(session, row, f"Network {network.name} is paused", said, now)
    return row


def resume(session: Session, row: NetworkPause, by: Reviewer | str, now: datetime) -> str:
    """End a pause before its time. What was recorded, in a sentence."""
    login, actor = _named(by)
    return _end(session, row, login, actor, f"ended early by {login}", now)


def is_over(session: Session, row: NetworkPause, now: datetime) -> str:
    """Its time has passed."""
    return _end(session, row, "worker", "worker", "over", now)


def _named(by: Reviewer | str) -> tuple[str, str]:
    """As rows and as entries have it."""
    return (by.login, f"reviewer:{by.login}") if isinstance(by, Reviewer) else (by, "system")


def _end(session: Session, row: NetworkPause, by: str, actor: str, how: str, now: datetime) -> str:
    row.ended_at, row.ended_by = now, by
    said = f"The pause of network {row.network} since {row.since:%Y-%m-%d %H:%M} UTC is {how}; it is read again."
    kind = EntryKind.NETWORK_RESUMED
    chronology.add(session, row.organisation_id, at=now, actor=actor, kind=kind, text=said)
    health_notice.all_clear(session, row.organisation_id, _key(row))
    return said


def lasting(session: Session, organisation_id: int, network: str) -> NetworkPause | None:
    mine = select(NetworkPause).where(NetworkPause.organisation_id == organisation_id, NetworkPause.network == network)
    return session.scalar(mine.where(NetworkPause.ended_at.is_(None)))


def all_lasting(session: Session) -> list[NetworkPause]:
    return list(session.scalars(select(NetworkPause).where(NetworkPause.ended_at.is_(None)).order_by(NetworkPause.id)))


def _tell(session: Session, row: NetworkPause, subject: str, said: str, now: datetime) -> None:
    """A banner while it lasts, and a mail to each who answers for the children."""
    health_notice.warn(session, row.organisation_id, _key(row), subject, f"{said} It ends by itself.", now)
    body = f"{said} Until {row.until:%Y-%m-%d %H:%M} UTC nothing on it is monitored."
    health_notice.mail(session, row.organisation_id, _key(row), TOLD, subject, body, now)


def _key(row: NetworkPause) -> str:
    return f"pause:{row.id}"
