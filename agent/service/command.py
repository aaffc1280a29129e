"""``gatehouse-agent service``: inspect what sessions see, and send what is detected."""

import argparse
import logging
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from agent.service.logins import Logins
from agent.service.service import Service
from agent.service.settings import FILE, AgentSettings
from detection import settings
from detection.library import LibraryError
from detection.service_manager import READY, Watched, say
from detection.settings import SettingsError

TURN = 5.0
"""Seconds between one look at whether everything runs and the next."""
log = logging.getLogger("gatehouse.agent")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gatehouse-agent service", description="Inspect what sessions see, and send what is detected."
    )
    parser.add_argument("--config", type=Path, default=FILE, metavar="FILE", help=f"{FILE}, if not given")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(name)s: %(message)s")
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    os.umask(0o077)
    try:
        loaded = settings.load(arguments.config, AgentSettings) if arguments.config.exists() else AgentSettings()
        if sys.platform == "win32":
            from agent.windows.program import run_here

            return run_here(loaded)
        service = Service(loaded, logins=_logins(loaded))
    except (SettingsError, LibraryError, OSError) as e:
        print(f"{parser.prog}: {e}", file=sys.stderr)
        return 1
    return _run(service)


def _run(service: Service) -> int:
    ending = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    service.start()
    say(READY)
    log.info("ready")
    watched = Watched()
    while not ending.wait(TURN) and not service.is_outdated:
        if service.running:
            watched.turned()
    asked = ending.is_set()
    service.stop(by_administrator=asked and not _is_shutting_down())
    if not asked:
        log.info("begins anew, for the policy wants it or it was enrolled again")
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - ourselves, as we were started
    return 0


def _logins(loaded: AgentSettings) -> Logins | None:
    """None where whoever connects is taken to be signed in."""
    if sys.platform == "darwin":
        from agent.macos.logins import ConsoleLogins

        return ConsoleLogins(lambda: datetime.now(UTC))
    if not loaded.session_unit or sys.platform != "linux":
        return None
    from agent.linux.logind import LogindLogins

    return LogindLogins()


def _is_shutting_down() -> bool:
    try:
        asked = subprocess.run(
            ["systemctl", "is-system-running"], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.stdout.strip() == "stopping"
