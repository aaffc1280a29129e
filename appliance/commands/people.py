"""``gatehouse people import``: take over a school's list of people."""

import argparse
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from appliance import organisations, people, people_file
from appliance.commands.mistake import Mistake, reported
from appliance.commands.records import records
from appliance.config import ApplianceSettings
from appliance.models import Organisation
from appliance.people import Tally
from appliance.people_file import BadRow, Row

COLUMNS = "name, school, role (pupil or staff), year (R, 1 to 13), device or address, and perhaps ref and account"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse people", description="Import pupils and staff.")
    commands = parser.add_subparsers(required=True, metavar="import")
    imports = commands.add_parser("import", help="take over a list", description=f"CSV with a header: {COLUMNS}.")
    imports.add_argument("file", type=Path, metavar="FILE.csv")
    imports.add_argument("--school", default="", metavar="SLUG", help="for rows that name no school")
    imports.add_argument("--create-schools", action="store_true", help="add schools that are not there yet")
    imports.add_argument("--config", type=Path, required=True, metavar="FILE", help="the appliance's settings")
    arguments = parser.parse_args(argv)
    with reported(parser.prog):
        return _import(arguments)


def _import(arguments: argparse.Namespace) -> int:
    """0 if every row went in, 1 if some did not."""
    rows, bad = people_file.read(arguments.file, arguments.school)
    tally = Tally()
    with records(arguments.config, ApplianceSettings) as (_, session):
        for school, theirs in _by_school(session, rows, arguments.create_schools).items():
            people.import_rows(session, school, tuple(theirs), datetime.now(UTC), tally)
    _say(tally, bad, arguments.file)
    return 1 if bad else 0


def _by_school(session: Session, rows: tuple[Row, ...], create: bool) -> dict[Organisation, list[Row]]:
    names = tuple(dict.fromkeys(row.school for row in rows))
    missing = [name for name in names if organisations.find(session, name) is None]
    if missing and not create:
        raise Mistake(f"there is no school {', '.join(missing)}; add it, or use --create-schools")
    schools = {name: organisations.find(session, name) or organisations.add(session, name) for name in names}
    grouped = defaultdict[Organisation, list[Row]](list)
    for row in rows:
        grouped[schools[row.school]].append(row)
    return grouped


def _say(tally: Tally, bad: tuple[BadRow, ...], file: Path) -> None:
    for row in bad:
        print(f"{file}, line {row.line}: {row.reason}; left out", file=sys.stderr)
    print(
        f"{tally.added} people added, {tally.changed} changed, {tally.unchanged} as they were; "
        f"{tally.bindings} addresses or devices given; {len(bad)} rows left out."
    )
