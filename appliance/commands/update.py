"""``gatehouse update``: look for a newer release, install it, and go back."""

import argparse
import os
from functools import partial
from pathlib import Path

from appliance.updates import settings as update_settings
from appliance.updates.progress import Progress
from appliance.updates.releases import Releases
from appliance.updates.settings import UpdateSettings
from appliance.updates.source import Source
from appliance.updates.update import Update, provision
from appliance.updates.wellness import wait_until_well
from detection import settings as settings_files
from detection.complaint import complain


def main(argv: list[str]) -> int:
    """Exit status: 0; 1 if there is a newer release that was left alone; 2 if the box runs what it ran before."""
    arguments = _parser().parse_args(argv)
    try:
        settings = settings_files.load(arguments.config, UpdateSettings)
        if arguments.act != "check" and os.geteuid() != 0 and settings.program == update_settings.PROGRAM:
            raise PermissionError(1, "only root can change the program", str(settings.program))
        progress = Progress(settings.state)
        with progress.alone() as held:
            return _run(arguments, settings, progress, held)
    except (OSError, ValueError) as e:
        return complain("gatehouse update", e)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse update", description="Bring this box's program up to date.")
    acts = {
        "check": "say whether there is a newer release",
        "apply": "install the newest release, and go back if the box is not well with it",
        "back": "go back to the release before",
    }
    parser.add_argument("act", choices=acts, help="; ".join(f"{act}: {what}" for act, what in acts.items()))
    parser.add_argument("--unattended", action="store_true", help="with apply: not what this box went back from before")
    parser.add_argument("--config", type=Path, default=update_settings.FILE, metavar="FILE", help="settings (TOML)")
    return parser


def _run(arguments: argparse.Namespace, settings: UpdateSettings, progress: Progress, held: int) -> int:
    act, releases = arguments.act, Releases(settings.program)
    source = Source(settings)
    update = Update(
        source=source,
        releases=releases,
        scratch=settings.state / "unpacked",
        progress=progress,
        install=partial(provision, held=held),
        well=lambda since: wait_until_well(settings.status, since, settings.patience_seconds),
    )
    update.resume()
    if act == "back":
        print(f"Release {update.back()} runs again.")
        return 0
    offer = source.offer()
    if offer.version == releases.current:
        print(f"Release {offer.version} runs, and is the newest.")
        return 0
    print(f"Release {offer.version} is there; {releases.current or 'none'} runs.{_set(offer.notes)}")
    if act == "check":
        return 1
    if arguments.unattended and progress.was_taken_back(offer.version):
        print("It was taken back before; gatehouse update apply without --unattended tries it again.")
        return 1
    update.apply(offer)
    print(f"Release {offer.version} runs.")
    return 0


def _set(notes: str) -> str:
    return f"\n{notes}" if notes else ""
