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
from appliance.updates.progress import Progress, UnderWay
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
    progress: Progress
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

    def resume(self) -> None:
        """What a run that was killed left half done is finished, or taken back: UpdateError then, as of ``apply``."""
        if (left := self.progress.under_way()) is None:
            return
        if self.releases.current == left.version:
            self.say(f"The update to release {left.version} was cut short; it is finished now.")
            self._settle_on(self.releases.folder(left.version), None, left)
        elif left.before and self.releases.current == left.before:
            self.say(f"The update to release {left.version} was cut short; release {left.before} stays.")
            self._go_back(left.before)
        self.progress.end()

    def back(self) -> str:
        """To the release before, by hand. Gives its version. Not to one with which the box was not well."""
        version = next((each for each in self.releases.others if not self.progress.was_taken_back(each)), "")
        if not version:
            raise UpdateError("there is no other release on this machine to go back to that the box was well with")
        self.progress.begin(UnderWay(version, self.releases.current, datetime.now(UTC)))
        self._go_back(version)
        return version

    def _go_over(self, folder: Path, before: str, version: str) -> None:
        under_way = UnderWay(before, version, datetime.now(UTC))
        self.progress.begin(under_way)
        wheels = folder / WHEELS
        self._settle_on(folder, wheels if wheels.is_dir() else None, under_way)

    def _settle_on(self, folder: Path, wheels: Path | None, under_way: UnderWay) -> None:
        try:
            self.install(folder, wheels)
            wrong = self.well(under_way.since)
        except UpdateError as e:
            wrong = str(e)
        version, before = under_way.version, under_way.before
        if wrong and self.releases.current == version:  # it ran; one for which the disk was full may do another time
            self.progress.took_back(version)
        if not wrong:
            self.progress.end()
            return
        if not before:
            self.progress.end()
            raise UpdateError(f"release {version} does not run here: {wrong}; there is none to go back to")
        self.say(f"Release {version} does not run here: {wrong}. Going back to {before}.")
        self._go_back(before)
        raise UpdateError(f"release {version} was taken back: {wrong}")

    def _go_back(self, version: str) -> None:
        """Until it is installed again whole, the next run begins with that."""
        since = datetime.now(UTC)
        self.install(self.releases.folder(version), None)
        self.progress.end()
        if wrong := self.well(since):
            raise UpdateError(f"release {version} is back, and the box is not well with it either: {wrong}")


def provision(folder: Path, wheels: Path | None, held: int | None = None) -> None:
    """A release's own ``gatehouse provision``: it builds what is missing, moves the link and restarts what changed.

    ``held``: the lock of whoever runs this, which ends when the last of both has ended.
    """
    command = [PYTHON, "-P", "-m", "appliance.cli", "provision", "--without-account"]
    more = ["--wheels", str(wheels)] if wheels else []
    done = subprocess.run(
        [*command, *more],
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        pass_fds=() if held is None else (held,),
    )
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise UpdateError("it could not be installed: " + " / ".join(last))
