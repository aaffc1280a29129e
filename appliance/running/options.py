"""What can be chosen about ``gatehouse run``."""

import argparse
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    data: Path
    empty: bool
    wait: bool
    seconds: float
    seed: int
    console_port: int
    proxy_port: int
    appliance_port: int
    agents_port: int

    @property
    def wanted_ports(self) -> dict[str, int]:
        return {
            "console": self.console_port,
            "proxy": self.proxy_port,
            "appliance": self.appliance_port,
            "agents": self.agents_port,
        }


def options(argv: list[str]) -> Options:
    """SystemExit with status 2 and a line on standard error where they make no sense."""
    parser = argparse.ArgumentParser(
        prog="gatehouse run", description="Start everything on this machine and play a sample school day."
    )
    parser.add_argument("--empty", action="store_true", help="play no day; what was played before is still there")
    parser.add_argument("--data", type=Path, default=PROJECT / "var", metavar="FOLDER", help="default: %(default)s")
    parser.add_argument("--no-wait", action="store_true", help="stop once the day is played and drawn")
    parser.add_argument("--seconds", type=_seconds, default=25.0, help="the day takes at least so long (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="who goes first in each lesson (%(default)s)")
    for name, port in (("console", 8000), ("proxy", 8080), ("appliance", 8443), ("agents", 8446)):
        parser.add_argument(f"--{name}-port", type=_port, default=port, metavar="PORT", help="default: %(default)s")
    chosen = vars(parser.parse_args(argv))
    return Options(**{"wait": not chosen.pop("no_wait"), **chosen, "data": chosen["data"].absolute()})


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: it must be 1 to 65535")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:
        raise argparse.ArgumentTypeError(f"{text!r} must be 0 to 3600 seconds")
    return seconds
