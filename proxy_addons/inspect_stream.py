"""Read answers that come drop by drop (events, one object to a line) without holding a drop back."""

import time
from collections.abc import Callable

from proxy_addons.decoding import decoder_for
from proxy_addons.watchdog import Unread, Watchdog

PIECE = 64 << 10
"""Bytes read together."""
OVERLAP = 8 << 10
"""Bytes of the piece before that are read again: a sentence may lie across the cut. The sensor knows what is new."""
PATIENCE = 10.0
"""Seconds after which a slow stream is read as far as it has come: a chat that pushes its messages never ends."""
MOST = 16 << 20
"""Bytes of one stream that are read."""


class EventStream:
    """For mitmproxy's ``stream``: hands every chunk on untouched and at once, and gives whole events to ``read``."""

    def __init__(
        self,
        content_coding: str,
        read: Callable[[bytes], None],
        watchdog: Watchdog,
        flow_id: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._decoder = decoder_for(content_coding, MOST)
        self._read, self._watchdog, self._flow_id, self._clock = read, watchdog, flow_id, clock
        self._buffer = bytearray()
        self._fresh = 0
        self._read_at = clock()

    def __call__(self, chunk: bytes) -> bytes:
        # Nothing may get out of here: an exception in a stream callable hangs the client.
        with self._watchdog.guard("stream", self._flow_id):
            if chunk:
                self._take(chunk)
            else:
                self.finish()
        return chunk

    def finish(self) -> None:
        """The stream has ended, or broken off."""
        if self._fresh:
            self._flush(len(self._buffer))

    def _take(self, chunk: bytes) -> None:
        if self._decoder.full:
            return
        text = self._decoder.feed(chunk)
        if self._decoder.full:
            self._watchdog.unread(Unread.LARGE)
        self._buffer += text
        self._fresh += len(text)
        if self._fresh >= PIECE or (self._fresh and self._clock() - self._read_at >= PATIENCE):
            self._flush(_last_event(self._buffer) or (len(self._buffer) if self._fresh >= PIECE else 0))

    def _flush(self, end: int) -> None:
        if end:
            self._read(bytes(self._buffer[:end]))
            self._fresh = len(self._buffer) - end
            del self._buffer[: _event_start(self._buffer, max(end - OVERLAP, 0))]
            self._read_at = self._clock()


def _last_event(buffer: bytearray) -> int:
    """Where the last whole event, or failing that the last line, ends; 0 if there is none."""
    for marks in ((b"\n\n", b"\r\n\r\n"), (b"\n",)):
        if found := max(buffer.rfind(mark) + len(mark) if mark in buffer else 0 for mark in marks):
            return found
    return 0


def _event_start(buffer: bytearray, position: int) -> int:
    """Where the first whole event from ``position`` on begins."""
    if position == 0:
        return 0
    for mark in (b"\n\n", b"\n"):
        if (found := buffer.find(mark, position)) >= 0:
            return found + len(mark)
    return position
