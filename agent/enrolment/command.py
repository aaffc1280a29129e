"""``gatehouse-agent enrol``: make this device known to its school's appliance."""

import argparse
import platform
import sys
from pathlib import Path

from agent.enrolment.enrol import Asked, EnrolmentError, enrol
from agent.version import VERSION, system

STATE = Path("/var/lib/gatehouse-agent")


def main(argv: list[str]) -> int:
    parser = _parser()
    arguments = parser.parse_args(argv)
    try:
        device = enrol(_asked(arguments), arguments.state)
    except (EnrolmentError, OSError) as e:
        print(f"{parser.prog}: {e}", file=sys.stderr)
        return 1
    print(f"This device is enrolled as {device.device} of {device.organisation}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gatehouse-agent enrol", description="Make this device known to its school's appliance."
    )
    parser.add_argument("--appliance", required=True, metavar="URL", help="https://HOST:8446")
    code = parser.add_mutually_exclusive_group(required=True)
    code.add_argument("--code", help="the one-time code, with what stands behind its point")
    code.add_argument("--code-file", type=Path, metavar="FILE", help="a file with the code, such as an MDM places")
    trust = parser.add_mutually_exclusive_group()
    trust.add_argument("--authority", type=Path, metavar="FILE", help="who signs the appliance's certificate, as PEM")
    trust.add_argument("--fingerprint", default="", metavar="SHA256", help="of the appliance's agent authority")
    parser.add_argument("--name", default=platform.node(), help="what the device would like to be called")
    parser.add_argument("--again", action="store_true", help="also where the device is enrolled, with its own key")
    parser.add_argument("--state", type=Path, default=STATE, metavar="FOLDER", help=f"{STATE}, if not given")
    return parser


def _asked(arguments: argparse.Namespace) -> Asked:
    return Asked(
        appliance_url=arguments.appliance.rstrip("/"),
        code=_code(arguments),
        authority=arguments.authority,
        fingerprint=arguments.fingerprint,
        name=arguments.name,
        system=system(),
        agent_version=VERSION,
        again=arguments.again,
    )


def _code(arguments: argparse.Namespace) -> str:
    if arguments.code_file is None:
        return str(arguments.code)
    try:
        return str(arguments.code_file.read_text("utf-8").strip())
    except (OSError, UnicodeDecodeError) as e:
        raise EnrolmentError(f"{arguments.code_file}: the code cannot be read: {e}") from e
