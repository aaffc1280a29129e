"""Kill the worker while it draws a capture, and between keeping the picture and saying so."""

import random
import time
from dataclasses import dataclass, field

from tests.appliance.deadline import eventually
from tests.journeys.pupil import Pupil
from tests.journeys.stages import Kill, Stage
from tests.journeys.stand import Stand
from tests.journeys.traces import channel_of, claims, unmarked_pictures

CHANCES = 8
LONGEST = 0.3
"""Seconds that a drawing is let go on after it was seen to have begun."""


@dataclass
class WorkerKiller:
    stand: Stand
    pupil: Pupil
    chance: random.Random
    _claims: set[tuple[str, str]] = field(default_factory=set)
    """Of workers killed before; nobody draws these until their lease is over."""
    _pictures: set[str] = field(default_factory=set)
    """Kept by workers that were killed before they could say so."""

    def drawing(self) -> Kill:
        for _ in range(CHANCES):
            self._await_drawing()
            time.sleep(self.chance.uniform(0, LONGEST))
            self.stand.freeze("worker")
            if self._stage() is Stage.DRAWING:
                break
            self.stand.thaw("worker")
        return self._kill()

    def marking(self) -> Kill:
        """Somebody else's lock on the database keeps it from saying so for as long as it takes to see that."""
        for _ in range(CHANCES):
            self._await_drawing()
            with self.stand.locked():
                if self._keeps_a_picture():
                    return self._kill()
        return self._kill()

    def _await_drawing(self) -> None:
        self.pupil.search()
        eventually(lambda: self._stage() is Stage.DRAWING, within=60)

    def _keeps_a_picture(self) -> bool:
        """False where it had said so before the lock, or draws for longer than it would wait for the lock."""
        deadline = time.monotonic() + 8
        while (stage := self._stage()) is Stage.DRAWING and time.monotonic() < deadline:
            time.sleep(0.01)
        if stage is Stage.DRAWING:
            self._claims = claims(self.stand)
        return stage is Stage.MARKING

    def _kill(self) -> Kill:
        self.stand.kill("worker")
        claimed, kept = claims(self.stand), unmarked_pictures(self.stand)
        stage = self._stage_of(claimed, kept)
        what = sorted(channel_of(self.stand, id) for id, _ in claimed - self._claims)
        self._claims, self._pictures = claimed, kept
        return Kill("worker", stage, " and ".join(what) or "between two")

    def _stage(self) -> Stage:
        return self._stage_of(claims(self.stand), unmarked_pictures(self.stand))

    def _stage_of(self, claimed: set[tuple[str, str]], kept: set[str]) -> Stage:
        if not claimed - self._claims:
            return Stage.ELSEWHERE
        return Stage.MARKING if kept - self._pictures else Stage.DRAWING
