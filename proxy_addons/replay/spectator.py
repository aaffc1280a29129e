"""Who watches a replay: somebody who only looks, or a sensor that delivers what it finds."""

import hashlib
import time
from copy import copy
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from detection.detector import Detector
from detection.grading import Detection
from detection.illegal_lists import IllegalLists
from detection.illegal_sighting import Sighting
from detection.library import Library
from detection.model.second_opinion import SecondOpinion
from detection.observation import Observation, Subject
from detection.recent import Recent
from detection.sensor import Collect, Sensor, SensorSettings
from proxy_addons.replay.fuller_bundles import FullerBundles, Promise

DELIVERY = 600.0
"""Seconds the appliance may take to accept everything."""
HOPELESS = 3
"""Failures in a row after which a replay waits no longer; the outbox keeps what is in it."""
SOON, NEVER = 0.001, 1e8
"""Seconds. Fuller bundles are waited for by the capture's clock; who is where must not change during a replay."""


class AwayError(ValueError):
    """The appliance does not say who is who. What was delivered under no name would later seem to say otherwise."""


class Spectator(Protocol):
    library_version: str

    @property
    def illegal(self) -> IllegalLists: ...

    def observe(
        self, observation: Observation, evidence: Collect | None, later: Collect | None = None
    ) -> Detection | None: ...

    def sighted(self, sighting: Sighting) -> Detection | None: ...

    def subject_for(self, address: str, device: str | None, now: datetime) -> Subject: ...

    def before(self, now: datetime) -> None:
        """The capture is about to come to this time."""

    def finish(self) -> str:
        """The capture has ended. Says what did not arrive where it belongs; empty if all did."""


class Onlooker:
    def __init__(self, library: Library) -> None:
        self.library_version = library.version
        self.illegal = IllegalLists((), None)
        self._detector = Detector(library, Recent(), SecondOpinion())

    def afresh(self) -> "Onlooker":
        """For another capture: nothing of this one is remembered, and what is built of the library is kept."""
        made = copy(self)
        made._detector = self._detector.afresh(Recent())
        return made

    def observe(
        self, observation: Observation, evidence: Collect | None, later: Collect | None = None
    ) -> Detection | None:
        return self._detector.detect(observation)

    def sighted(self, sighting: Sighting) -> Detection | None:
        """Without a key of the appliance's there is nothing to seal an address to, so there are no lists either."""
        return None

    def subject_for(self, address: str, device: str | None, now: datetime) -> Subject:
        return Subject(address=address)

    def before(self, now: datetime) -> None:
        pass

    def finish(self) -> str:
        return ""


class Deliverer:
    """The sensor every program uses. SettingsError, OutboxError or AwayError where it cannot start."""

    def __init__(self, settings: SensorSettings, library: Library, capture_sha256: str) -> None:
        self.library_version = library.version
        self._fuller = FullerBundles(settings.later_seconds)
        given = replace(settings, later_seconds=SOON, bindings_seconds=NEVER, library_key=None)
        # Names of evidence must be the same each time, or a second delivery would seem to say something else.
        salt = hashlib.sha256(given.secret_file.read_bytes() + capture_sha256.encode()).digest()
        self._sensor = Sensor(given, salt_key=salt, at_hand=library)
        self._set_aside_before = self._sensor.health().set_aside or 0
        self._sensor.bindings.refresh()
        self._sensor.start()
        if self._sensor.bindings.state.confirmed_at is None:
            error = self._sensor.bindings.state.last_error
            self._sensor.stop()
            raise AwayError(f"{settings.appliance_url}: the appliance does not say who is who: {error}")

    def observe(
        self, observation: Observation, evidence: Collect | None, later: Collect | None = None
    ) -> Detection | None:
        promise = Promise(later) if later else None
        detection = self._sensor.observe(observation, evidence, promise.wait if promise else None)
        if detection and promise:
            self._fuller.add(promise, observation.seen_at)
        return detection

    @property
    def illegal(self) -> IllegalLists:
        return self._sensor.illegal

    def sighted(self, sighting: Sighting) -> Detection | None:
        return self._sensor.sighted(sighting)

    def subject_for(self, address: str, device: str | None, now: datetime) -> Subject:
        return self._sensor.bindings.subject_for(address, device, now)

    def before(self, now: datetime) -> None:
        self._fuller.keep_until(now)

    def finish(self) -> str:
        self._fuller.keep_all()
        end = time.monotonic() + DELIVERY
        while (waits := self._waits()) and not self._is_hopeless() and time.monotonic() < end:
            time.sleep(0.05)
        refused = (self._sensor.health().set_aside or 0) - self._set_aside_before
        if not self._sensor.finish(1.0 if waits else DELIVERY):
            return "not all was delivered; what was not waits in the outbox"
        return "the appliance refused some of it, which is set aside in the outbox" if refused else ""

    def _waits(self) -> bool:
        health = self._sensor.health()
        return bool(health.waiting or health.blobs_waiting)

    def _is_hopeless(self) -> bool:
        return self._sensor.health().delivery_failures >= HOPELESS
