"""Install a release beside the one that runs, go over to it, and go back if the box is not well then."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from appliance.provisioning.release import version_of
from appliance.updates.archive import WHEELS, unpack
from appliance.updates.offer import Offer
from appliance.updates.releases import Releases
from appliance.updates.source import Source, UpdateError

PYTHON = "/usr/bin/python3"
"""Debian's own: a release is installed by its own provisioning, which needs nothing else."""
Install = Callable[[Path, Path | None], None]
"""From a folder that holds a release, perhaps with wheels: make it the one that runs. UpdateError if that fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    source: Source
    releases: Releases
    scratch: Path
    install: Install
    well: Callable[[datetime], str]
    """What is wrong with the box, seen from a moment on; empty if nothing is."""
    say: Callable[[str], None] = print

    def apply(self, offer: Offer) -> None:
        """UpdateError where it was not installed, or was taken back; then the box runs what it ran before."""
        before = self.releases.current
        folder = self.scratch / offer.version
        try:
            unpack(self.source.fetch(offer), folder)
            if (found := version_of(folder)) != offer.version:
                raise UpdateError(f"the archive holds release {found} and not {offer.version}")
            self._go_over(folder, before, offer.version)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def back(self) -> str:
        """To the release before, by hand. Gives its version."""
        if not (version := self.releases.before):
            raise UpdateError("there is no other release on this machine to go back to")
        self._go_back(version)
        return version

    def _go_over(self, folder: Path, before: str, version: str) -> None:
        since = datetime.now(UTC)
        wheels = folder / WHEELS
        try:
            self.install(folder, wheels if wheels.is_dir() else None)
            wrong = self.well(since)
        except UpdateError as e:
            wrong = str(e)
        if not wrong:
            return
        if not before:
            raise UpdateError(f"release {version} does not run here: {wrong}; there is none to go back to")
        self.say(f"Release {version} does not run here: {wrong}. Going back to {before}.")
        self._go_back(before)
        raise UpdateError(f"release {version} was taken back: {wrong}")

    def _go_back(self, version: str) -> None:
        since = datetime.now(UTC)
        self.install(self.releases.folder(version), None)
        if wrong := self.well(since):
            raise UpdateError(f"release {version} is back, and the box is not well with it either: {wrong}")


def provision(folder: Path, wheels: Path | None) -> None:
    """A release's own ``gatehouse provision``: it builds what is missing, moves the link and restarts what changed."""
    command = [PYTHON, "-P", "-m", "appliance.cli", "provision", "--without-account"]
    more = ["--wheels", str(wheels)] if wheels else []
    done = subprocess.run(
        [*command, *more],
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise UpdateError("it could not be installed: " + " / ".join(last))
