"""``gatehouse run``: everything on this machine, with a sample school day to look at."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event
from types import FrameType

from rich.console import Console
from sqlalchemy.orm import Session, sessionmaker

from appliance.running.browsers import firefox_profile
from appliance.running.closing import closing
from appliance.running.display import Display
from appliance.running.hold import HeldError, hold
from appliance.running.options import Options, options
from appliance.running.places import Places
from appliance.running.ports import choose
from appliance.running.prepare import prepare
from appliance.running.programs import programs
from appliance.running.sample_day import DayError, await_captures, play_day, stage
from appliance.running.settings_files import Ports, write_settings
from appliance.running.supervisor import StartError, Supervisor
from appliance.sample.day import load_day
from appliance.sample.web import SampleWeb
from appliance.store import StoreError


def main(argv: list[str]) -> int:
    """Exit status: 0; 1 if some of the day failed or a program was lost; 2 if it could not start."""
    chosen = options(argv)
    display = Display(Console())
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        return _run(chosen, Places(chosen.data), display)
    except KeyboardInterrupt:
        display.say("Stopped.")
        return 0 if chosen.wait else 1
    except (StartError, HeldError, DayError, StoreError, ValueError) as e:
        print(f"gatehouse run: {e}", file=sys.stderr)
    except OSError as e:
        print(f"gatehouse run: {f'{e.filename}: ' if e.filename else ''}{e.strerror or e}", file=sys.stderr)
    return 2


def _run(chosen: Options, places: Places, display: Display) -> int:
    places.make()
    numbers, notes = choose(chosen.wanted_ports)
    for note in notes:
        display.say(note)
    ports = Ports(**numbers)
    with hold(places.folder), SampleWeb(places.sample_web, datetime.now(UTC)) as web:
        sessions = prepare(places, datetime.now(UTC))
        write_settings(places, ports, web.hosts, web.root)
        supervisor = Supervisor(programs(places), display.say)
        with _started(supervisor, display):
            failures = 0 if chosen.empty else _day(chosen, places, ports, web, sessions, display)
            if chosen.wait:
                _say_where(places, ports, web, display)
                Event().wait()
        return 1 if failures or supervisor.lost else 0


@contextmanager
def _started(supervisor: Supervisor, display: Display) -> Iterator[None]:
    display.say("Starting the console, the appliance, the agents' endpoint, the worker and the gateway …")
    supervisor.start()
    try:
        yield
    finally:
        # A second Ctrl-C must not leave half of it running.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        display.say("Stopping …")
        supervisor.stop()


def _day(
    chosen: Options, places: Places, ports: Ports, web: SampleWeb, sessions: sessionmaker[Session], display: Display
) -> int:
    """How many acts failed."""
    if places.played.exists():
        display.say(f"The sample day was played on {places.played.read_text().strip()}; this is its data.")
        return 0
    where = stage(web, places, ports)
    tally = play_day(load_day(), where, places, display, seconds=chosen.seconds, seed=chosen.seed)
    result = await_captures(sessions, places, display)
    places.played.write_text(f"{datetime.now(UTC).astimezone():%d %B %Y at %H:%M}\n")
    display.say(
        f"{tally.played} acts played, {len(tally.failures)} failed; {result.captures} captures in "
        f"{result.incidents} incidents, {result.drawn} of them drawn."
    )
    return len(tally.failures)


def _say_where(places: Places, ports: Ports, web: SampleWeb, display: Display) -> None:
    firefox_profile(places.folder / "browsers" / "firefox", "127.0.0.1", ports.proxy)
    display.say(closing(places, ports, web.root))


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
