"""``gatehouse school``: add a school or a trust."""

import argparse
from pathlib import Path

from appliance import organisations
from appliance.commands.mistake import reported
from appliance.commands.records import records
from appliance.config import ApplianceSettings
from appliance.models import OrganisationKind


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse school", description="Add a school or a trust.")
    commands = parser.add_subparsers(required=True, metavar="add")
    add = commands.add_parser("add", help="add one")
    add.add_argument("name", metavar="NAME", help="as people write it, such as “Oak School”")
    add.add_argument("--slug", default="", help="short name for settings; made from NAME if not given")
    add.add_argument("--trust", metavar="SLUG", help="the trust it belongs to")
    add.add_argument("--kind", choices=list(OrganisationKind), default=OrganisationKind.SCHOOL)
    add.add_argument("--config", type=Path, required=True, metavar="FILE", help="the appliance's settings")
    arguments = parser.parse_args(argv)
    with reported(parser.prog):
        return _add(arguments)


def _add(arguments: argparse.Namespace) -> int:
    with records(arguments.config, ApplianceSettings) as (_, session):
        trust = organisations.get(session, arguments.trust) if arguments.trust else None
        kind = OrganisationKind(arguments.kind)
        made = organisations.add(session, arguments.name, arguments.slug, kind=kind, trust=trust)
        print(f"{made.name} is there as {made.slug}.")
    return 0
