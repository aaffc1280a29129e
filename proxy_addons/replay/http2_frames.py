"""Take what a side says in HTTP/2 apart into frames, as bytes: an object made of each would cost more than the rest."""

from collections.abc import Iterator
from typing import NamedTuple

DATA, HEADERS, PUSH_PROMISE, WINDOW_UPDATE, CONTINUATION = 0, 1, 5, 8, 9
END_STREAM, END_HEADERS, PADDED = 1, 4, 8
HEAD = 9
_WITH_HEADERS = (HEADERS, PUSH_PROMISE, CONTINUATION)


class Frame(NamedTuple):
    kind: int
    flags: int
    stream: int
    whole: bytes
    is_apart: bool
    """It does not stand between two parts of one block of headers, where nothing else may."""

    @property
    def body(self) -> bytes | None:
        """Without padding; None where there is more padding than frame."""
        if not self.flags & PADDED:
            return self.whole[HEAD:]
        padding = self.whole[HEAD] if len(self.whole) > HEAD else 0
        end = len(self.whole) - padding
        return self.whole[HEAD + 1 : end] if end > HEAD else None


class Http2Frames:
    def __init__(self) -> None:
        self._rest = b""
        self._in_headers = False

    def whole(self, data: bytes) -> Iterator[Frame]:
        """Those that are whole with these bytes."""
        data, place = self._rest + data if self._rest else data, 0
        size = len(data)
        while size - place >= HEAD:
            end = place + HEAD + int.from_bytes(data[place : place + 3], "big")
            if end > size:
                break
            kind, flags = data[place + 3], data[place + 4]
            stream = int.from_bytes(data[place + 5 : place + HEAD], "big") & 0x7FFFFFFF
            is_apart = not self._in_headers
            if kind in _WITH_HEADERS:
                self._in_headers = not flags & END_HEADERS
            yield Frame(kind, flags, stream, data[place:end], is_apart)
            place = end
        self._rest = data[place:]
