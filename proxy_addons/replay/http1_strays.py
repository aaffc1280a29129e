"""Bytes of one side of HTTP/1 that belong to no message: told by themselves within bounds, else counted."""

from collections.abc import Iterator

from proxy_addons.replay.http1_parts import Kind, Part

LEAST_STRAY = 4
"""Bytes that may be words."""
MOST_STRAY = 256 << 10
"""Bytes of a side that are told all the same."""


class Strays:
    def __init__(self) -> None:
        self.skipped = 0
        """Bytes that were not told."""
        self._told = 0

    def take(self, stray: bytes, *, behind_hole: bool) -> Iterator[Part]:
        """Somebody may show it all the same; but behind a hole it may be a piece of anything."""
        if behind_hole or len(stray.strip()) < LEAST_STRAY or self._told + len(stray) > MOST_STRAY:
            self.skip(stray)
        else:
            self._told += len(stray)
            yield Part(Kind.STRAY, stray)

    def skip(self, data: bytes) -> None:
        self.skipped += len(data)
