"""``gatehouse canary``: make the canary's key, and say what is to be written somewhere now to test the monitoring."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from detection.canary import WORDS, new_key, read_key, token
from detection.complaint import complain


def main(argv: list[str], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    arguments = _parser().parse_args(argv)
    try:
        arguments.run(arguments.file, now())
    except (OSError, ValueError) as e:
        return complain("gatehouse canary", e)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse canary", description="Test that what is written is seen and told.")
    acts = parser.add_subparsers(required=True, metavar="new or show")
    for name, what, run in (
        ("new", "make the key that gateways and testers share", _new),
        ("show", "say the phrase of this hour", _show),
    ):
        act = acts.add_parser(name, help=what)
        act.add_argument(
            "file", type=Path, metavar="FILE", help="the key, as canary_key in a sensor's settings names it"
        )
        act.set_defaults(run=run)
    return parser


def _new(file: Path, now: datetime) -> None:
    new_key(file)
    print(f"{file}: for gateways (canary_key) and whoever tests them; with it anybody can write a valid phrase.")


def _show(file: Path, now: datetime) -> None:
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    print(f"{WORDS} {token(read_key(file), now)}")
    print(f"good until {hour + timedelta(hours=2):%Y-%m-%d %H:%M} UTC", file=sys.stderr)
