"""The service with all its parts in place: sessions say what they see, and what is detected is on its way."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Thread

from agent.enrolment import enrolled
from agent.enrolment.derived_key import derived
from agent.enrolment.renewal import renew_where_due
from agent.service.accounts import Accounts
from agent.service.addresses import own_addresses
from agent.service.alive import Alive, boot_id, since_boot
from agent.service.attendance import Attendance
from agent.service.condition import condition_of
from agent.service.connected_logins import ConnectedLogins
from agent.service.connections import Connections
from agent.service.gaps import Gaps
from agent.service.heartbeat import Condition, Heartbeats
from agent.service.inspection import Inspection
from agent.service.journal import Happened, Journal
from agent.service.logins import Logins
from agent.service.monitoring import Monitored, Monitoring
from agent.service.outbox import DeviceOutbox
from agent.service.pauses import Pauses
from agent.service.policy_kept import PolicyKept
from agent.service.school_clock import SchoolClock
from agent.service.sealed_file import SealedFile
from agent.service.settings import AgentSettings
from agent.service.sign_ins import SignIns, unit_order
from agent.service.takings import Takings
from agent.service.whereabouts import Whereabouts
from detection.beginnings import SMALL
from detection.client import Client
from detection.grading import Detection
from detection.library_building import Building
from detection.observation import Evidence, Observation
from detection.sensor import Discretion, Sensor, SensorSettings
from detection.settings import SettingsError

log = logging.getLogger(__name__)
REPORT_STEP = 16384
"""Bytes by which what is sealed grows."""
SETTLING = 30.0
"""Seconds after a start in which sessions may still have to say what they saw before it."""
LOOK_AGAIN = 2.0
"""Seconds after which it is looked whether another scope holds."""
DROPPED = "dropped"


class Service:
    """A doubtful start raises SettingsError, LibraryError or OSError. ``logins``: who is signed in; without it whoever
    is connected. ``passed`` are seconds, asleep or awake."""

    def __init__(
        self,
        settings: AgentSettings,
        *,
        logins: Logins | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        passed: Callable[[], float] = since_boot,
    ) -> None:
        self._settings, self._clock, self._passed = settings, clock, passed
        self._device = device = enrolled.read(settings.state)
        self._client = Client(device.client)
        self._journal = Journal(settings.journal)
        self._alive = Alive(self._journal, clock, every=settings.alive_seconds, passed=passed, boot=boot_id())
        self._policy = PolicyKept(self._client, self._sealed("policy"), self._look)
        self._accounts = Accounts(self._sealed("accounts"), clock)
        self._whereabouts = Whereabouts(own_addresses, passed)
        self._school_clock = SchoolClock(clock, passed)
        self._outbox = self._made_outbox()
        self._inspection = Inspection(self._observe, self._monitored, self._outbox, clock)
        self._with_model = self._wants_model
        self._sensor = self._made_sensor()
        self._heartbeats = Heartbeats(
            self._client,
            self._journal,
            self._accounts,
            self._policy,
            self._whereabouts,
            self._school_clock,
            self._condition,
            renew=self._renew,
            changed=self._look,
            clock=clock,
            every=settings.heartbeat_seconds,
        )
        self._monitoring = Monitoring(
            self._accounts,
            self._policy,
            self._whereabouts,
            device=device.device,
            organisation=device.organisation,
            clock=self._school_clock,
            revoked=lambda: self._heartbeats.revoked,
            connection=self._connection,
        )
        connected = None if logins else ConnectedLogins(clock)
        self._sign_ins = SignIns(
            self._journal,
            logins or connected or ConnectedLogins(clock),
            clock,
            start_session=self._session_order("start", logins),
            stop_session=self._session_order("stop", logins),
            changed=self._heartbeats.wake,
        )
        self._takings = Takings()
        self._gaps = Gaps(self._journal, self._monitored, clock)
        self._connections = Connections(
            settings.socket,
            self._monitoring,
            self._takings,
            self._inspection.put,
            Attendance(self._gaps, connected),
        )
        self._pauses = Pauses(self._journal, self._monitored, clock)
        self._began = passed()
        self._looks, self._stopping = Event(), Event()
        self._thread = Thread(target=self._run, name="scopes", daemon=True)

    def start(self) -> None:
        self._alive.begin()
        parts = (self._alive, self._sensor, self._inspection, self._takings, self._sign_ins, self._connections)
        for part in (*parts, self._heartbeats, self._thread):
            part.start()

    def stop(self, *, by_administrator: bool = True) -> None:
        """What is under way is finished; what waits stays in the outbox. The school hears of it at once, if it can."""
        self._stopping.set()
        self._looks.set()
        self._thread.join()
        self._connections.stop()
        self._takings.stop()
        self._inspection.stop(10)
        self._sign_ins.stop(5)
        self._heartbeats.stop(5)
        self._alive.stop(by_administrator=by_administrator)
        self._heartbeats.beat()
        self._sensor.stop(10)
        self._client.close()
        self._journal.close()

    @property
    def running(self) -> bool:
        """Everything that must run does."""
        parts = (self._inspection, self._connections, self._heartbeats)
        return all(part.running for part in parts) and self._thread.is_alive() and self._sensor.health().running

    @property
    def is_outdated(self) -> bool:
        """Whether it must begin anew: with the model or without it, as the school wants, or enrolled again."""
        return self._with_model != self._wants_model or self._is_enrolled_again

    @property
    def _is_enrolled_again(self) -> bool:
        try:
            return enrolled.read(self._settings.state) != self._device
        except SettingsError:
            return False  # it is being written

    @property
    def _wants_model(self) -> bool:
        return self._policy.policy is not None and self._policy.policy.second_opinion

    def _made_outbox(self) -> DeviceOutbox:
        settings = self._settings
        return DeviceOutbox(
            settings.outbox,
            derived(self._device.key, "outbox"),
            settings.outbox_megabytes * 2**20,
            settings.free_megabytes * 2**20,
            dropped=self._tell_dropped,
            shift=self._alive.shift,
            clock=self._clock,
        )

    def _made_sensor(self) -> Sensor:
        settings, device = self._settings, self._device
        return Sensor(
            SensorSettings(
                appliance_url=device.appliance_url,
                client_certificate=device.certificate,
                client_key=device.key,
                ca_file=device.trusted,
                public_key=device.public_key,
                outbox=settings.outbox,
                library=settings.library,
                library_key=device.library_key,
                library_seconds=settings.library_seconds,
                second_opinion=self._with_model,
            ),
            clock=self._clock,
            outbox=self._outbox,
            library=self._sealed("library"),
            building=Building(self._sealed("built"), SMALL),
            keeps=self._inspection.keeps,
            discretion=Discretion(step=REPORT_STEP, rounds=settings.round_seconds),
        )

    def _session_order(self, order: str, logins: Logins | None) -> Callable[[int], None]:
        unit = self._settings.session_unit
        return unit_order(unit, order) if logins and unit else lambda _: None

    def _sealed(self, name: str) -> SealedFile:
        return SealedFile(self._settings.state / f"{name}.sealed", derived(self._device.key, name))

    def _observe(self, seen: Observation, evidence: Callable[[], Evidence | None]) -> Detection | None:
        return self._sensor.observe(seen, evidence)

    def _monitored(self, account: str) -> Monitored:
        return self._monitoring.of(account)

    def _renew(self, asked: bool) -> None:
        if renew_where_due(self._client, self._settings.state, self._clock(), asked=asked):
            self._device = enrolled.read(self._settings.state)
            self._sensor.client.reread_certificate()

    def _tell_dropped(self, detections: int) -> None:
        self._journal.mark(DROPPED, str(int(self._journal.marked(DROPPED) or 0) + detections))
        said = f"{detections} of the least severity, the oldest first."
        self._journal.add(Happened.DROPPED, self._clock(), said=said)

    def _condition(self) -> Condition:
        settling = self._passed() - self._began < SETTLING or self._inspection.waits
        return condition_of(
            self._sensor.health(),
            model_version=self._sensor.model_version,
            dropped=int(self._journal.marked(DROPPED) or 0),
            last_detection_at=self._inspection.last_detection_at,
            settling=settling,
            troubles=(self._policy.error, *self._inspection.troubles, *self._connections.unseen),
        )

    def _connection(self) -> str:
        if not self._heartbeats.error:
            return "connected"
        answered = self._heartbeats.answered_at
        return f"not reached since {answered:%Y-%m-%d %H:%M} UTC" if answered else "not reached since the start"

    def _look(self) -> None:
        """Something may hold now that did not before."""
        self._looks.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._looks.clear()
            present = self._sign_ins.accounts
            self._pauses.look_at(present)
            self._gaps.look(present)
            self._connections.refresh()
            self._looks.wait(LOOK_AGAIN)
