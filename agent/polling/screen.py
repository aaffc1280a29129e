"""What a system is asked about its screen: the small part of the Windows and macOS code that differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from agent.session.desktop import Field, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """The field that has the keyboard."""

    field: Field
    text: str | None = None
    """As it stands; None for a secure field, and where the program does not tell."""


class Screen(Protocol):
    """All of it is called on one and the same thread, and blocks only for a bounded time."""

    def open(self) -> None:
        """Raises OSError, in a sentence, where there is no screen to be seen."""

    def close(self) -> None: ...

    def idle(self) -> float:
        """Seconds since the person last touched keyboard or mouse."""

    def window(self) -> Window | None: ...

    def focus(self, window: Window) -> Focus | None: ...

    def texts(self, window: Window) -> Sequence[str]: ...

    def picture(self, window: Window) -> bytes: ...

    def unseen(self) -> Sequence[str]: ...
