"""What a sensor compares with: a library, for all and for groups, and a second opinion; replaced while it runs."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from detection.client import Client
from detection.detector import Detector
from detection.grading import Detection
from detection.group_libraries import NO_GROUPS, Groups
from detection.kept_file import Kept
from detection.library import SHIPPED, Library, load
from detection.library_building import Building
from detection.library_bundle import read
from detection.library_keys import read_public
from detection.library_updates import LibraryUpdates
from detection.observation import AgeBand, Observation
from detection.opinion import Reads
from detection.personal_information import PersonalInformation
from detection.recent import Recent
from detection.sensor_settings import SensorSettings


class Detects(Protocol):
    def detect(self, observation: Observation) -> Detection | None: ...


class InForce:
    """The parameters are those of a Sensor; ``cache`` keeps what the appliance gave. SettingsError or LibraryError."""

    def __init__(
        self,
        settings: SensorSettings,
        client: Client,
        recent: Recent,
        *,
        detector: Detects | None,
        cache: Kept,
        clock: Callable[[], datetime],
        building: Building | None,
        at_hand: Library | None,
    ) -> None:
        self._recent = recent
        self.library_version = ""
        """Empty where the detector was given."""
        self._second = _second() if settings.second_opinion and detector is None else None
        self._youngest = AgeBand(settings.youngest_band)
        self._personal = PersonalInformation(settings.school_names)
        self.updates = _updates(settings, client, cache, self.replace, clock, building)
        """None where the appliance signs none."""
        if detector is None:
            recalled = self.updates.recalled if self.updates else None
            phrases = recalled.library if recalled else at_hand or _of_folder(settings, building)
            detector = self._made(phrases, recalled.groups if recalled else NO_GROUPS)
            self.library_version = phrases.version
        self.detector: Detects = detector

    @property
    def model_version(self) -> str:
        """Empty where the phrases alone decide."""
        return self._second.version if self._second else ""

    def replace(self, library: Library, groups: Groups = NO_GROUPS) -> None:
        """From any thread: the next observation is compared with this one. What was seen before stays known."""
        now = self.detector
        self.detector = now.adapted(library, groups) if isinstance(now, Detector) else self._made(library, groups)
        self.library_version = library.version

    def _made(self, library: Library, groups: Groups) -> Detector:
        return Detector(library, self._recent, self._second, self._youngest, self._personal, groups)


def _second() -> Reads:
    """Imported only where it is wanted: what runs the model takes 30 MB before it has read a word."""
    from detection.model.second_opinion import SecondOpinion

    return SecondOpinion()


def _updates(
    settings: SensorSettings,
    client: Client,
    cache: Kept,
    take: Callable[[Library, Groups], None],
    clock: Callable[[], datetime],
    building: Building | None,
) -> LibraryUpdates | None:
    if settings.library_key is None:
        return None
    key = read_public(settings.library_key)
    reader = building.of_bundle if building else read
    return LibraryUpdates(client, key, cache, take, every=settings.library_seconds, clock=clock, reader=reader)


def _of_folder(settings: SensorSettings, building: Building | None) -> Library:
    phrases = settings.library or SHIPPED
    return building.of_folder(phrases) if building else load(phrases)
