"""``gatehouse backup``: one encrypted file of everything a new machine needs; or check one."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from appliance import store
from appliance.backup import sealed_file, unpacking, writing
from appliance.backup.sealed_file import SealedFileError
from appliance.commands.mistake import Mistake, reported
from appliance.commands.on_the_box import CONFIG
from appliance.config import ApplianceSettings
from detection import settings

KEY_BYTES = 32


def main(argv: list[str]) -> int:
    """Exit status 1: the file that was to be checked is not whole."""
    parser = argparse.ArgumentParser(prog="gatehouse backup", description="Back everything up, for certain keys only.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", type=Path, metavar="FILE|FOLDER", help="in a folder it is named by the time")
    what.add_argument("--check", type=Path, metavar="FILE", help="say whether a backup is whole")
    parser.add_argument("--for", dest="holders", type=Path, action="append", default=[], metavar="FILE.pub")
    parser.add_argument("--keep", type=int, default=0, metavar="N", help="of a folder, remove all but the newest N")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the private key, for --check")
    parser.add_argument("--config", type=Path, default=CONFIG, metavar="FILE", help=f"the appliance's; {CONFIG}")
    given = parser.parse_args(argv)
    with reported(parser.prog):
        return _check(given.check, given.key) if given.check else _back_up(given)


def _back_up(given: argparse.Namespace) -> int:
    holders = [read_key(file) for file in given.holders]
    if not holders:
        raise Mistake("--for is missing: a backup is sealed to the keys of people; gatehouse keys backup makes one")
    if given.keep and not given.to.is_dir():
        raise Mistake("--keep is for a folder that is there")
    loaded = settings.load(given.config, ApplianceSettings)
    store.migrate(loaded.database)
    sessions = store.sessions(loaded.database)
    file, contents = writing.write(sessions, loaded, given.config.parent, given.to, holders, datetime.now(UTC))
    print(f"{file}: the records and {contents.objects} pictures and pieces of evidence, read again and whole.")
    if contents.damaged:
        print(f"gatehouse backup: {len(contents.damaged)} of them are damaged on this machine", file=sys.stderr)
    for old in writing.prune(file.parent, given.keep) if given.keep else ():
        print(f"{old}: removed, {given.keep} newer ones are there.")
    return 0


def _check(file: Path, key: Path | None) -> int:
    try:
        with file.open("rb") as opened:
            if key is None:
                known = ", ".join(each[:8] for each in sealed_file.holders(opened))
                print(f"{file}: sealed to the keys {known}; whether it is whole is seen only with one of them (--key).")
                print(f"{file}: its SHA-256 is {writing.sha256(file)}; the entry of that backup says what it was.")
                return 0
            contents = unpacking.read(opened, read_key(key))
    except SealedFileError as e:
        print(f"{file}: {e}", file=sys.stderr)
        return 1
    damaged = f"; {len(contents.damaged)} were damaged when it was made" if contents.damaged else ""
    made = f"{contents.at:%Y-%m-%d %H:%M} UTC" if contents.at else "an unknown time"
    print(f"{file}: whole; of {made}, with {contents.objects} pictures and pieces of evidence{damaged}.")
    return 0


def read_key(file: Path) -> bytes:
    content = file.read_bytes()
    if len(content) != KEY_BYTES:
        raise Mistake(f"{file}: is not a key that gatehouse keys backup made")
    return content
