"""Keep a copy of a body that may be a document while it flows straight through."""

import threading

from detection.documents.kind import LOOK_AT, begins_like_a_document
from proxy_addons.first_part import FirstPart


class Allowance:
    """Bytes for all copies together."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._lock = threading.Lock()  # taken on the event loop, given back by whoever has read

    def take(self, size: int) -> bool:
        with self._lock:
            if size > self._left:
                return False
            self._left -= size
            return True

    def give_back(self, size: int) -> None:
        with self._lock:
            self._left += size


class DocumentCopy(FirstPart):
    """For others it is the FirstPart it stands in for, of ``read`` bytes; 0 where it stands in for none."""

    def __init__(self, allowance: Allowance, limit: int, *, read: int = 0, sure: bool = False) -> None:
        """Not ``sure``: what does not begin like a document is not kept."""
        super().__init__(limit)
        self._allowance, self._read, self._sure = allowance, read, sure
        self._taken = 0
        self.crowded = False
        """There was no room for it among the others."""

    def __call__(self, chunk: bytes) -> bytes:
        # Nothing in here may fail: an exception in a stream callable hangs the client.
        before = len(self._kept)
        super().__call__(chunk)
        grown = len(self._kept) - before
        if grown and not self._allowance.take(grown):
            self.crowded = True
            self._stop(min(before, self._read))
        else:
            self._taken += grown
        if not self._sure and len(self._kept) >= LOOK_AT:
            self._sure = begins_like_a_document(bytes(self._kept[:LOOK_AT]))
            if not self._sure:
                self._stop(self._read)
        return chunk

    @property
    def body(self) -> bytes:
        """For those who read the first part of language."""
        return bytes(self._kept[: self._read])

    @property
    def whole(self) -> bool:
        return not self._read or self.size <= self._read

    def hand_over(self) -> tuple[bytes, bool]:
        """What was kept, and whether it is all; empty where it is no document. To be asked last, and once; ``done``
        gives its room back."""
        kept, all_of_it = bytes(self._kept), self.size == len(self._kept)
        self._kept.clear()
        return (kept, all_of_it) if self._sure or begins_like_a_document(kept[:LOOK_AT]) else (b"", True)

    def done(self) -> None:
        self._allowance.give_back(self._taken)
        self._taken = 0

    def _stop(self, keep: int) -> None:
        self._limit = min(keep, self._limit)
        del self._kept[self._limit :]
        back = max(0, self._taken - len(self._kept))
        self._allowance.give_back(back)
        self._taken -= back
