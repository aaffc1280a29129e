"""Where in a capture file the replay is: the clock and the coordinates of everything it finds."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid5

from proxy_addons.replay.stream import Event

_SPACE = UUID("6f1d6a53-2a39-5a0e-9f0a-6a8f0d6b7c11")
LAST = datetime(2199, 12, 31, tzinfo=UTC).timestamp()
"""The wire knows no later year."""


@dataclass(slots=True)
class Playhead:
    file_sha256: str
    library_version: str
    _now: datetime = field(default_factory=lambda: moment(0.0))
    _place: str = ""
    _count: Counter[str] = field(default_factory=Counter)

    def move_to(self, now: datetime, place: str) -> None:
        self._now, self._place = now, place
        self._count.clear()

    def now(self) -> datetime:
        """The packet's time."""
        return self._now

    def next_id(self, subject_key: str) -> str:
        """The same for the same file, place in it, person and library: delivering twice makes one row. It does not
        depend on what others do at this place, who may be another job's."""
        self._count[subject_key] += 1
        number = self._count[subject_key]
        place = f"{self.file_sha256}/{self._place}/{subject_key}/{number}/{self.library_version}"
        return uuid5(_SPACE, place).hex


def place_of(event: Event) -> str:
    """No other event of the capture has it."""
    return f"{event.stream.number}/{event.side.value}/{event.offset}"


def moment(at: float) -> datetime:
    """Of a packet; of one whose time cannot be, the beginning of all time."""
    return datetime.fromtimestamp(at if 0 <= at <= LAST else 0, UTC)
