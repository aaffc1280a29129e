"""Keep as many gateways running as the firewall spreads devices over, and the firewall in step with them."""

import logging
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from detection import service_manager
from detection import settings as settings_files
from proxy_addons.gateway_settings import GatewaySettings
from proxy_addons.supervisor.couriers import Couriers
from proxy_addons.supervisor.crew import Crew
from proxy_addons.supervisor.firewall import Firewall
from proxy_addons.supervisor.guard import Guard
from proxy_addons.supervisor.leading import Leading
from proxy_addons.supervisor.places import is_waiting, outbox_of, supervisor_of
from proxy_addons.supervisor.report import Report
from proxy_addons.supervisor.slot_ports import unmanned
from proxy_addons.supervisor.timetable import Timetable
from proxy_addons.supervisor.tunnel_telling import TunnelTelling

logger = logging.getLogger("supervisor")
GLANCE = 0.2
"""Seconds between looks."""
COUNT = 15.0
DELIVER = 60.0
FOR_GOOD = ("workers", "first_port", "first_proxy_port", "table")
"""What running workers, or the firewall's rules, go by."""
LEAVE = 8.0
"""Seconds that connections may go on when everything is stopped."""


@dataclass
class Supervisor:
    config: Path
    settings: GatewaySettings
    crew: Crew
    leading: Leading
    couriers: Couriers
    report: Report
    _telling: TunnelTelling = field(default_factory=TunnelTelling)
    _timetable: Timetable = field(default_factory=Timetable)
    _guard: Guard | None = None
    _stopping: bool = False
    _reload: bool = False

    @classmethod
    def of(cls, config: Path) -> "Supervisor":
        """Raises ValueError or OSError."""
        settings = settings_files.load(config, GatewaySettings)
        wanted, report = supervisor_of(settings), Report(settings)
        crew = Crew(wanted, lambda place: _gateway(config, place))
        leading = Leading(Firewall(wanted.table), report.of_the_firewall)
        return cls(config, settings, crew, leading, Couriers(crew.command), report)

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGHUP, self._again)
        self.settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        service_manager.say(service_manager.READY)
        ready, watched = False, service_manager.Watched()
        while not self._stopping:
            if self._reload:
                self._reload = False
                self._read_again()
            if self._guard is None or self._guard.ended:
                self._set_guard()
            self._step(time.monotonic())
            watched.turned()
            if not ready and all(slot.worker for slot in self.crew.slots):
                ready = True
                print(f"supervisor: {len(self.crew.slots)} workers listen", flush=True)
            time.sleep(GLANCE)
        self._leave()
        if self._guard:
            self._guard.release()
        return 0

    def _set_guard(self) -> None:
        """The new one before the old one goes, and with the policy as it is now."""
        before, self._guard = self._guard, Guard(self.config)
        if before:
            before.release()

    def _step(self, now: float) -> None:
        deaths, due = self.crew.deaths, self._timetable.is_due
        self.leading.lead(self.crew.step(now), now)
        if self.crew.deaths > deaths:
            self.report.happened("a worker ended or did not answer, and is being replaced")
            self._timetable.bring_forward("report")
        if due("count", COUNT, now):
            self._count()
        if due("report", self.settings.status_seconds, now):
            self._write(now)
        if due("deliver", DELIVER, now):
            self.crew.reserved = self.couriers.send(self._waiting())

    def _count(self) -> None:
        if told := self.leading.count():
            counters, seen = told
            self.report.firewall(counters, seen)
            self._telling.tell(seen, next((slot.worker for slot in self.crew.slots if slot.worker), None))

    def _waiting(self) -> Iterator[int]:
        """Places without a worker whose outbox still holds something."""
        taken = {worker.place for worker in self.crew.everybody()}
        for place in self.crew.settings.places:
            if place not in taken and is_waiting(outbox_of(self.settings, place)):
                yield place

    def _write(self, now: float) -> None:
        try:
            self.report.write(self.crew, now)
        except OSError as e:
            logger.error("the status cannot be written: %s", e.strerror)

    def _read_again(self) -> None:
        """Workers read the settings themselves when they start; a file that will not do changes nothing."""
        try:
            settings = settings_files.load(self.config, GatewaySettings)
            wanted = supervisor_of(settings)
        except (ValueError, OSError) as e:
            logger.error("the settings are left as they were: %s", e)
            return
        if any(getattr(wanted, name) != getattr(self.crew.settings, name) for name in FOR_GOOD):
            logger.error("%s change only when the supervisor is started again", ", ".join(FOR_GOOD))
            return
        self.settings, self.crew.settings = settings, wanted
        self._set_guard()
        self.crew.renew()

    def _leave(self) -> None:
        now = time.monotonic()
        self.leading.lead(unmanned(self.crew.settings), now)
        self.crew.leave(LEAVE, now)
        self.couriers.stop()
        while self.crew.leaving and time.monotonic() < now + LEAVE + 10:
            self.crew.step_out(time.monotonic())
            time.sleep(GLANCE)
        for worker in self.crew.everybody():
            worker.kill()
            worker.close()
        self._write(time.monotonic())

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _again(self, *_: object) -> None:
        self._reload = True


def _gateway(config: Path, place: int) -> list[str]:
    """The supervisor may change the firewall; those who read pupils' traffic may not."""
    harmless = [] if os.geteuid() == 0 else ["setpriv", "--ambient-caps=-all"]
    program = [sys.executable, "-P", "-m", "appliance.cli", "gateway"]
    return [*harmless, *program, "--config", str(config), "--worker", str(place)]
