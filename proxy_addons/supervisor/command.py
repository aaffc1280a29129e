"""Keep as many gateways running as the firewall spreads devices over, and the firewall in step with them."""

import argparse
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from detection import service_manager
from detection import settings as settings_files
from proxy_addons.gateway_settings import GatewaySettings
from proxy_addons.supervisor.crew import Crew
from proxy_addons.supervisor.firewall import Firewall, FirewallError, Ports, Seen
from proxy_addons.supervisor.guard import Guard, release
from proxy_addons.supervisor.places import is_waiting, outbox_of, supervisor_of
from proxy_addons.supervisor.report import Report
from proxy_addons.supervisor.tunnels import tunnel_name

logger = logging.getLogger("supervisor")
GLANCE = 0.2
"""Seconds between looks."""
VERIFY = 1.0
"""Whether the firewall still has what it was given: rules may have been loaded anew."""
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
    firewall: Firewall
    report: Report
    _led: dict[int, Ports] | None = None
    _due: dict[str, float] = field(default_factory=dict)
    _couriers: dict[int, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    _told: set[tuple[str, str]] = field(default_factory=set)
    """Device and tunnel."""
    _guard: Guard | None = None
    _stopping: bool = False
    _reload: bool = False

    @classmethod
    def of(cls, config: Path) -> "Supervisor":
        """Raises ValueError or OSError."""
        settings = settings_files.load(config, GatewaySettings)
        wanted = supervisor_of(settings)
        crew = Crew(wanted, lambda place: _gateway(config, place))
        return cls(config, settings, crew, Firewall(wanted.table), Report(settings))

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
            now = time.monotonic()
            self._step(now)
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
        deaths = self.crew.deaths
        self._lead(self.crew.step(now), now)
        if self.crew.deaths > deaths:
            self.report.happened("a worker ended or did not answer, and is being replaced")
            self._due["report"] = now
        if self._is_due("count", COUNT, now):
            self._count()
        if self._is_due("report", self.settings.status_seconds, now):
            self._write(now)
        if self._is_due("deliver", DELIVER, now):
            self._deliver()

    def _lead(self, slots: dict[int, Ports], now: float) -> None:
        """At once where something changed, and every second in case somebody else changed something."""
        try:
            if slots != self._led or (self._is_due("verify", VERIFY, now) and self.firewall.pointing() != slots):
                self.firewall.point(slots)
                self._led = slots
            self._firewall_said("")
        except FirewallError as e:
            self._led = None
            self._firewall_said(str(e))

    def _firewall_said(self, error: str) -> None:
        if error and error != self.report.firewall_error:
            logger.error("the firewall cannot be set: %s", error)
        self.report.firewall_error = error

    def _count(self) -> None:
        try:
            seen = self.firewall.seen()
            self.report.firewall(self.firewall.counters(), seen)
            self._tell(seen)
        except FirewallError as e:
            self._firewall_said(str(e))

    def _tell(self, seen: list[Seen]) -> None:
        """One worker of each new tunnel, for a detection. Again once the firewall has forgotten it, an hour later."""
        named = {(each.device, tunnel_name(each.protocol, each.port)) for each in seen}
        worker = next((slot.worker for slot in self.crew.slots if slot.worker), None)
        told = {each for each in named - self._told if worker and worker.tell(*each)}
        self._told = (self._told & named) | told

    def _write(self, now: float) -> None:
        try:
            self.report.write(self.crew, now)
        except OSError as e:
            logger.error("the status cannot be written: %s", e.strerror)

    def _deliver(self) -> None:
        """What a worker that has ended could not deliver is delivered by a process of its own, place by place."""
        self._couriers = {place: courier for place, courier in self._couriers.items() if courier.poll() is None}
        taken = {worker.place for worker in self.crew.everybody()} | self._couriers.keys()
        left = [p for p in self.crew.settings.places if p not in taken and is_waiting(outbox_of(self.settings, p))]
        for place in left[:1]:
            self._couriers[place] = subprocess.Popen(
                [*_gateway(self.config, place), "--deliver"], stdin=subprocess.DEVNULL, process_group=0
            )
        self.crew.reserved = frozenset(self._couriers)

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
        self._lead(self.crew.without(), now)
        self.crew.leave(LEAVE, now)
        for courier in self._couriers.values():
            courier.terminate()
        while self.crew.leaving and time.monotonic() < now + LEAVE + 10:
            self.crew.step_out(time.monotonic())
            time.sleep(GLANCE)
        for worker in self.crew.everybody():
            worker.kill()
            worker.close()
        self._write(time.monotonic())

    def _is_due(self, what: str, every: float, now: float) -> bool:
        if now < self._due.get(what, 0.0):
            return False
        self._due[what] = now + every
        return True

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _again(self, *_: object) -> None:
        self._reload = True


def _gateway(config: Path, place: int) -> list[str]:
    """The supervisor may change the firewall; those who read pupils' traffic may not."""
    harmless = [] if os.geteuid() == 0 else ["setpriv", "--ambient-caps=-all"]
    program = [sys.executable, "-P", "-m", "appliance.cli", "gateway"]
    return [*harmless, *program, "--config", str(config), "--worker", str(place)]


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gatehouse supervisor", description="Keep the gateways of a box running, and its firewall in step."
    )
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the gateways' settings (TOML)")
    parser.add_argument("--release", action="store_true", help="only let go of the firewall, by the fail policy")
    chosen = parser.parse_args(argv)
    logging.basicConfig(format="supervisor: %(message)s", level=logging.WARNING)
    try:
        supervisor = Supervisor.of(chosen.config)
        if chosen.release:
            release(supervisor.crew.settings)
            return 0
        return supervisor.run()
    except (ValueError, OSError, FirewallError) as e:
        print(f"supervisor: {e}", file=sys.stderr)
        return 2
