"""``gatehouse config check``: say whether a settings file would do, without starting anything."""

import argparse
from importlib import import_module
from pathlib import Path
from typing import Any

from appliance.commands.mistake import reported
from detection import settings

PROGRAMS = {
    "gateway": "proxy_addons.gateway_settings:GatewaySettings",
    "appliance": "appliance.config:ApplianceSettings",
    "agents": "appliance.agents.settings:AgentsSettings",
    "worker": "appliance.config:WorkerSettings",
    "console": "console.settings:ConsoleSettings",
    "enrolment": "console.enrolment.settings:EnrolmentSettings",
    "box": "appliance.provisioning.box:Box",
    "agent": "agent.service.settings:AgentSettings",
    "follow": "appliance.second.settings:FollowSettings",
    "update": "appliance.updates.settings:UpdateSettings",
}
"""By name, as the command line knows programs: this package imports neither the sensors nor the console."""


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse config", description="Check a settings file.")
    commands = parser.add_subparsers(required=True, metavar="check")
    check = commands.add_parser("check", help="say whether it would do")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--program", required=True, choices=list(PROGRAMS))
    arguments = parser.parse_args(argv)
    with reported(parser.prog):
        settings.load(arguments.file, _kind(arguments.program))
    print(f"{arguments.file}: good")
    return 0


def _kind(program: str) -> type[Any]:
    module, _, name = PROGRAMS[program].partition(":")
    kind: type[Any] = getattr(import_module(module), name)
    return kind
