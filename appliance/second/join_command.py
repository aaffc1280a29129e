"""``gatehouse join``: used by provisioning to make a box the second gateway of another's appliance."""

import argparse
import sys
from pathlib import Path

from appliance.commands.mistake import reported
from appliance.second.join import join


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gatehouse join", description="Become a second gateway of another box's appliance; asked for the code."
    )
    parser.add_argument("--appliance", required=True, metavar="URL", help="of the first box, https://…:8446")
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="where keys and certificate go")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the key it has, where it joins again")
    given = parser.parse_args(argv)
    with reported(parser.prog):
        key = given.key.read_bytes() if given.key else None
        print(f"This box is {join(given.appliance.rstrip('/'), sys.stdin.readline().strip(), given.into, key)}.")
    return 0
