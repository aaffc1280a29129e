"""A body that is said to come in chunks: its bytes without the lines between them, as far as they come so."""

from collections.abc import Iterator
from enum import Enum, auto

from proxy_addons.replay.http1_chunks import LONGEST_SIZE, is_trailer, may_tell_size, size_told
from proxy_addons.replay.http1_parts import Kind, Part


class _At(Enum):
    FIRST_SIZE = auto()
    """Before the first chunk; a body that does not come in chunks shows it here."""
    SIZE = auto()
    CHUNK = auto()
    BEHIND_CHUNK = auto()
    TRAILERS = auto()
    END = auto()
    PLAIN = auto()


class ChunkedBody:
    def __init__(self, buffer: bytearray) -> None:
        """``buffer``: what has come and has not been read; what is read here is no longer in it."""
        self._buffer = buffer
        self._at = _At.FIRST_SIZE
        self._left = 0
        """Of the chunk."""

    def parts(self) -> Iterator[Part]:
        """What can be told of it by now."""
        buffer = self._buffer
        while buffer:
            before = len(buffer), self._at
            match self._at:
                case _At.CHUNK:
                    piece = bytes(buffer[: self._left])
                    del buffer[: self._left]
                    self._left -= len(piece)
                    yield Part(Kind.BODY, piece)
                    if not self._left:
                        self._at = _At.BEHIND_CHUNK
                case _At.SIZE:
                    self._size()
                case _At.BEHIND_CHUNK:
                    self._behind_chunk()
                case _At.FIRST_SIZE:
                    self._before_chunks()
                case _At.TRAILERS:
                    self._trailer()
            if before == (len(buffer), self._at):
                return

    def lost(self, size: int) -> bool:
        """Whether ``size`` bytes that are missing here were of the chunk; then what comes behind them is too."""
        if self._at is not _At.CHUNK or size > self._left:
            return False
        self._left -= size
        if not self._left:
            self._at = _At.BEHIND_CHUNK
        return True

    @property
    def has_begun(self) -> bool:
        """It came in chunks so far, if in few."""
        return self._at is not _At.FIRST_SIZE

    @property
    def has_ended(self) -> bool:
        return self._at is _At.END

    @property
    def is_plain(self) -> bool:
        """It does not come in chunks, or no more: what is left of it has not been read."""
        return self._at is _At.PLAIN

    @property
    def is_in_trailers(self) -> bool:
        return self._at is _At.TRAILERS

    def _before_chunks(self) -> None:
        begun = bytes(self._buffer[:LONGEST_SIZE])
        if size_told(begun) is not None:
            self._at = _At.SIZE
        elif len(self._buffer) >= LONGEST_SIZE or not may_tell_size(begun):
            self._at = _At.PLAIN

    def _size(self) -> None:
        line = self._line()
        if line is None:
            if not may_tell_size(bytes(self._buffer)):
                self._at = _At.PLAIN
            return
        size = size_told(line)
        if size is not None:
            self._left = size
            self._at = _At.CHUNK if size else _At.TRAILERS
        elif line.strip():
            self._at = _At.PLAIN
            return
        del self._buffer[: len(line)]

    def _behind_chunk(self) -> None:
        if self._buffer[0] in b"\r\n" or may_tell_size(bytes(self._buffer[:LONGEST_SIZE]).partition(b"\n")[0]):
            self._at = _At.SIZE
        else:
            self._at = _At.PLAIN

    def _trailer(self) -> None:
        line = self._line()
        if line is None:
            return
        if not line.strip() or is_trailer(line):
            del self._buffer[: len(line)]
        if not is_trailer(line):
            self._at = _At.END

    def _line(self) -> bytes | None:
        """The first, with its end; None while it is not whole."""
        end = self._buffer.find(b"\n")
        if end < 0 and len(self._buffer) <= LONGEST_SIZE:
            return None
        return bytes(self._buffer[: end + 1 or LONGEST_SIZE])
