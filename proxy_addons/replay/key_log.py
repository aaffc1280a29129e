"""The TLS keys that a capture file brings with it, as lines of an NSS key log."""

from collections.abc import Iterator

MOST = 16 << 20
"""Bytes kept of a file; a connection's keys take some 700."""
_COSTS = 64
"""Bytes a line takes beside its own, roughly."""


class KeyLog:
    """Iterating gives the lines seen so far, oldest first, each once however often the file repeats it."""

    def __init__(self) -> None:
        self.dropped = 0
        """Lines that were not kept because there were too many."""
        self._lines: dict[bytes, None] = {}
        self._size = 0

    def add(self, text: bytes) -> None:
        for line in text.splitlines():
            self._line(line.strip())

    def __iter__(self) -> Iterator[bytes]:
        return iter(tuple(self._lines))

    def __len__(self) -> int:
        return len(self._lines)

    def _line(self, line: bytes) -> None:
        if not line or line.startswith(b"#") or line in self._lines:
            return
        if self._size + len(line) + _COSTS > MOST:
            self.dropped += 1
            return
        self._lines[line] = None
        self._size += len(line) + _COSTS
