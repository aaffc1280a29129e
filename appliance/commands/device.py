"""``gatehouse device``: give a sensor its token, or take it away."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from appliance import devices, organisations, store
from appliance.commands.mistake import reported
from appliance.config import ApplianceSettings
from detection import settings


def main(argv: list[str]) -> int:
    arguments = _parser().parse_args(argv)
    with reported("gatehouse device"):
        loaded = settings.load(arguments.config, ApplianceSettings)
        store.migrate(loaded.database)
        with store.sessions(loaded.database).begin() as session:
            print(arguments.act(session, arguments, datetime.now(UTC)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse device", description="Look after sensors and their tokens.")
    commands = parser.add_subparsers(required=True, metavar="add or revoke")
    add = commands.add_parser("add", help="let a sensor post")
    add.set_defaults(act=_add)
    add.add_argument("--kind", choices=devices.KINDS, default="gateway")
    add.add_argument("--token-file", type=Path, required=True, metavar="FILE", help="where the token is written")
    revoke = commands.add_parser("revoke", help="take its token away")
    revoke.set_defaults(act=_revoke)
    for command in (add, revoke):
        command.add_argument("name", metavar="NAME")
        command.add_argument("--school", required=True, metavar="SLUG")
        command.add_argument("--config", type=Path, required=True, metavar="FILE", help="the appliance's settings")
    return parser


def _add(session: Session, arguments: argparse.Namespace, now: datetime) -> str:
    school = organisations.get(session, arguments.school)
    device, token = devices.add(session, school, arguments.name, arguments.kind, now)
    _write(arguments.token_file, token)
    return f"{device.name} may post for {school.name}; its token is in {arguments.token_file}."


def _revoke(session: Session, arguments: argparse.Namespace, now: datetime) -> str:
    school = organisations.get(session, arguments.school)
    return f"{devices.revoke(session, school, arguments.name, now).name} can no longer post for {school.name}."


def _write(file: Path, token: str) -> None:
    """For its owner only, and never over another."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(f"{token}\n")
