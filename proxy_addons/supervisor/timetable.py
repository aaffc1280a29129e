"""What is done every so many seconds."""


class Timetable:
    """Times are seconds on a clock that does not jump."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}

    def is_due(self, what: str, every: float, now: float) -> bool:
        """Whether it is time; if so, the next time is ``every`` seconds from ``now``."""
        if now < self._due.get(what, now):
            return False
        self._due[what] = now + every
        return True

    def bring_forward(self, what: str) -> None:
        """It is due at the next question."""
        self._due.pop(what, None)
