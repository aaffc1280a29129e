"""The hash of one body without its content coding, taken as its pieces come: the body itself is not kept."""

import hashlib
from dataclasses import dataclass

from mitmproxy.http import Headers

from proxy_addons.decoding import CodingError, decoder_for
from proxy_addons.message_headers import coding, media_type

MOST = 1 << 28
"""Bytes a body is unpacked to at most: a small one may hold gigabytes."""
_NONE = ("", "identity")
"""Of codings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    sha256: str
    bytes: int
    type: str


class BodyHash:
    def __init__(self, headers: Headers) -> None:
        self._unreadable = ""
        self._type = media_type(headers)
        self._hash, self._size = hashlib.sha256(), 0
        self._raw, self._raw_size = hashlib.sha256(), 0
        """As it came, until something of it is unpacked."""
        codings = [name for name in coding(headers).split(",") if name.strip() not in _NONE]
        try:
            # The last one named was put on last, and comes off first.
            self._decoders = [decoder_for(name, MOST) for name in reversed(codings)]
        except CodingError:
            self._decoders, self._unreadable = [], "their content coding is unknown"

    def take(self, piece: bytes) -> None:
        if not self._size and (self._decoders or self._unreadable):
            self._raw.update(piece)
            self._raw_size += len(piece)
        if self._unreadable:
            return
        try:
            for decoder in self._decoders:
                piece = decoder.feed(piece)
        except CodingError:
            self._unreadable = "they are not in the content coding they name"
        else:
            self._hash.update(piece)
            self._size += len(piece)

    @property
    def broken(self) -> str:
        """Why the hash is not that of the whole body unpacked; empty if it is."""
        if not self._unreadable and any(decoder.full or not decoder.finished for decoder in self._decoders):
            return "cut off or damaged, or they unpack to more than is read"
        return self._unreadable

    @property
    def body(self) -> Body:
        """What cannot be unpacked at all is named by its bytes as they came."""
        if self._unreadable and not self._size:
            return Body(sha256=self._raw.hexdigest(), bytes=self._raw_size, type=self._type)
        return Body(sha256=self._hash.hexdigest(), bytes=self._size, type=self._type)
