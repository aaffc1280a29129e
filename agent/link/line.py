"""The line between session and service, whatever the system makes it of: a Unix socket, or a named pipe of Windows."""

from dataclasses import dataclass
from typing import Protocol


class Hears(Protocol):
    def recv(self, most: int, /) -> bytes:
        """Waits for something, and gives at most ``most`` bytes of it; empty where the other end has gone."""


class Says(Protocol):
    def sendall(self, data: bytes, /) -> None: ...


class Line(Hears, Says, Protocol):
    """May be read by one thread and written by another at the same time. OSError where it broke, or nobody was heard
    or listened for as long as was agreed when it was made."""

    def hang_up(self) -> None:
        """From any thread, and more than once: whoever waits to hear something is told that the other end has gone."""

    def close(self) -> None:
        """Once nobody reads or writes any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Who is at the other end, as the system knows it and nobody else can say."""

    number: int
    """The account's, by which logs name it."""
    account: str
    """Empty where the system knows no name for it."""


class SessionLine(Line, Protocol):
    def peer(self) -> Peer:
        """May wait until the other end says something. OSError where it cannot be told: then nothing is believed."""


class Listening(Protocol):
    def accept(self) -> SessionLine:
        """Waits for a session. OSError once it was closed."""

    def close(self) -> None:
        """From any thread."""
