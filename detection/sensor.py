"""What every sensor shares: an observation goes in; what is flagged is sealed, on disk, and on its way."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from detection.beside_canary import beside_canary
from detection.bindings import Bindings
from detection.canary import Canary, read_key
from detection.client import Client
from detection.grading import Detection
from detection.helplines import is_private
from detection.illegal_lists import IllegalLists
from detection.illegal_sighting import Sighting, detection_of, observation_of
from detection.in_force import Detects, InForce
from detection.kept_file import Kept, KeptFile
from detection.library import Library
from detection.library_building import Building
from detection.library_keys import read_public
from detection.observation import Observation
from detection.outbox import Outbox, OutboxCounts, OutboxError
from detection.outgoing import OPEN, Discretion, Outgoing
from detection.recent import Recent
from detection.reporter import Collect
from detection.sealing import read_public_key
from detection.sensor_health import SensorHealth, SensorTally, health
from detection.sensor_settings import SensorSettings

__all__ = ["Collect", "Sensor", "SensorHealth", "SensorSettings"]


class Sensor:
    """A doubtful start raises SettingsError, LibraryError or OutboxError."""

    def __init__(
        self,
        settings: SensorSettings,
        *,
        detector: Detects | None = None,
        salt_key: bytes | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        outbox: Outbox | None = None,
        library: Kept | None = None,
        keeps: Callable[[Detection], bool] = lambda _: True,
        discretion: Discretion = OPEN,
        building: Building | None = None,
        at_hand: Library | None = None,
    ) -> None:
        """``outbox`` and ``library``: where they are kept, if otherwise than in the files of the settings. ``keeps``:
        whether the school wants to know of a detection; what is not kept was never there.
        ``building``: who builds libraries; without, it is done here, in seconds at each start and with 60 MB more.
        ``at_hand``: what stands for the library of the settings, where that need not be read and built again."""
        self._keeps = keeps
        self._recent = Recent(minutes=settings.earlier_minutes)
        self._sealer = sealer = read_public_key(settings.public_key, salt_key)
        self.illegal = _illegal(settings)
        self._canary = Canary(read_key(settings.canary_key)) if settings.canary_key else None
        self.client = Client(settings.client)
        self._in_force = InForce(
            settings,
            self.client,
            self._recent,
            detector=detector,
            cache=library or KeptFile(settings.library_bundle),
            clock=clock,
            building=building,
            at_hand=at_hand,
        )
        self.bindings = Bindings(self.client, settings.bindings_cache, every=settings.bindings_seconds, clock=clock)
        self._tally = SensorTally()
        self._outgoing = Outgoing(
            outbox or Outbox(settings.outbox, settings.outbox_megabytes * 2**20, settings.free_megabytes * 2**20),
            self.client,
            sealer,
            self._tally,
            clock=clock,
            later_seconds=settings.later_seconds,
            discretion=discretion,
        )

    def start(self) -> None:
        self._outgoing.start()
        self.bindings.start()
        self.illegal.start()
        if self._in_force.updates:
            self._in_force.updates.start()

    def stop(self, timeout: float = 10.0) -> bool:
        """Finish what is under way; what is not delivered stays in the outbox. Whether the time sufficed."""
        end = time.monotonic() + timeout
        stops = [self._outgoing.stop, self.bindings.stop, self.illegal.stop]
        stops += [self._in_force.updates.stop] if self._in_force.updates else []
        stopped = [stop(max(0.0, end - time.monotonic())) for stop in stops]
        self.client.close()
        self._outgoing.close()
        return all(stopped)

    def finish(self, timeout: float) -> bool:
        """For a program that comes to its end: deliver everything, then stop. Whether all was delivered in time."""
        delivered = self._outgoing.drain(timeout)
        return self.stop() and delivered

    @property
    def model_version(self) -> str:
        """Empty where the phrases alone decide."""
        return self._in_force.model_version

    def observe(
        self, observation: Observation, evidence: Collect | None = None, later: Collect | None = None
    ) -> Detection | None:
        """What is flagged is on the disk when this returns it, or, counted, in memory; OutboxError if in neither.

        Nothing that happened at a helpline is looked at or remembered. The canary's phrase makes a detection of its
        own, beside that of whatever else the text says.
        Called from one inspection thread. ``evidence`` is called only for what is flagged, and so is ``later``: some
        seconds afterwards, on a thread of the sensor's own, for a fuller bundle.
        """
        if is_private(observation):
            return None
        tested = self._tested(observation)
        detection = self._detection(observation)
        if detection and not self._keeps(detection):
            self._recent.forget(detection.once)
            detection = None
        if detection:
            self._report(detection, evidence, later)
        return detection or tested

    def _tested(self, observation: Observation) -> Detection | None:
        """The test it is, reported; None for none, and for one that was within the last minutes."""
        if self._canary is None:
            return None
        tested = self._canary.detection(observation, self._in_force.library_version)
        if tested is None:
            self._tally.stale_canaries += self._canary.is_stale(observation)
            return None
        if not self._is_first(tested):
            return None
        self._report(tested)
        self._tally.canaries += 1
        return tested

    def _detection(self, observation: Observation) -> Detection | None:
        detector = self._in_force.detector
        if self._canary is None:
            return detector.detect(observation)
        return beside_canary(observation, self._canary, detector, self._recent)

    def sighted(self, sighting: Sighting) -> Detection | None:
        """Report listed content; None for what was within the last minutes. OutboxError as for ``observe``.

        Nothing of it is remembered beside that it was reported, and no evidence is ever taken.
        """
        observation = observation_of(sighting, self._sealer)
        detection = detection_of(observation, sighting, self._in_force.library_version)
        if not self._is_first(detection):
            return None
        self._report(detection)
        return detection

    def _is_first(self, detection: Detection) -> bool:
        seen = detection.observation
        return self._recent.first_time(detection.once, seen.direction, seen.seen_at)

    def _report(self, detection: Detection, evidence: Collect | None = None, later: Collect | None = None) -> None:
        try:
            self._outgoing.report(detection, evidence, later)
        except OutboxError:
            # It never left: said again within ten minutes, it must not pass for a repeat.
            self._recent.forget(detection.once)
            raise

    def health(self) -> SensorHealth:
        try:
            counts: OutboxCounts | None = self._outgoing.counts()
        except OutboxError as e:
            counts, self._tally.outbox_error = None, str(e)
        return health(
            self._tally,
            counts,
            self._outgoing.state,
            self.bindings.state,
            self._in_force.updates.state if self._in_force.updates else None,
            self.illegal.state,
            running=self._outgoing.running,
            library_version=self._in_force.library_version,
        )


def _illegal(settings: SensorSettings) -> IllegalLists:
    key = read_public(settings.illegal_key, "illegal_key") if settings.illegal_key else None
    return IllegalLists(settings.illegal_lists, key, every=settings.illegal_seconds)
