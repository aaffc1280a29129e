"""Files that were touched, until nothing has touched them for a while: a program saves in more than one step."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

File = TypeVar("File", bound=Hashable)


@dataclass(slots=True)
class _Wait:
    since: float
    until: float


class Settling(Generic[File]):
    """Not thread-safe. Times are seconds of a clock that only goes forward."""

    def __init__(self, *, quiet: float, longest: float, most: int) -> None:
        """Due after ``quiet`` seconds in which nothing happened, at the latest ``longest`` after the first touch: what
        is written to without end is read all the same. At most ``most`` wait."""
        self._quiet, self._longest, self._most = quiet, longest, most
        self._waiting: dict[File, _Wait] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def touch(self, file: File, now: float) -> bool:
        """False where there is no room for it."""
        if wait := self._waiting.get(file):
            wait.until = min(now + self._quiet, wait.since + self._longest)
        elif len(self._waiting) >= self._most:
            return False
        else:
            self._waiting[file] = _Wait(now, now + self._quiet)
        return True

    def forget(self, file: File) -> None:
        self._waiting.pop(file, None)

    def take(self, now: float) -> File | None:
        """One that is due, and does not wait any longer."""
        found = next((file for file, wait in self._waiting.items() if wait.until <= now), None)
        if found is not None:
            del self._waiting[found]
        return found

    def next(self) -> float | None:
        """When the next is due."""
        return min((wait.until for wait in self._waiting.values()), default=None)

    def clear(self) -> None:
        self._waiting.clear()
