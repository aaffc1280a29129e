"""``gatehouse agent``: let devices enrol, see how they are, say whose they are, and take them out of use."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from appliance import devices, organisations
from appliance.agents import assignment, codes, fleet
from appliance.agents.authority import authority
from appliance.agents.enrolment import LONGEST_NAME
from appliance.agents.settings import AgentsSettings
from appliance.commands import agent_policy
from appliance.commands.mistake import reported
from appliance.commands.on_the_box import actor
from appliance.commands.records import records
from appliance.models import Organisation, Person

DAY = timedelta(days=1)
CONFIG = Path("/etc/gatehouse/agents.toml")
Act = Callable[[Session, Organisation, argparse.Namespace, AgentsSettings, datetime], str]


def main(argv: list[str]) -> int:
    given = _parser().parse_args(argv)
    with reported("gatehouse agent"), records(given.config, AgentsSettings) as (loaded, session):
        act: Act = given.act
        print(act(session, organisations.get(session, given.school), given, loaded, datetime.now(UTC)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse agent", description="Look after devices with the agent.")
    commands = parser.add_subparsers(required=True, metavar="code, list, revoke, assign or policy")
    code = commands.add_parser("code", help="make a code that a device enrols with; it is said once")
    code.add_argument("device", nargs="?", default="", metavar="NAME", help="of the one device it is for")
    code.add_argument("--uses", type=int, default=0, metavar="N", help="for so many devices, which name themselves")
    code.add_argument("--days", type=float, default=0, metavar="N", help="how long it lasts; 2 days, for many 14")
    code.add_argument("--person", default="", metavar="REF", help="assign the device: it speaks for nobody else")
    code.add_argument(
        "--all", action="store_true", help="one for each device there is, to enrol again: after its authority was lost"
    )
    code.set_defaults(act=_code)
    listed = commands.add_parser("list", help="say which devices there are, how they are and what is wrong")
    listed.set_defaults(act=_list)
    revoke = commands.add_parser("revoke", help="take a device out of use, at once")
    revoke.add_argument("device", metavar="NAME")
    revoke.add_argument("--why", default="", metavar="REASON")
    revoke.set_defaults(act=_revoke)
    assign = commands.add_parser("assign", help="say whose a device is: then it speaks for nobody else")
    assign.add_argument("device", metavar="NAME")
    assign.add_argument("--person", default="", metavar="REF", help="by reference; without it nobody's any more")
    assign.set_defaults(act=_assign)
    for command in (code, listed, revoke, assign, *agent_policy.parsers(commands)):
        command.add_argument("--school", required=True, metavar="SLUG")
        command.add_argument("--by", default="", metavar="LOGIN", help="who does it; else who is at the box")
        command.add_argument("--config", type=Path, default=CONFIG, metavar="FILE", help=f"the agents'; {CONFIG}")
    return parser


def _code(
    session: Session, school: Organisation, given: argparse.Namespace, loaded: AgentsSettings, now: datetime
) -> str:
    if given.all:
        return _codes_for_all(session, school, given, loaded, now)
    if bool(given.device) == bool(given.uses):
        raise ValueError("say the name of the one device the code is for, or --uses N for many")
    if given.device != given.device.strip() or len(given.device) > LONGEST_NAME:
        raise ValueError("the name of a device has at most 64 letters and no space around it")
    if given.device and devices.in_use(session, school.id, given.device) is not None:
        raise ValueError(f"{school.slug} has a device called {given.device} already; revoke it first")
    lasts = timedelta(days=given.days or (14 if given.uses else 2))
    person = assignment.pupil_of(session, school, given.person) if given.person else None
    code = codes.make(
        session,
        school,
        device=given.device,
        uses=given.uses or 1,
        lasts=lasts,
        by=actor(session, given.by).removeprefix("reviewer:"),
        now=now,
        person=person,
    )
    whole = codes.with_pin(code, authority(loaded.authority, now).fingerprint)
    meant = f"the device {given.device}" if given.device else f"{given.uses} devices"
    return f"{whole}\nFor {meant}, at {loaded.address}, until {now + lasts:%Y-%m-%d %H:%M} UTC. It is not kept here."


def _codes_for_all(
    session: Session, school: Organisation, given: argparse.Namespace, loaded: AgentsSettings, now: datetime
) -> str:
    """Each stays the device it is, and whose it is."""
    if given.device or given.uses or given.person:
        raise ValueError("--all is for the devices there are, as they are: leave out NAME, --uses and --person")
    lasts, by = timedelta(days=given.days or 14), actor(session, given.by).removeprefix("reviewer:")
    pin, lines = authority(loaded.authority, now).fingerprint, []
    for each in fleet.of_school(session, school, now).standings:
        code = codes.make(session, school, device=each.device.name, uses=1, lasts=lasts, by=by, now=now)
        lines.append(f"{each.device.name}\t{codes.with_pin(code, pin)}")
    if not lines:
        raise ValueError(f"{school.slug} has no device with the agent")
    until = f"until {now + lasts:%Y-%m-%d %H:%M} UTC"
    print(f"One for each device, at {loaded.address}, {until}. They are not kept here.", file=sys.stderr)
    return "\n".join(lines)


def _list(
    session: Session, school: Organisation, given: argparse.Namespace, loaded: AgentsSettings, now: datetime
) -> str:
    found = fleet.of_school(session, school, now)
    lines = [
        f"{school.name}: {found.expected} devices with the agent, {found.heard_since(now - DAY)} heard of "
        f"within a day, {len(found.silent)} silent."
    ]
    for each in found.standings:
        last = f"{each.status.at:%Y-%m-%d %H:%M} UTC" if each.status else "never"
        whose = _whose(session, each.device.person_id)
        lines.append(f"{each.device.name}: {each.state}; heard of {last}; agent {each.device.agent_version}{whose}")
        lines += [f"    {said}" for said in each.troubles]
    return "\n".join(lines)


def _whose(session: Session, person_id: int | None) -> str:
    return f"; assigned to {session.get_one(Person, person_id).ref}" if person_id is not None else ""


def _revoke(
    session: Session, school: Organisation, given: argparse.Namespace, loaded: AgentsSettings, now: datetime
) -> str:
    device = assignment.device_of(session, school, given.device)
    assignment.revoke(session, device, actor(session, given.by), given.why, now)
    return f"{device.name} can no longer speak for {school.name}; to be used again it is enrolled anew."


def _assign(
    session: Session, school: Organisation, given: argparse.Namespace, loaded: AgentsSettings, now: datetime
) -> str:
    device = assignment.device_of(session, school, given.device)
    person = assignment.pupil_of(session, school, given.person) if given.person else None
    assignment.assign(session, device, person, actor(session, given.by), now)
    return f"{device.name} speaks for {f'{person.ref} alone' if person else 'whoever is signed in on it'}."
