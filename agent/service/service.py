"""The service with all its parts in place: sessions say what they see, and what is detected is on its way."""

from collections.abc import Callable
from datetime import UTC, datetime

from agent.enrolment import enrolled
from agent.enrolment.derived_key import derived
from agent.enrolment.renewal import renew_where_due
from agent.service.accounts import Accounts
from agent.service.addresses import own_addresses
from agent.service.alive import Alive, boot_id, since_boot
from agent.service.condition import condition_of
from agent.service.device_sensor import device_sensor
from agent.service.dropped import Dropped
from agent.service.heartbeat import Condition, Heartbeats
from agent.service.inspection import Inspection
from agent.service.journal import Journal
from agent.service.logins import Logins
from agent.service.monitoring import Monitoring
from agent.service.outbox import DeviceOutbox
from agent.service.policy_kept import PolicyKept
from agent.service.school_clock import SchoolClock
from agent.service.sealed_file import SealedFile
from agent.service.sessions import Sessions
from agent.service.settings import AgentSettings
from agent.service.whereabouts import Whereabouts
from detection.client import Client
from detection.grading import Detection
from detection.observation import Evidence, Observation
from detection.settings import SettingsError

SETTLING = 30.0
"""Seconds after a start in which sessions may still have to say what they saw before it."""


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
        self._policy = PolicyKept(self._client, SealedFile.of(settings.state, device.key, "policy"), self._look)
        accounts = Accounts(SealedFile.of(settings.state, device.key, "accounts"), clock)
        whereabouts = Whereabouts(own_addresses, passed)
        school_clock = SchoolClock(clock, passed)
        self._heartbeats = Heartbeats(
            self._client,
            self._journal,
            accounts,
            self._policy,
            whereabouts,
            school_clock,
            self._condition,
            renew=self._renew,
            changed=self._look,
            clock=clock,
            every=settings.heartbeat_seconds,
        )
        self._monitoring = Monitoring(
            accounts,
            self._policy,
            whereabouts,
            device=device.device,
            organisation=device.organisation,
            clock=school_clock,
            revoked=lambda: self._heartbeats.revoked,
            connection=lambda: self._heartbeats.connection,
        )
        self._dropped = Dropped(self._journal, clock)
        outbox = self._made_outbox()
        self._inspection = Inspection(self._observe, self._monitoring.of, outbox, clock)
        self._with_model = self._wants_model
        self._sensor = device_sensor(
            settings, device, outbox, keeps=self._inspection.keeps, second_opinion=self._with_model, clock=clock
        )
        self._sessions = Sessions(
            settings,
            self._journal,
            self._monitoring,
            self._inspection.put,
            logins=logins,
            clock=clock,
            changed=self._heartbeats.wake,
        )
        self._began = passed()

    def start(self) -> None:
        self._alive.begin()
        for part in (self._alive, self._sensor, self._inspection, self._sessions, self._heartbeats):
            part.start()

    def stop(self, *, by_administrator: bool = True) -> None:
        """What is under way is finished; what waits stays in the outbox. The school hears of it at once, if it can."""
        self._sessions.hang_up()
        self._inspection.stop(10)
        self._sessions.stop(5)
        self._heartbeats.stop(5)
        self._alive.stop(by_administrator=by_administrator)
        self._heartbeats.beat()
        self._sensor.stop(10)
        self._client.close()
        self._journal.close()

    @property
    def running(self) -> bool:
        """Everything that must run does."""
        parts = (self._inspection, self._sessions, self._heartbeats)
        return all(part.running for part in parts) and self._sensor.health().running

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
            dropped=self._dropped.tell,
            shift=self._alive.shift,
            clock=self._clock,
        )

    def _observe(self, seen: Observation, evidence: Callable[[], Evidence | None]) -> Detection | None:
        return self._sensor.observe(seen, evidence)

    def _renew(self, asked: bool) -> None:
        if renew_where_due(self._client, self._settings.state, self._clock(), asked=asked):
            self._device = enrolled.read(self._settings.state)
            self._sensor.client.reread_certificate()

    def _condition(self) -> Condition:
        settling = self._passed() - self._began < SETTLING or self._inspection.waits
        return condition_of(
            self._sensor.health(),
            model_version=self._sensor.model_version,
            dropped=self._dropped.count,
            last_detection_at=self._inspection.last_detection_at,
            settling=settling,
            troubles=(self._policy.error, *self._inspection.troubles, *self._sessions.unseen),
        )

    def _look(self) -> None:
        """Something may hold now that did not before."""
        self._sessions.look()
