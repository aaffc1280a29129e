"""Why something was not read, and how often: counted, never named."""

import threading
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum


class Unread(StrEnum):
    LARGE = "too large"
    CROWDED = "too many at once"
    OUTSIDE = "a link out of its folder"
    REFUSED = "not readable by its owner's account"
    ENCRYPTED = "needs a password"
    UNKNOWN = "of a kind that is not read"
    BROKEN = "broken"
    TIMEOUT = "took too long"
    CRASHED = "its reader came to an end"
    NO_READER = "no program to read pictures with"


_OF_THE_DEVICE = (Unread.CROWDED, Unread.TIMEOUT, Unread.CRASHED, Unread.NO_READER)


class Tally:
    """From any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._unread = Counter[Unread]()
        self._read = 0

    def unread(self, why: Unread, count: int = 1) -> None:
        with self._lock:
            self._unread[why] += count

    def was_read(self) -> None:
        with self._lock:
            self._read += 1

    @property
    def read(self) -> int:
        return self._read

    def __getitem__(self, why: Unread) -> int:
        return self._unread[why]

    def sentences(self) -> Sequence[str]:
        """For whoever looks after the device. What lies in the file itself is no fault of the device, and left out."""
        with self._lock:
            counts = sorted(self._unread.items(), key=lambda each: list(Unread).index(each[0]))
        return [f"Not read of what was saved: {count}, {why}." for why, count in counts if why in _OF_THE_DEVICE]
