"""``gatehouse keys new``: the key pair that detections are sealed with."""

import argparse
from pathlib import Path

from appliance.commands.mistake import reported
from detection.sealing import new_key


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse keys", description="Make the key pair detections are sealed with.")
    commands = parser.add_subparsers(required=True, metavar="new")
    new = commands.add_parser("new", help="make one")
    new.add_argument("folder", type=Path, metavar="FOLDER")
    arguments = parser.parse_args(argv)
    private, public = arguments.folder / "appliance.key", arguments.folder / "appliance.pub"
    with reported(parser.prog):
        arguments.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new_key(private, public)
    print(f"{private}: for the appliance alone; lost with it is whatever sensors have not delivered yet.")
    print(f"{public}: for every sensor.")
    return 0
