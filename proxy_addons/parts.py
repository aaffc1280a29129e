"""The gateway's parts: made from its settings, started, kept up and stopped together."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from detection import settings as settings_files
from detection.documents.child import Child
from detection.library_building import Building
from detection.own_file import OwnFile
from detection.sensor import Sensor
from detection.unopened.layers import load_layers
from proxy_addons import destinations
from proxy_addons.certificates.renewal import Renewal
from proxy_addons.garbage import look_seldom
from proxy_addons.gateway_settings import GatewaySettings
from proxy_addons.host_map import HostMap
from proxy_addons.inspection import Inspection
from proxy_addons.learning import Learning
from proxy_addons.live_lists import LiveLists
from proxy_addons.no_traces import refuse_key_logs
from proxy_addons.reader import Reader
from proxy_addons.recorder import Recorder
from proxy_addons.upstream.recent import RecentFaults
from proxy_addons.upstream.revocation import RevocationLists
from proxy_addons.watchdog import Watchdog

STUCK = 600.0
"""Seconds: one upload may hold fifty documents, each of which ends in time by itself."""
SETTLE = 5.0
"""Seconds that what is being read at the end may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    settings: GatewaySettings
    watchdog: Watchdog
    sensor: Sensor
    inspection: Inspection
    documents: Inspection
    """The thread on which documents are waited for."""
    child: Child
    recorder: Recorder
    reader: Reader
    renewal: Renewal
    revoked: RevocationLists
    bad_origins: RecentFaults
    unopened: LiveLists
    listed: Callable[[str], bool]
    """Hosts with illegal content, which are opened whatever a school says."""
    learning: Learning

    @classmethod
    def build(cls, config: Path, watchdog: Watchdog) -> "Parts":
        """Anything doubtful raises ValueError or OSError."""
        return cls.of(settings_files.load(config, GatewaySettings), watchdog)

    @classmethod
    def of(cls, settings: GatewaySettings, watchdog: Watchdog) -> "Parts":
        """Likewise."""
        refuse_key_logs()
        settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        settings.status_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sensor = Sensor(settings.sensor, building=Building(OwnFile(settings.state / "library.kept")))
        shipped, unopened = load_layers(), LiveLists(settings.bypass, settings.console_hosts, watchdog)

        def listed(host: str) -> bool:
            """Of hosts that every school leaves closed not even this opens one."""
            return sensor.illegal.names_host(host) and shipped.reason(host) is None

        return cls(
            settings=settings,
            watchdog=watchdog,
            sensor=sensor,
            reader=Reader(sensor.observe, watchdog),
            inspection=Inspection(
                watchdog, seconds=settings.inspection_seconds, pending_bytes=settings.inspection_pending_bytes
            ),
            documents=Inspection(
                watchdog,
                seconds=settings.inspection_seconds,
                pending_bytes=settings.documents_pending_bytes,
                stuck=STUCK,
                thread="documents",
            ),
            child=Child(),
            renewal=Renewal(settings),
            revoked=RevocationLists(settings.revocation_lists),
            bad_origins=RecentFaults(),
            unopened=unopened,
            listed=listed,
            learning=Learning(settings.refusals_file, unopened, automatic=settings.pass_pinned, listed=listed),
            recorder=Recorder(
                watchdog,
                most_bytes=settings.recorder_bytes,
                minutes=settings.recorder_minutes,
                part_bytes=settings.recorder_part_bytes,
            ),
        )

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        destinations.install(loop)
        HostMap(self.settings.host_map).install(loop)
        with self.watchdog.guard("refusals"):  # what passed before the start passes from the first connection on
            self.learning.refresh()
        look_seldom()
        self.sensor.start()

    def refresh(self) -> None:
        """Take up what others have changed on disk, and tell them. Off the event loop."""
        self.unopened.refresh()
        with self.watchdog.guard("refusals"):
            self.learning.refresh()

    def pause(self) -> None:
        """What people were typing when they stopped is read, though nothing else comes."""
        self.inspection.submit(lambda: self.reader.pause(datetime.now(UTC)), 0, "typing")

    def stop(self) -> None:
        self.documents.close(SETTLE)
        self.child.close()
        self.inspection.submit(self.reader.finish, 0, "typing")
        self.inspection.close(SETTLE)
        with self.watchdog.guard("status"):  # on a full disk what the sensor still holds matters more
            self.write_status()
        self.sensor.stop()

    def write_status(self) -> None:
        more: dict[str, object] = {
            "pending_bytes": self.inspection.pending,
            "recorder_bytes": self.recorder.size,
            "authority": self.renewal.status(),
            "revocation": self.revoked.status(datetime.now(UTC)),
            "bad_certificates": self.bad_origins.marks(),
            "sensor": asdict(self.sensor.health()),
            "learned": self.learning.status(),
        }
        if self.unopened.problem:
            more["bypass_problem"] = self.unopened.problem
        self.watchdog.write(self.settings.status_file, more)
