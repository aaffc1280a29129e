"""Where in a capture file the replay is: the clock and the coordinates of everything it finds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from proxy_addons.replay.streams import Event

_SPACE = UUID("6f1d6a53-2a39-5a0e-9f0a-6a8f0d6b7c11")
LAST = datetime(2199, 12, 31, tzinfo=UTC).timestamp()
"""The wire knows no later year."""


@dataclass(slots=True)
class Playhead:
    file_sha256: str
    library_version: str
    _at: float = 0.0
    _place: str = ""
    _count: int = 0

    def move(self, event: Event) -> None:
        self.move_to(event.at, f"{event.stream.number}/{event.side.value}/{event.offset}")

    def move_to(self, at: float, place: str) -> None:
        """To a step of a flow, where a recording has no packets."""
        self._at, self._place, self._count = at, place, 0

    def now(self) -> datetime:
        """The packet's time."""
        return moment(self._at)

    def next_id(self) -> str:
        """The same for the same file, place in it, and library: delivering twice makes one row."""
        self._count += 1
        return uuid5(_SPACE, f"{self.file_sha256}/{self._place}/{self._count}/{self.library_version}").hex


def moment(at: float) -> datetime:
    """Of a packet; of one whose time cannot be, the beginning of all time."""
    return datetime.fromtimestamp(at if 0 <= at <= LAST else 0, UTC)
