"""A pupil with Chromium, in a home of its own that trusts what the test says."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.box.place import Place

CHROMIUM = Path("/usr/bin/chromium-headless-shell")
WHOLE = Path("/usr/bin/chromium")
"""Starts more slowly, and knows of PAC files."""


@contextmanager
def browser(
    place: Place, home: Path, *trusted: Path, program: Path = CHROMIUM, options: tuple[str, ...] = ()
) -> Iterator[Browser]:
    """Until the end of the block. ``options``: of Chromium's command line."""
    database = home / ".pki" / "nssdb"
    database.mkdir(parents=True)
    certutil = ("certutil", "-d", f"sql:{database}")
    subprocess.run([*certutil, "-N", "--empty-password"], check=True)
    for number, root in enumerate(trusted):
        subprocess.run([*certutil, "-A", "-n", f"root-{number}", "-t", "C,,", "-i", str(root)], check=True)
    start = home / "chromium"
    start.write_text(f'#!/bin/sh\nexec ip netns exec {place.name} {program} "$@"\n')
    start.chmod(0o755)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=str(start),
            chromium_sandbox=False,
            args=list(options),
            env={**os.environ, "HOME": str(home)},
        )
        yield made
        made.close()
