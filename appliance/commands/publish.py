"""``gatehouse publish``: for whoever makes releases of Gatehouse. No box needs it, and no key of it lies on one."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from appliance.provisioning.release import SOURCE, version_of
from appliance.updates.archive import pack
from appliance.updates.offer import of_version
from appliance.updates.repository import LIVES, Repository
from detection.complaint import complain


def main(argv: list[str], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    arguments = _parser().parse_args(argv)
    try:
        arguments.run(arguments, now())
    except (OSError, ValueError) as e:
        return complain("gatehouse publish", e)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse publish", description="Publish releases of Gatehouse.")
    acts = parser.add_subparsers(required=True, metavar="new, release, refresh or renew")
    for name, run, what in (
        ("new", _new, "make the keys and an empty repository"),
        ("release", _release, "pack this program and make it the newest release"),
        ("refresh", _refresh, "say again that the newest is the newest; every few days"),
        ("renew", _renew, "renew the root for another year, with its key out of the safe"),
    ):
        act = acts.add_parser(name, help=what, description=what)
        act.add_argument("folder", type=Path, metavar="FOLDER", help="what the web server gives out")
        act.add_argument("--keys", type=Path, required=True, metavar="FOLDER")
        act.set_defaults(run=run)
        if name == "renew":
            act.add_argument("--replace", action="append", default=[], choices=list(LIVES), help="this role's key, too")
        if name == "release":
            act.add_argument("--source", type=Path, default=SOURCE, metavar="FOLDER", help="default: this program")
            act.add_argument("--wheels", type=Path, metavar="FOLDER", help="what scripts/wheels built")
            act.add_argument("--notes", default="", help="what is new, for network managers")
    return parser


def _new(arguments: argparse.Namespace, now: datetime) -> None:
    root = Repository(arguments.folder, arguments.keys).new(now)
    print(f"{root}: for every box, as `root` in update.toml names it.")
    print(f"{arguments.keys / 'root.key'}: into a safe; only renew needs it, once a year.")


def _release(arguments: argparse.Namespace, now: datetime) -> None:
    offer = of_version(version_of(arguments.source.resolve()), arguments.notes)
    archive = arguments.folder / f".{offer.archive}"
    try:
        pack(arguments.source, arguments.wheels, archive)
        Repository(arguments.folder, arguments.keys).publish(offer, archive, now)
    finally:
        archive.unlink(missing_ok=True)
    print(f"Release {offer.version} is the newest now.")


def _refresh(arguments: argparse.Namespace, now: datetime) -> None:
    Repository(arguments.folder, arguments.keys).refresh(now)


def _renew(arguments: argparse.Namespace, now: datetime) -> None:
    Repository(arguments.folder, arguments.keys).renew(now, arguments.replace)
    print(f"Valid until {now + LIVES['root']:%Y-%m-%d}. Boxes follow by themselves.")
