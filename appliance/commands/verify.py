"""``gatehouse verify``: exit 0 if everything recorded is as it was, 1 with the first broken link."""

import argparse
from pathlib import Path

from appliance import store, verification
from appliance.commands.mistake import reported
from appliance.config import ApplianceSettings
from appliance.verification import Checked
from detection import settings
from images.vault import Vault

DESCRIPTION = """Check the chain of entries of every school, every capture against its entry, and
re-hash every picture and piece of evidence.
Note the newest hash elsewhere: with it, even a chain rewritten as a whole would show."""


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse verify", description=DESCRIPTION)
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the appliance's settings")
    arguments = parser.parse_args(argv)
    with reported(parser.prog):
        loaded = settings.load(arguments.config, ApplianceSettings)
        store.migrate(loaded.database)
        return 0 if checks(loaded) else 1


def checks(loaded: ApplianceSettings) -> bool:
    """Print what was checked, a line each; whether all of it is whole."""
    with store.reading(store.sessions(loaded.database)) as session:
        checked = [
            *verification.chains(session),
            verification.filed_captures(session),
            verification.vault_objects(session, Vault(loaded.vault)),
        ]
    for each in checked:
        print(_line(each))
    return not any(each.faults for each in checked)


def _line(checked: Checked) -> str:
    if not checked.faults:
        return f"{checked.what}: whole"
    more = f" (and {len(checked.faults) - 1} more)" if len(checked.faults) > 1 else ""
    return f"{checked.what}: BROKEN at {checked.faults[0]}{more}"
