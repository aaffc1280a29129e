"""Who watches a replay: somebody who only looks, or a sensor that delivers what it finds."""

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from detection import settings
from detection.detector import Detector
from detection.grading import Detection
from detection.library import Library
from detection.observation import Observation, Subject
from detection.recent import Recent
from detection.sensor import Collect, Sensor, SensorSettings
from proxy_addons.replay.capture_file import file_sha256

DELIVERY = 600.0
"""Seconds the appliance may take to accept everything."""
AT_THE_END = 1e9
"""Fuller bundles are collected once the whole file is read, so that they are the same every time."""


class Spectator(Protocol):
    library_version: str

    def observe(
        self, observation: Observation, evidence: Collect | None, later: Collect | None = None
    ) -> Detection | None: ...

    def subject_for(self, address: str, device: str | None, now: datetime) -> Subject: ...

    def finish(self) -> bool:
        """Whether everything found has arrived where it belongs."""


class Onlooker:
    def __init__(self, library: Library) -> None:
        self.library_version = library.version
        self._detector = Detector(library, Recent())

    def observe(
        self, observation: Observation, evidence: Collect | None, later: Collect | None = None
    ) -> Detection | None:
        return self._detector.detect(observation)

    def subject_for(self, address: str, device: str | None, now: datetime) -> Subject:
        return Subject(address=address)

    def finish(self) -> bool:
        return True


class Deliverer:
    """The sensor every program uses. SettingsError, OutboxError where it cannot start."""

    def __init__(self, file: Path, library: Library, capture: Path) -> None:
        given = settings.load(file, SensorSettings)
        # Names of evidence must be the same each time, or a second delivery would seem to say something else.
        salt = hashlib.sha256(given.token_file.read_bytes() + file_sha256(capture).encode()).digest()
        self._sensor = Sensor(replace(given, later_seconds=AT_THE_END), salt_key=salt)
        self._sensor.replace_library(library)
        self.library_version = library.version
        self._sensor.bindings.refresh()
        self._sensor.start()

    def observe(
        self, observation: Observation, evidence: Collect | None, later: Collect | None = None
    ) -> Detection | None:
        return self._sensor.observe(observation, evidence, later)

    def subject_for(self, address: str, device: str | None, now: datetime) -> Subject:
        return self._sensor.bindings.subject_for(address, device, now)

    def finish(self) -> bool:
        return self._sensor.finish(DELIVERY)
