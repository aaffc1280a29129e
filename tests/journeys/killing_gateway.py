"""Kill the gateway while it inspects, between its commit and passing on, and while it sends.

Nothing in it knows of this: it is frozen from outside, looked at, and killed or let go on.
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle

from tests.appliance.deadline import eventually
from tests.journeys.pupil import Pupil, Try
from tests.journeys.stages import Kill, Stage
from tests.journeys.stand import Stand
from tests.journeys.traces import filed, letters, unread_bytes
from tests.journeys.wire_between import GATED, ON_THE_WAY, State

CHANCES = 8
"""Things the pupil does in one round while the stage is not hit."""


@dataclass
class GatewayKiller:
    stand: Stand
    pupil: Pupil
    chance: random.Random
    found: set[str] = field(default_factory=set)
    """Markers on disk when the gateway was killed: they must arrive whoever saw an answer."""

    def __post_init__(self) -> None:
        wire = self.stand.wire
        held, answered = (wire.way_in, State.ARRIVED), (wire.way_back, State.ANSWERED)
        self._ways = cycle(((*held, True), (*answered, False), (*held, False)))

    def inspecting(self) -> Kill:
        return self._while_at_work(Stage.INSPECTING, (self.pupil.page, self.pupil.post), linger=0.02)

    def row_written(self) -> Kill:
        return self._while_at_work(Stage.ROW_WRITTEN, (self.pupil.messages,), linger=0.01)

    def sending(self) -> Kill:
        """The POST never gets there; or only after the gateway's death; or the gateway never hears that it did."""
        gate, state, is_lost = next(self._ways)
        gate.clear()
        what = self.pupil.answered(self.chance.choice((self.pupil.search, self.pupil.page)))
        eventually(lambda: self._on_the_wire() == state.value, within=60)
        kill = self._kill(what)
        if is_lost:
            self.stand.wire.lose()
        return kill

    def _while_at_work(self, stage: Stage, kinds: Sequence[Callable[[], Try]], linger: float) -> Kill:
        """Something else is answered first: what was passed on must not hang on what is not."""
        self.pupil.answered(self.pupil.search)
        for _ in range(CHANCES):
            what = self.chance.choice(kinds)()
            if self._caught(what, stage) and (seen := self._a_moment_later(what, linger)):
                return self._kill(what, seen)
        return self._kill(what)

    def _caught(self, what: Try, stage: Stage) -> bool:
        """Leaves the gateway frozen at that stage; False once it is past it."""
        while not what.ended.is_set():
            self.stand.freeze("gateway")
            if self._at(what) is stage:
                return True
            self.stand.thaw("gateway")
            time.sleep(0.002)
        return False

    def _a_moment_later(self, what: Try, linger: float) -> Stage | None:
        """Leaves the gateway frozen where it has come to by then, so that not only beginnings are tried."""
        self.stand.thaw("gateway")
        time.sleep(self.chance.uniform(0, linger))
        self.stand.freeze("gateway")
        if stage := self._at(what):
            return stage
        self.stand.thaw("gateway")
        return None

    def _at(self, what: Try) -> Stage | None:
        """Of a frozen gateway: which of its stages the message is at, or none."""
        if self._is_passed_on(what):
            return None
        if what.markers[0] in letters(self.stand).ids:
            return Stage.ROW_WRITTEN
        come = what.is_written or what.path in self.stand.web.given
        everything = unread_bytes(self.stand.web.port, self.stand.ports.proxy) == 0
        return Stage.INSPECTING if come and everything else None

    def _is_passed_on(self, what: Try) -> bool:
        return what.received > 0 or (what.is_written and what.path in self.stand.web.asked)

    def _kill(self, what: Try, seen: Stage | None = None) -> Kill:
        way = self._on_the_wire()
        self.stand.kill("gateway")
        eventually(what.ended.is_set)
        left = letters(self.stand)
        self.found |= left.ids.keys()
        if what.whole and way and what.markers[0] in left.ids:
            return Kill("gateway", Stage.SENDING, way)
        if seen is None or self._is_passed_on(what):
            return Kill("gateway", Stage.ELSEWHERE, what.kind)
        if seen is Stage.INSPECTING and filed(self.stand)[what.markers[0]]:
            return Kill("gateway", Stage.ROW_WRITTEN, f"{what.kind}, of which one was delivered already")
        return Kill("gateway", seen, what.kind)

    def _on_the_wire(self) -> str:
        """How far the detection has come that is being sent; empty if none is."""
        under_way = (p for p in self.stand.wire.passed[-20:] if p.path == GATED and p.state in ON_THE_WAY)
        return next((passing.state.value for passing in under_way), "")
