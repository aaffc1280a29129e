"""``gatehouse follow``: the program of a second gateway's box that keeps it in step with the first."""

import argparse
import logging
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from appliance.commands.mistake import reported
from appliance.second.following import Following
from appliance.second.networks_here import NetworksHere
from appliance.second.settings import FollowSettings
from detection import service_manager, settings
from detection.client import Client


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gatehouse follow", description="Keep a box without an appliance in step with the first box."
    )
    parser.add_argument("--config", type=Path, required=True, metavar="FILE")
    given = parser.parse_args(argv)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="gatehouse follow: %(message)s")
    with reported(parser.prog):
        loaded = settings.load(given.config, FollowSettings)
        following = Following(loaded, Client(loaded.client), NetworksHere(loaded.box), lambda: datetime.now(UTC))
        _run(following, loaded.seconds)
    return 0


def _run(following: Following, seconds: float) -> None:
    stop, watched = Event(), service_manager.Watched()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    print("gatehouse follow: running", flush=True)
    service_manager.say(service_manager.READY)
    while not stop.is_set():
        following.round()
        watched.turned()
        stop.wait(seconds)
