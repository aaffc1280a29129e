"""The chat's rooms: who has said what, and who is listening."""

from collections.abc import Callable
from dataclasses import dataclass, field

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Said:
    author: str
    text: str


@dataclass(slots=True)
class Room:
    said: list[Said] = field(default_factory=list)
    listeners: list[Callable[[Said], None]] = field(default_factory=list)

    def say(self, said: Said) -> None:
        self.said.append(said)
        for listener in tuple(self.listeners):
            listener(said)


class Rooms:
    """Made as they are asked for. Used from one thread only, the chat server's."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._rooms = {name: Room() for name in names}

    def __getitem__(self, name: str) -> Room:
        return self._rooms.setdefault(name[:60], Room())

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._rooms)
