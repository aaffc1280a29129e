"""Read answers that come drop by drop (events, one object to a line) without holding a drop back."""

import time
from collections.abc import Callable

from detection.extract import grpc_frames
from detection.extract.media_types import GRPC_TEXT
from proxy_addons.decoding import CodingError, Decoder, decoder_for
from proxy_addons.stream_cuts import cut_for
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
        media_type: str = "",
    ) -> None:
        self._cut = cut_for(media_type)
        self._form: Callable[[bytes], bytes] = _TextForm() if media_type in GRPC_TEXT else bytes
        self._decoder = _decoder(content_coding, watchdog)
        self._read, self._watchdog, self._flow_id, self._clock = read, watchdog, flow_id, clock
        self._buffer = bytearray()
        self._patient = PIECE if self._cut.overlaps else MOST
        """Bytes after which what has come is read although no event has ended."""
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
        text = self._form(self._decoder.feed(chunk))
        if self._decoder.full:
            self._watchdog.unread(Unread.LARGE)
        self._buffer += text
        self._fresh += len(text)
        if self._fresh >= PIECE or (self._fresh and self._clock() - self._read_at >= PATIENCE):
            self._flush(self._cut.end(self._buffer) or (len(self._buffer) if self._fresh >= self._patient else 0))

    def _flush(self, end: int) -> None:
        if end:
            self._read(bytes(self._buffer[:end]))
            self._fresh = len(self._buffer) - end
            overlap = OVERLAP if self._cut.overlaps else 0
            del self._buffer[: self._cut.start(self._buffer, max(end - overlap, 0))]
            self._read_at = self._clock()


def _decoder(content_coding: str, watchdog: Watchdog) -> Decoder:
    """One that takes nothing, where the coding is unknown: the stream must pass all the same."""
    try:
        return decoder_for(content_coding, MOST)
    except CodingError:
        watchdog.unread(Unread.CODING)
        nothing = decoder_for("", 0)
        nothing.full = True
        return nothing


class _TextForm:
    """gRPC-web's Base64, whose every piece is padded to four characters, as the bytes it stands for."""

    def __init__(self) -> None:
        self._held = b""

    def __call__(self, chunk: bytes) -> bytes:
        coded = self._held + chunk
        end = len(coded) - len(coded) % 4
        self._held = coded[end:]
        return grpc_frames.from_text(coded[:end])
