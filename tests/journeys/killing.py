"""Rounds of killing: each aims at the stage hit least so far, and starts the killed program again."""

import random
from collections import Counter
from collections.abc import Callable

from tests.journeys.killing_appliance import ApplianceKiller
from tests.journeys.killing_gateway import GatewayKiller
from tests.journeys.killing_worker import WorkerKiller
from tests.journeys.pupil import Pupil
from tests.journeys.stages import WHOM, Kill, Stage
from tests.journeys.stand import Stand

SPARE = 10
"""Rounds beyond those asked for, to make up for misses."""


class Killer:
    def __init__(self, stand: Stand, pupil: Pupil, chance: random.Random) -> None:
        self._stand, self._chance = stand, chance
        self.kills: list[Kill] = []
        self._gateway = GatewayKiller(stand, pupil, chance)
        appliance, worker = ApplianceKiller(stand, pupil, chance), WorkerKiller(stand, pupil, chance)
        self._aims: dict[Stage, Callable[[], Kill]] = {
            Stage.INSPECTING: self._gateway.inspecting,
            Stage.ROW_WRITTEN: self._gateway.row_written,
            Stage.SENDING: self._gateway.sending,
            Stage.INGESTING: appliance.ingesting,
            Stage.DRAWING: worker.drawing,
            Stage.MARKING: worker.marking,
        }

    @property
    def found(self) -> set[str]:
        """Markers that were on the gateway's disk when it was killed."""
        return self._gateway.found

    def rounds(self, number: int, least: int) -> None:
        """A few more than ``number`` where a stage was missed so often that it was hit less than ``least`` times."""
        while len(self.kills) < number or (self._fewest() < least and len(self.kills) < number + SPARE):
            self.round(self._next())

    def round(self, stage: Stage) -> None:
        self.kills.append(self._aims[stage]())
        self._stand.wire.open()
        self._stand.start(WHOM[stage])

    def _fewest(self) -> int:
        hits = Counter(kill.stage for kill in self.kills)
        return min(hits[stage] for stage in WHOM)

    def _next(self) -> Stage:
        """Any of those that were hit least."""
        hits = Counter(kill.stage for kill in self.kills)
        return self._chance.choice([stage for stage in WHOM if hits[stage] == self._fewest()])
