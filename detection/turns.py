"""Which letter is next, and when: order while the appliance is away, and no letter in the way of others."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from detection.answers import Backoff
from detection.letters import Kind, Letter
from detection.outbox import Outbox

LONGEST_PAUSE = 3600.0
"""Seconds; one wrong Retry-After must not silence a sensor for good."""


@dataclass(slots=True)
class _Lane:
    """Detections and evidence wait separately, so that a stubborn picture never delays a detection."""

    kinds: tuple[Kind, ...]
    failures: int = 0
    until: float = 0.0


class Turns:
    """``steady`` counts seconds and never jumps. What asks the outbox may raise OutboxError."""

    def __init__(self, outbox: Outbox, steady: Callable[[], float], backoff: Backoff) -> None:
        self._outbox, self._steady, self._backoff = outbox, steady, backoff
        self._lanes = (_Lane((Kind.DETECTION,)), _Lane((Kind.SUPPLEMENT, Kind.BLOB)))
        self._away_until = 0.0

    def away(self) -> float:
        """For how many seconds more nothing is to be sent at all; 0 or less when something may."""
        return self._away_until - self._steady()

    def next_letter(self, but: Collection[tuple[Kind, str]] = ()) -> Letter | None:
        """What to send now, but none of these; None where nothing may be sent yet."""
        for lane in self._lanes:
            now = self._steady()
            if now >= lane.until:
                due = (letter for kind in lane.kinds for letter in self._outbox.due(kind, now, 1 + len(but)))
                if letter := next((letter for letter in due if (letter.kind, letter.key) not in but), None):
                    return letter
        return None

    def until_next(self) -> float | None:
        """For how many seconds nothing of what waits may be sent; None where nothing waits."""
        firsts = [(lane.until, self._outbox.next_at(lane.kinds)) for lane in self._lanes]
        return min((max(until, at) - self._steady() for until, at in firsts if at is not None), default=None)

    def pause(self, failures: int, at_least: float = 0.0) -> None:
        """The appliance is away: keep the order, and try one letter when the pause is over. ``failures``: in a row."""
        pause = max(self._backoff.after(failures), min(at_least, LONGEST_PAUSE))
        self._away_until = self._steady() + pause

    def went(self, letter: Letter) -> None:
        self._lane(letter).failures = 0

    def try_later(self, letter: Letter) -> None:
        """It may be this letter's own fault, so the others get their turn before its next."""
        lane, now = self._lane(letter), self._steady()
        lane.failures += 1
        lane.until = now + self._backoff.after(lane.failures)
        self._outbox.retry_at(letter.kind, letter.key, now + self._backoff.after(letter.tries + 1))

    def _lane(self, letter: Letter) -> _Lane:
        return next(lane for lane in self._lanes if letter.kind in lane.kinds)
