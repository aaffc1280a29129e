"""The few calls of Windows that tell of a window, as functions over plain values."""

from collections.abc import Sequence
from typing import Protocol

from agent.session.picture import Pixels


class WindowCalls(Protocol):
    """A window is its handle, 0 is none. None of it raises for a window or a process that is gone."""

    def foreground(self) -> int: ...

    def title(self, window: int) -> str: ...

    def process(self, window: int) -> int: ...

    def children(self, window: int) -> Sequence[int]: ...

    def program(self, process: int) -> str:
        """Its file; empty where that may not be known."""

    def description(self, program: str) -> str:
        """What the file itself says it is, such as "Microsoft Word"."""

    def idle(self) -> float:
        """Seconds since the last key or movement in this session."""

    def pixels(self, window: int) -> Pixels | None: ...
