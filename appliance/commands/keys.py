"""``gatehouse keys``: the pairs that detections and backups are sealed to, and libraries are signed with."""

import argparse
from pathlib import Path

from appliance.commands.mistake import reported
from detection import library_keys, sealing


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse keys", description="Make key pairs.")
    commands = parser.add_subparsers(required=True, metavar="new, library or backup")
    for name, what, pairs in (
        ("new", "both pairs of the appliance", (_make_sealing, _make_library)),
        ("library", "only the pair that libraries are signed with", (_make_library,)),
        ("backup", "a person's pair, that backups are sealed to", (_make_backup,)),
    ):
        command = commands.add_parser(name, help=f"make {what}")
        command.add_argument("folder", type=Path, metavar="FOLDER")
        command.set_defaults(pairs=pairs)
    arguments = parser.parse_args(argv)
    with reported(parser.prog):
        arguments.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for make in arguments.pairs:
            make(arguments.folder)
    return 0


def _make_sealing(folder: Path) -> None:
    private, public = folder / "appliance.key", folder / "appliance.pub"
    sealing.new_key(private, public)
    print(f"{private}: for the appliance alone; lost with it is whatever sensors have not delivered yet.")
    print(f"{public}: for every sensor.")


def _make_library(folder: Path) -> None:
    private, public = folder / "library.key", folder / "library.pub"
    library_keys.new_key(private, public)
    print(f"{private}: for the appliance alone; whoever has it decides what sensors look for.")
    print(f"{public}: for every sensor.")


def _make_backup(folder: Path) -> None:
    private, public = folder / "backup.key", folder / "backup.pub"
    sealing.new_key(private, public)
    print(f"{private}: for the lead or the head, kept away from the box; without it no backup can be read.")
    print(f"{public}: for gatehouse backup --for.")
