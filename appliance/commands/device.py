"""``gatehouse device``: give a sensor its token or a second gateway its code, or take either away."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from appliance import devices, organisations
from appliance.agents import codes
from appliance.agents.authority import authority
from appliance.agents.settings import AgentsSettings
from appliance.commands.mistake import reported
from appliance.commands.on_the_box import actor
from appliance.commands.records import records
from appliance.config import ApplianceSettings
from appliance.gateways import second_gateways
from detection.private_file import write_privately

AGENTS = Path("/etc/gatehouse/agents.toml")
Act = Callable[[Session, argparse.Namespace, datetime], str]


def main(argv: list[str]) -> int:
    arguments = _parser().parse_args(argv)
    act: Act = arguments.act
    of = arguments.config, arguments.kind_of_settings
    with reported("gatehouse device"), records(*of) as (arguments.settings, session):
        print(act(session, arguments, datetime.now(UTC)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gatehouse device", description="Look after sensors, their tokens and the codes of second gateways."
    )
    commands = parser.add_subparsers(required=True, metavar="add, code or revoke")
    add = commands.add_parser("add", help="let a sensor post")
    add.set_defaults(act=_add)
    add.add_argument("--kind", choices=devices.KINDS, default="gateway")
    add.add_argument("--token-file", type=Path, required=True, metavar="FILE", help="where the token is written")
    code = commands.add_parser("code", help="make a code that a second gateway enrols with; it is said once")
    code.set_defaults(act=_code, kind_of_settings=AgentsSettings)
    code.add_argument("--minutes", type=int, default=60, metavar="N", help="how long it lasts; an hour")
    code.add_argument("--config", type=Path, default=AGENTS, metavar="FILE", help=f"the agents' settings; {AGENTS}")
    revoke = commands.add_parser("revoke", help="take its token, or its certificates, away")
    revoke.set_defaults(act=_revoke)
    for command in (code, revoke):
        command.add_argument("--by", default="", metavar="LOGIN", help="who does it; else who is at the box")
    for command in (add, revoke):
        command.set_defaults(kind_of_settings=ApplianceSettings)
        command.add_argument("--config", type=Path, required=True, metavar="FILE", help="the appliance's settings")
    for command in (add, code, revoke):
        command.add_argument("name", metavar="NAME")
        command.add_argument("--school", required=True, metavar="SLUG")
    return parser


def _add(session: Session, arguments: argparse.Namespace, now: datetime) -> str:
    school = organisations.get(session, arguments.school)
    device, token = devices.add(session, school, arguments.name, arguments.kind, now)
    write_privately(arguments.token_file, f"{token}\n".encode())
    return f"{device.name} may post for {school.name}; its token is in {arguments.token_file}."


def _code(session: Session, arguments: argparse.Namespace, now: datetime) -> str:
    school, lasts = organisations.get(session, arguments.school), timedelta(minutes=arguments.minutes)
    agents: AgentsSettings = arguments.settings
    code = second_gateways.new_code(session, school, arguments.name, lasts, actor(session, arguments.by), now)
    whole = codes.with_pin(code, authority(agents.authority, now).fingerprint)
    until = f"until {now + lasts:%Y-%m-%d %H:%M} UTC"
    return (
        f"{whole}\nFor the gateway {arguments.name}, once, {until}. It is not kept here. On the other box gatehouse "
        f'provision asks for it, if its box.toml has [appliance] address = "https://NAME:{agents.port}", by one of the '
        f"names {', '.join(agents.names)}."
    )


def _revoke(session: Session, arguments: argparse.Namespace, now: datetime) -> str:
    school = organisations.get(session, arguments.school)
    known = devices.in_use(session, school.id, arguments.name)
    if known is not None and devices.is_second_gateway(known):
        second_gateways.revoke(session, known, actor(session, arguments.by), now)
        return f"{known.name} can no longer report for {school.name}; to be used again it is enrolled anew."
    return f"{devices.revoke(session, school, arguments.name, now).name} can no longer post for {school.name}."
