"""Kill the appliance after it was given a detection, or a piece of evidence, and before it has answered."""

import random
import time
from contextlib import closing
from dataclasses import dataclass

from detection.json_object import read_object
from tests.appliance.deadline import eventually
from tests.journeys.pupil import Pupil
from tests.journeys.stages import Kill, Stage
from tests.journeys.stand import Stand
from tests.journeys.wire_between import ON_THE_WAY, Passing, State

CHANCES = 8
PATHS = ("/detections", "/evidence/")
MOMENT = 0.012
"""Seconds, about what it takes to file a detection."""


@dataclass
class ApplianceKiller:
    stand: Stand
    pupil: Pupil
    chance: random.Random

    def ingesting(self) -> Kill:
        """Before its commit, or after it: whichever was drawn is gone on for until it is had or gone by."""
        path, committed = self.chance.choice(PATHS), self.chance.choice((True, False))
        for _ in range(CHANCES):
            passing = self._given(path)
            time.sleep(self.chance.uniform(0, MOMENT))
            if self._caught(passing, committed):
                break
        self.stand.kill("appliance")
        eventually(lambda: passing.state not in ON_THE_WAY)
        stored = "was stored" if self._is_stored(passing) else "was not stored yet"
        note = f"{'a detection' if path == '/detections' else 'evidence'} {stored}"
        return Kill("appliance", Stage.INGESTING if passing.state is State.BROKEN else Stage.ELSEWHERE, note)

    def _caught(self, passing: Passing, committed: bool) -> bool:
        """Leaves the appliance frozen; False once it has answered."""
        while True:
            self.stand.freeze("appliance")
            time.sleep(0.005)  # an answer already given is then seen to be
            if passing.state is State.FORWARDED and (not committed or self._is_stored(passing)):
                return True
            self.stand.thaw("appliance")
            if passing.state is not State.FORWARDED:
                return False
            time.sleep(0.0005)

    def _given(self, path: str) -> Passing:
        """The next such request that the appliance has been given whole."""
        first = len(self.stand.wire.passed)
        self.pupil.page()

        def given() -> Passing | None:
            new = (passing for passing in self.stand.wire.passed[first:] if passing.path.startswith(path))
            return next((passing for passing in new if passing.state is not State.ARRIVED), None)

        deadline = time.monotonic() + 60
        while not (passing := given()):
            assert time.monotonic() < deadline
            time.sleep(0.001)
        return passing

    def _is_stored(self, passing: Passing) -> bool:
        with closing(self.stand.database()) as database:
            if passing.path == "/detections":
                id = read_object(passing.body).text("id")
                return bool(database.execute("SELECT 1 FROM captures WHERE id = ?", (id,)).fetchall())
            arrived = "SELECT 1 FROM evidence_parts WHERE name = ? AND arrived_at IS NOT NULL"
            return bool(database.execute(arrived, (passing.path.rpartition("/")[2],)).fetchall())
