"""``gatehouse provision``: make a Debian machine the box of its box.toml. Needs nothing but Debian's own Python."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from appliance.provisioning import box_plan, box_undo, checks, network_states, text_file
from appliance.provisioning.box import FILE, Box
from appliance.provisioning.ledger import Key, Ledger, LedgerError
from appliance.provisioning.machine import HERE, Machine, MachineError
from appliance.provisioning.plan import Site, carry_out, take_away
from appliance.provisioning.release import version_of
from detection import settings
from detection.complaint import complain

SAME = "Nothing to change: the machine is as box.toml says."


def main(argv: list[str]) -> int:
    """Exit status: 0; 1 if it stopped half-way and is to be run again; 2 if it did not begin."""
    arguments = _parser().parse_args(argv)
    machine = Machine(arguments.root.resolve())
    try:
        found = checks.of_the_machine(machine, dry=arguments.dry_run)
        box = None if arguments.remove or arguments.program_only else settings.load(arguments.box, Box)
        if box:
            found += checks.of_the_processor(machine) + checks.of_the_cards(machine, box)
            found += checks.of_the_updates(machine, box) + checks.of_the_sign_in(machine, box)
        if box and machine.root == HERE:
            found += checks.of_the_way_in(box, checks.surroundings_of(os.getpid()))
        site = Site(machine, Ledger(machine), print)
        if box:
            found += checks.of_what_it_was(site.ledger, box)
    except (ValueError, LedgerError) as e:
        found, box, site = [str(e)], None, None
    if found or site is None:
        for each in found:
            print(f"gatehouse provision: {each}", file=sys.stderr)
        return 2
    try:
        return _remove(site, arguments) if arguments.remove else _provision(site, box, arguments)
    except (MachineError, OSError, ValueError) as e:
        complain("gatehouse provision", e)
        print("gatehouse provision: stopped half-way; run it again once that is mended", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gatehouse provision", description="Make a Debian 12 or 13 machine the box that box.toml describes."
    )
    parser.add_argument("--box", type=Path, default=FILE, metavar="FILE", help=f"default {FILE}")
    parser.add_argument("--dry-run", action="store_true", help="say what would be changed, and change nothing")
    parser.add_argument(
        "--wheels", type=Path, metavar="FOLDER", help="what scripts/wheels built; else it asks the index"
    )
    parser.add_argument("--root", type=Path, default=HERE, metavar="FOLDER", help="a Debian system in a folder")
    parser.add_argument("--program-only", action="store_true", help="install the program, as for an image, and no more")
    parser.add_argument("--without-account", action="store_true", help="leave the first account to a run by hand")
    parser.add_argument("--code-file", type=Path, metavar="FILE", help="with the code of a second gateway; - is stdin")
    parser.add_argument("--join-again", action="store_true", help="a second gateway that was cut off; with a new code")
    parser.add_argument("--remove", action="store_true", help="take away what it made")
    parser.add_argument("--keep-data", action="store_true", help="with --remove: records, keys and users stay")
    parser.add_argument("--yes", action="store_true", help="with --remove: destroy the records without being asked")
    return parser


def _provision(site: Site, box: Box | None, arguments: argparse.Namespace) -> int:
    wheels = arguments.wheels.resolve() if arguments.wheels else None
    if box is None:
        steps = box_plan.program(wheels, version_of())
    else:
        ours = site.machine.at(FILE) != arguments.box.resolve() or Key(text_file.KIND, str(FILE)) in site.ledger
        wanted = box_plan.Wanted(
            version=version_of(),
            wheels=wheels,
            watched=not arguments.without_account,
            box_file=arguments.box.read_text("utf-8") if ours else "",
            code=lambda: _code(arguments.code_file),
            joins_again=arguments.join_again,
            states=network_states.load(site.machine.at(network_states.FILE), box),
        )
        steps = box_plan.whole(box, wanted)
    changes = carry_out(steps, site, box_undo.UNDO, dry=arguments.dry_run)
    if not changes:
        print(SAME)
    elif arguments.dry_run:
        print(f"{changes} changes would be made.")
    else:
        print(f"{changes} changes made.")
    if box and (note := checks.of_the_links(box)):
        print(note)
    return 0


def _code(file: Path | None) -> str:
    """Never on the command line, where everybody on the machine could read it."""
    if file is None:
        return getpass.getpass("The code of gatehouse device code: ") if sys.stdin.isatty() else ""
    return sys.stdin.readline() if str(file) == "-" else file.read_text("utf-8")


def _remove(site: Site, arguments: argparse.Namespace) -> int:
    ledger = site.ledger
    keys = box_undo.without_data(ledger) if arguments.keep_data else ledger.made()
    records = any(ledger.facts(key).get("data") for key in keys)
    if records and not (arguments.dry_run or arguments.yes) and not _agreed():
        print("gatehouse provision: nothing was removed; --keep-data leaves the records", file=sys.stderr)
        return 2
    taken = take_away(keys, site, box_undo.UNDO, dry=arguments.dry_run)
    print(f"{taken} things {'would be' if arguments.dry_run else 'were'} removed." if taken else "Nothing to remove.")
    return 0


def _agreed() -> bool:
    """The one thing here that cannot be undone."""
    print("This destroys the school's records, its keys and what waits to be delivered. Type destroy to go on:")
    return sys.stdin.isatty() and sys.stdin.readline().strip() == "destroy"
