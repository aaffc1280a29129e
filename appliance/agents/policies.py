"""What the agents of a school watch: the latest that was set, laid over what holds where nothing was said."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chronology
from appliance.agents import policy_file
from appliance.entry_kinds import EntryKind
from appliance.models import AgentPolicy, Organisation, Reviewer
from appliance.permissions import Action, may


def in_force(session: Session, school: Organisation) -> dict[str, Any]:
    """As ``GET /agent/policy`` gives it."""
    row = latest(session, school)
    return row.policy if row else policy_file.complete({}, school.name, school.time_zone)


def latest(session: Session, school: Organisation) -> AgentPolicy | None:
    """None where nobody has set one."""
    wanted = select(AgentPolicy).where(AgentPolicy.organisation_id == school.id)
    return session.scalar(wanted.order_by(AgentPolicy.id.desc()).limit(1))


def change(
    session: Session, school: Organisation, written: dict[str, Any], by: Reviewer, why: str, now: datetime
) -> AgentPolicy | None:
    """Devices follow within a minute of being heard of; None where it is in force already. ValueError on what will
    not do."""
    if not may(by, Action.AGREE_NETWORK, school):
        raise ValueError(f"{by.login} may not say what is watched at {school.slug}; its DSL and network manager may")
    if not why.strip():
        raise ValueError("say why it is changed, in a sentence: it stays on record")
    policy = policy_file.complete(written, school.name, school.time_zone)
    chronology.lock(session, school.id)
    if policy["version"] == in_force(session, school)["version"]:
        return None
    row = AgentPolicy(
        organisation_id=school.id,
        version=policy["version"],
        policy=policy,
        set_at=now,
        set_by=by.login,
        why=why.strip(),
    )
    session.add(row)
    chronology.add(
        session,
        school.id,
        at=now,
        actor=f"reviewer:{by.login}",
        kind=EntryKind.AGENT_POLICY,
        text=f"Agents go by policy {row.version} from now on. {row.why}",
    )
    return row


def every(session: Session, school: Organisation) -> list[AgentPolicy]:
    """All that were set, the first first."""
    wanted = select(AgentPolicy).where(AgentPolicy.organisation_id == school.id)
    return list(session.scalars(wanted.order_by(AgentPolicy.id)))
