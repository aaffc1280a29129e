"""What time it is at school: by the appliance once it has answered, so that hours are not this device's to set."""

from collections.abc import Callable
from datetime import datetime, timedelta


class SchoolClock:
    """``clock`` is the device's own, which counts as long as nobody has told better; ``passed`` never jumps."""

    def __init__(self, clock: Callable[[], datetime], passed: Callable[[], float]) -> None:
        self._clock, self._passed = clock, passed
        self._told: tuple[datetime, float] | None = None

    def __call__(self) -> datetime:
        if self._told is None:
            return self._clock()
        at, then = self._told
        return at + timedelta(seconds=self._passed() - then)

    def told(self, now: datetime) -> None:
        """By the appliance, just now."""
        self._told = now, self._passed()
