"""``gatehouse-agent session``: see for the person who is signed in, and tell the service."""

import argparse
import getpass
import logging
import os
import signal
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from agent.link.frames import Hello
from agent.link.saying import Saying
from agent.link.transport import PLACE
from agent.orders import Orders
from agent.session.beside import Beside
from agent.session.desktop import Desktop
from agent.session.held import NotHeld
from agent.session.session import Session
from agent.telling.shown import ShownTelling, shown_here
from agent.telling.telling import Telling
from agent.version import VERSION
from detection.service_manager import Watched


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse-agent session", description=__doc__)
    parser.add_argument("--socket", type=Path, default=PLACE, help="where the service listens")
    arguments = parser.parse_args(argv)
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.INFO, stream=sys.stderr)

    def ordered(orders: Orders) -> None:
        session.obey(orders)
        beside.obey(orders)
        telling.orders(orders)

    def unseen() -> Iterable[str]:
        return (*session.unseen(), *beside.health())

    saying = Saying(Hello(version=VERSION, desktop=sys.platform), ordered, path=arguments.socket, unseen=unseen)
    session = Session(find_desktop, saying.say)
    beside = Beside(saying.say, Path.home(), getpass.getuser(), session.shown)
    telling, not_held = find_telling(), NotHeld(Watched())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: session.stop())
    saying.start()
    not_held.begin()
    telling.start()
    try:
        session.run()
    finally:
        telling.stop()
        beside.close()
        saying.stop()
        not_held.end()
    return 0


def find_telling() -> Telling | ShownTelling:
    """What tells the person of it on this system. Raises OSError, in a sentence, where there is none: nobody is watched
    who is not told."""
    if sys.platform == "linux":
        from agent.linux.surroundings import surroundings
        from agent.telling.here import telling_here

        return telling_here(lambda: surroundings(os.environ).bus)
    if sys.platform == "win32":
        from agent.windows.showing import WindowsShowing

        return shown_here(WindowsShowing, Path(os.environ["LOCALAPPDATA"]) / "Gatehouse Agent")
    if sys.platform == "darwin":
        from agent.macos.showing import MacShowing

        return shown_here(MacShowing, Path.home() / "Library" / "Application Support" / "Gatehouse Agent")
    raise OSError(f"nobody can be told on {sys.platform} by this version")


def find_desktop() -> Desktop:
    """This system's. Raises OSError, in a sentence, where there is none for us."""
    if sys.platform == "linux":
        from agent.linux.desktop import LinuxDesktop
        from agent.linux.surroundings import surroundings

        return LinuxDesktop(surroundings(os.environ))
    if sys.platform == "win32":
        from agent.windows.screen import windows_desktop

        return windows_desktop()
    if sys.platform == "darwin":
        from agent.macos.screen import mac_desktop

        return mac_desktop()
    raise OSError(f"no desktop of {sys.platform} is known to this version")
