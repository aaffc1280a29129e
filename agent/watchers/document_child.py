"""The process that reads documents, while there are any: it is started for the first and ended when none has come."""

from collections.abc import Callable
from typing import Protocol

from detection.documents.child import Child
from detection.documents.contents import Contents


class ReadsDocuments(Protocol):
    """Blocks, for a bounded time, and never raises for what a document does."""

    def read(self, body: bytes) -> Contents: ...


class DocumentChild:
    """``read``, ``rest`` and ``next`` are for one thread, ``close`` for any."""

    def __init__(self, clock: Callable[[], float], *, idle: float = 60.0, start: Callable[[], Child] = Child) -> None:
        """``idle``: seconds after which it ends; its memory is worth more than the third of a second of its start."""
        self._clock, self._idle, self._start = clock, idle, start
        self._child: Child | None = None
        self._ends = 0.0

    def read(self, body: bytes) -> Contents:
        child = self._child = self._child or self._start()
        contents = child.read(body)
        self._ends = self._clock() + self._idle
        return contents

    def rest(self) -> None:
        """Ends it if its time has come."""
        if self._child and self._clock() >= self._ends:
            self.close()

    def next(self) -> float | None:
        """When ``rest`` has something to do."""
        return self._ends if self._child else None

    def close(self) -> None:
        child, self._child = self._child, None
        if child:
            child.close()
