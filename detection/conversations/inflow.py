"""One side's bytes as they come, taken off again by the line or by the count; what is over a limit is passed over."""

from detection.extract.limits import cut, leave_out

LONGEST_LINE = 64 << 10


class Inflow:
    def __init__(self, longest: int = LONGEST_LINE) -> None:
        """Of a longer line the first ``longest`` bytes are given."""
        self._longest = longest
        self._held = bytearray()
        self._searched = 0
        self._cut: bytes | None = None
        """The beginning of a line that is too long, while the rest passes."""
        self._to_come = 0
        self._is_too_long = False
        self._kept: bytearray | None = None
        self._most_kept = 0

    def __len__(self) -> int:
        return len(self._held) + len(self._kept or b"")

    def add(self, data: bytes) -> None:
        self._held += data

    def line(self) -> bytes | None:
        """Without its end; None as long as that has not come."""
        end = self._held.find(b"\n", self._searched)
        if end < 0:
            if len(self._held) > self._longest:
                if self._cut is None:
                    self._cut = bytes(self._held[: self._longest])
                    leave_out()
                self._held.clear()
            self._searched = len(self._held)
            return None
        line = self._cut if self._cut is not None else cut(bytes(self._held[:end]), self._longest)
        del self._held[: end + 1]
        self._cut, self._searched = None, 0
        return line.removesuffix(b"\r")

    def exactly(self, count: int) -> bytes | None:
        """Exactly so many, once they are there."""
        if len(self._held) < count:
            return None
        taken = bytes(self._held[:count])
        del self._held[:count]
        self._searched = 0
        return taken

    def peek(self, count: int) -> bytes:
        return bytes(self._held[:count])

    def count_off(self, count: int, most: int, *, wanted: bool = True) -> None:
        """The next ``count`` bytes belong together; ``counted`` gives the first ``most`` of them when all have come, or
        none where nobody wants them."""
        most = most if wanted else 0
        self._is_too_long = wanted and count > most
        self._to_come = count
        self._most_kept, self._kept, self._searched = most, bytearray(), 0

    @property
    def is_counting(self) -> bool:
        return self._kept is not None

    def counted(self) -> bytes | None:
        if self._kept is None:
            return None
        come = min(self._to_come, len(self._held))
        self._kept += self._held[: min(come, max(0, self._most_kept - len(self._kept)))]
        del self._held[:come]
        self._to_come -= come
        if self._to_come:
            return None
        kept, self._kept = bytes(self._kept), None
        if self._is_too_long:
            leave_out()
        return kept
