"""``gatehouse-agent notice``: shows the page on what is monitored here, in the person's own browser."""

import argparse
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from agent.link.asking import ask_standing
from agent.link.transport import PLACE
from agent.orders import NOT_CONNECTED
from agent.telling.browser import NoBrowser, show_page
from agent.telling.opening import NAME
from agent.telling.words import Told, told_of
from detection.agent_policy.notice import Notice


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gatehouse-agent notice", description="Show what is monitored on this device, why and by whom."
    )
    parser.add_argument("--socket", type=Path, default=PLACE, help="where the service listens")
    given = parser.parse_args(argv)
    _say_we_are_here()
    try:
        show_page(_told(given.socket), _folder())
    except NoBrowser as e:
        print(f"gatehouse-agent: {e}", file=sys.stderr)
        return 2
    return 0


def _told(socket: Path) -> Told:
    standing = ask_standing(socket)
    if standing is None:
        return told_of(Notice(), paused=NOT_CONNECTED)
    return told_of(standing.notice, paused=standing.paused, monitored=standing.monitored, never=standing.never)


def _folder() -> Path:
    """It goes when the person signs out."""
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    return Path(own) if own and Path(own).is_dir() else Path(tempfile.mkdtemp(prefix="gatehouse-"))


def _say_we_are_here() -> None:
    """To the bus that may have started us, which waits for that name."""
    with suppress(OSError, KeyError, ValueError), open_dbus_connection() as bus:
        bus.send_and_get_reply(message_bus.RequestName(NAME), timeout=2)
