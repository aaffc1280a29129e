"""``gatehouse agent policy show | set``: what a school's agents watch, and who changed it why."""

import argparse
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from appliance import reviewers
from appliance.agents import policies, policy_file
from appliance.agents.settings import AgentsSettings
from appliance.models import Organisation
from detection.agent_policy.fields import PolicyError


def parsers(commands: Any) -> Iterator[argparse.ArgumentParser]:
    """Those below ``policy``, for what all commands about agents share."""
    policy = commands.add_parser("policy", help="show or set what the agents of a school watch")
    below = policy.add_subparsers(required=True, metavar="show or set")
    show = below.add_parser("show", help="as agents get it, as JSON; what it was before with --all")
    show.add_argument("--all", action="store_true", help="who set it when and why, since the first")
    show.set_defaults(act=_show)
    change = below.add_parser("set", help="take a file, TOML or JSON; what it does not say is as shipped")
    change.add_argument("file", type=Path, metavar="FILE")
    change.add_argument("--why", default="", metavar="REASON", help="a sentence that stays on record")
    change.set_defaults(act=_set)
    yield from (show, change)


def _show(
    session: Session, school: Organisation, given: argparse.Namespace, loaded: AgentsSettings, now: datetime
) -> str:
    if not given.all:
        return json.dumps(policies.in_force(session, school), indent=2, ensure_ascii=False)
    rows = policies.every(session, school)
    lines = [f"{row.version}: set by {row.set_by} on {row.set_at:%Y-%m-%d %H:%M} UTC. {row.why}" for row in rows]
    return "\n".join(lines) or "Nobody has set a policy: agents go by the one that is shipped."


def _set(
    session: Session, school: Organisation, given: argparse.Namespace, loaded: AgentsSettings, now: datetime
) -> str:
    if not given.by:
        raise ValueError("say --by LOGIN: whoever changes what is watched answers for it by name")
    by = reviewers.get(session, given.by)
    try:
        row = policies.change(session, school, policy_file.load(given.file), by, given.why, now)
    except PolicyError as e:
        said = str(e)
        raise ValueError(said if str(given.file) in said else f"{given.file}: {said}") from e
    if row is None:
        return "That is in force already; nothing was changed."
    return f"Policy {row.version} is in force at {school.name}. Devices take it up at their next heartbeat."
