"""Do what rows say is due: send alerts, draw captures, give up waiting, watch over health. ``gatehouse worker``."""

import argparse
import logging
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from traceback import extract_tb

from appliance import evidence_waiting, store
from appliance.agents.agents_watched import AgentsWatched
from appliance.backups_watched import BackupsWatched
from appliance.clock_watched import ClockWatched
from appliance.commands.mistake import reported
from appliance.config import WorkerSettings
from appliance.drawing import Drawings
from appliance.health import Health
from appliance.models import NotificationChannel
from appliance.notifications.banner import Banner
from appliance.notifications.base import Transport
from appliance.notifications.email import Email
from appliance.pauses_watched import PausesWatched
from appliance.room import Level, room_of
from appliance.room_watched import RoomWatched
from appliance.sending import Sender
from detection import service_manager, settings
from images.draw import Renderer, RendererError
from images.vault import Vault

IDLE = 1.0
AFTER_FAULT = 5.0
ROOM_EVERY, HEALTH_EVERY, BACKUPS_EVERY, AGENTS_EVERY = 5.0, 10.0, 600.0, 300.0

logger = logging.getLogger("gatehouse.worker")


@dataclass(slots=True)
class Worker:
    """One thread: the gravest alert first, then one picture, and around again."""

    sender: Sender
    drawings: Drawings
    health: Health
    pauses: PausesWatched
    backups: BackupsWatched
    agents: AgentsWatched
    room: RoomWatched
    wall: ClockWatched
    give_up_after: timedelta
    clock: Callable[[], datetime]
    steady: Callable[[], float] = time.monotonic
    """Seconds on a clock that never jumps."""
    watched: service_manager.Watched = field(default_factory=service_manager.Watched)
    """Whoever starts it anew when it hangs. A fault is no reason for that: with the next round it may be gone."""
    faults: int = 0
    _next: dict[str, float] = field(default_factory=dict)
    _level: Level = Level.ALL

    def run(self, stop: Event) -> None:
        while not stop.is_set():
            try:
                wait = 0.0 if self.round() else IDLE
            except Exception as e:  # noqa: BLE001  # the worker's loop: one fault must not end what comes after
                self.faults += 1
                logger.error("fault %d: %s", self.faults, _named(e))
                wait = AFTER_FAULT
            self.watched.turned()
            stop.wait(wait)

    def round(self) -> bool:
        """Whether there may be more to do at once."""
        now = self.clock()
        if self._is_time("room", ROOM_EVERY):  # first: on a full disk what follows fails
            self._level = self.room.check(now)
        while self.sender.send_one(now):
            self.watched.turned()
        evidence_waiting.give_up(self.drawings.sessions, self.give_up_after, now)
        if self._is_time("health", HEALTH_EVERY):
            self.wall.check(now)
            self.health.check(now)
            self.pauses.check(now)
        if self._is_time("backups", BACKUPS_EVERY):
            self.backups.check(now)
        if self._is_time("agents", AGENTS_EVERY):
            self.agents.check(now)
        return self._level > Level.DETECTIONS and self.draw_one(now)

    def _is_time(self, what: str, every: float) -> bool:
        """Whether it is due, and it is then noted as done: one that fails must not keep the others from their turn."""
        due = self.steady() >= self._next.get(what, float("-inf"))
        if due:
            self._next[what] = self.steady() + every
        return due

    def draw_one(self, now: datetime) -> bool:
        claim = self.drawings.claim(now)
        if claim is None:
            return False
        try:
            picture = self.drawings.draw(claim)
        except Exception as e:  # noqa: BLE001  # one page must not stop the others; it is tried thrice
            logger.error("capture %s was not drawn: %s", claim.id, _named(e))
            reason = str(e) if isinstance(e, RendererError) else f"an error of our own ({type(e).__name__})"
            self.drawings.failed(claim, reason, self.clock())
        else:
            self.drawings.done(claim, picture, self.clock())
        return True


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gatehouse worker", description="Draw captures, send alerts and watch over health."
    )
    parser.add_argument("--config", type=Path, required=True, metavar="FILE")
    arguments = parser.parse_args(argv)
    with reported(parser.prog):
        loaded = settings.load(arguments.config, WorkerSettings)
        store.migrate(loaded.database)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(name)s: %(message)s")
    _run(loaded)
    return 0


def _run(loaded: WorkerSettings) -> None:
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    sessions, ways = store.sessions(loaded.database), transports(loaded)
    with Renderer(loaded.renderer) as renderer:
        worker = Worker(
            sender=Sender(sessions, ways, loaded.console_url),
            drawings=Drawings(sessions, Vault(loaded.vault), renderer),
            health=Health(sessions, loaded.watch),
            pauses=PausesWatched(sessions),
            backups=BackupsWatched(sessions, loaded.backup_days),
            agents=AgentsWatched(sessions),
            wall=ClockWatched(sessions),
            room=RoomWatched(sessions, room_of(loaded), ways.get(NotificationChannel.EMAIL)),
            give_up_after=timedelta(minutes=loaded.give_up_evidence_minutes),
            clock=lambda: datetime.now(UTC),
        )
        print("gatehouse worker: running", flush=True)
        service_manager.say(service_manager.READY)
        worker.run(stop)


def transports(loaded: WorkerSettings) -> dict[NotificationChannel, Transport]:
    """Without a mail server an e-mail fails for good, and the console says so."""
    ways: dict[NotificationChannel, Transport] = {NotificationChannel.BANNER: Banner()}
    if loaded.mail is not None:
        ways[NotificationChannel.EMAIL] = Email(loaded.mail)
    return ways


def _named(error: Exception) -> str:
    """Its kind and place, never its message: that may quote what was being worked on."""
    frame = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
