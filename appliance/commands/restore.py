"""``gatehouse restore``: make a living store of a backup, and verify it."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from appliance.backup import erasures, places, restoring
from appliance.commands.backup import read_key
from appliance.commands.mistake import reported
from appliance.commands.on_the_box import CONFIG
from appliance.commands.verify import checks
from appliance.config import ApplianceSettings
from detection import settings


def main(argv: list[str]) -> int:
    """Exit status 1: restored, but what was recorded does not verify."""
    parser = argparse.ArgumentParser(prog="gatehouse restore", description="Restore a backup, on a new machine.")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="the private key it is sealed to")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="an empty folder, in place of the machine's places")
    parser.add_argument("--put-aside", action="store_true", help="give what lives there another name, and restore")
    parser.add_argument("--erased", type=Path, metavar="FILE", help=f"which words to erase again; {erasures.FILE}")
    parser.add_argument("--config", type=Path, default=CONFIG, metavar="FILE", help=f"the appliance's; {CONFIG}")
    given = parser.parse_args(argv)
    with reported(parser.prog):
        return _restore(given)


def _restore(given: argparse.Namespace) -> int:
    now = datetime.now(UTC)
    to = places.within(given.into) if given.into else places.of(_settings(given), given.config)
    aside = f"before-{now:%Y%m%dT%H%M%SZ}" if given.put_aside else ""
    contents = restoring.restore(given.file, read_key(given.key), to, aside)
    beside = given.file.with_name(erasures.FILE)
    erased = restoring.go_on(to, contents, given.erased or (beside if beside.exists() else None), now)
    config = places.settings_for(to, given.into) if given.into else given.config
    print(f"Restored: {to.records}, {to.vault} with {contents.objects} pictures and pieces of evidence.")
    print(f"The settings of the machine that was backed up are in {to.settings}; look through them.")
    if erased:
        print(f"{erased} entries were erased after the backup was made; their words are erased again.")
    whole = checks(settings.load(config, ApplianceSettings))
    print(f"To look again: gatehouse verify --config {config}")
    return 0 if whole else 1


def _settings(given: argparse.Namespace) -> ApplianceSettings:
    return settings.load(given.config, ApplianceSettings)
