"""``gatehouse-agent enrol-placed``: enrols with what somebody placed for one use, such as an MDM, and erases it.

Exit status 1 says that it is worth another try: nobody could be reached. What was refused is not tried again, for wrong
codes from many devices of one school would keep the right ones out.
"""

import argparse
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from agent.enrolment import enrolled
from agent.enrolment.command import STATE
from agent.enrolment.enrol import Asked, EnrolmentError, enrol
from agent.version import VERSION, system
from detection.client import NoAnswerError
from detection.settings import SettingsError, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    appliance: str
    code: str
    authority: Path | None = None
    fingerprint: str = ""
    again: bool = False
    """Also where the device is enrolled."""


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gatehouse-agent enrol-placed", description="Enrol with what was placed for one use, and erase it."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="appliance and code, as TOML")
    parser.add_argument("--state", type=Path, default=STATE, metavar="FOLDER", help=f"{STATE}, if not given")
    arguments = parser.parse_args(argv)
    try:
        said, again = _enrol(arguments.file, arguments.state)
    except OSError as e:
        said, again = f"{e.filename or arguments.file}: {e.strerror}", True
    if not again:
        _erase(arguments.file)
    print(f"{parser.prog}: {said}", file=sys.stderr)
    return 1 if again else 0


def _enrol(file: Path, state: Path) -> tuple[str, bool]:
    """What came of it, and whether to try again."""
    try:
        placed = load(file, Placed)
        if enrolled.is_enrolled(state) and not placed.again:
            return "this device is enrolled already; what was placed is erased", False
        device = enrol(_asked(placed), state)
    except SettingsError as e:
        return f"{e}; what was placed is erased", False
    except EnrolmentError as e:
        again = isinstance(e.__cause__, (NoAnswerError, OSError))
        return (f"{e}; it is tried again" if again else f"{e}; what was placed is erased"), again
    return f"this device is enrolled as {device.device} of {device.organisation}", False


def _asked(placed: Placed) -> Asked:
    return Asked(
        appliance_url=placed.appliance.rstrip("/"),
        code=placed.code,
        authority=placed.authority,
        fingerprint=placed.fingerprint,
        name=platform.node(),
        system=system(),
        agent_version=VERSION,
        again=placed.again,
    )


def _erase(file: Path) -> None:
    """Overwritten first: on some disks that keeps the code from being found afterwards, and it harms on none."""
    try:
        size = file.stat().st_size
        with file.open("r+b") as opened:
            opened.write(b"\0" * size)
        file.unlink()
    except FileNotFoundError:
        pass
