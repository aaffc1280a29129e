"""The last few pictures of what was on the screen, in memory only, for what led up to a sentence."""

from collections import deque
from collections.abc import Sequence

EVERY = 5.0
"""Seconds between two, while anything happens."""


class EarlierPictures:
    """Off until it is told how many. Takes a clock that never goes back, in seconds."""

    def __init__(self) -> None:
        self._frames: deque[bytes] = deque(maxlen=0)
        self._next = float("-inf")

    def keep(self, count: int) -> None:
        """At most so many; what is beyond is forgotten now."""
        if count != self._frames.maxlen:
            self._frames = deque(self._frames, maxlen=max(0, count))

    def wants(self, now: float) -> bool:
        return bool(self._frames.maxlen) and now >= self._next

    def add(self, picture: bytes, now: float) -> None:
        self._next = now + EVERY
        if picture:
            self._frames.append(picture)

    def forget(self) -> None:
        self._frames.clear()

    def all(self) -> Sequence[bytes]:
        """The oldest first."""
        return tuple(self._frames)
