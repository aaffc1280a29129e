"""Unpack a body that is made of several members one after another, as gzip and zstd allow."""

import zlib
from collections.abc import Callable
from typing import Protocol

from proxy_addons.unchecked_zlib import UncheckedZlib


class _Unpacks(Protocol):
    def decompress(self, data: bytes, /) -> bytes: ...

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...


class Members:
    """A body of several members one after another (gzip, zstd); what follows the last of them is padding."""

    def __init__(self, fresh: Callable[[], _Unpacks], starts: tuple[bytes, ...]) -> None:
        """``fresh`` makes what unpacks one member; ``starts`` are the bytes a member may begin with."""
        self._fresh, self._starts = fresh, starts
        self._inner: _Unpacks | None = fresh()
        self._held = b""
        """Too little to tell whether another member begins."""
        self._padding = False
        self.finished = False

    def step(self, chunk: bytes) -> bytes:
        out = bytearray()
        while chunk and not self._padding:
            chunk = self._held + chunk
            self._held = b""
            if self._inner is None and not self._begins(chunk):
                break
            out += self._unpack(chunk)
            chunk = self._between()
        return bytes(out)

    def _begins(self, chunk: bytes) -> bool:
        if any(chunk.startswith(start) for start in self._starts):
            self._inner, self.finished = self._fresh(), False
            return True
        if any(start.startswith(chunk) for start in self._starts):
            self._held = chunk
        else:
            self._padding = True
        return False

    def _between(self) -> bytes:
        """What is left once a member has ended."""
        if not (self._inner and self._inner.eof):
            return b""
        rest, self._inner, self.finished = self._inner.unused_data, None, True
        return rest

    def _unpack(self, chunk: bytes) -> bytes:
        return self._inner.decompress(chunk) if self._inner else b""


class Zlib(Members):
    """gzip, zlib and, as some servers mean by "deflate", bare deflate."""

    def __init__(self) -> None:
        super().__init__(UncheckedZlib, (b"\x1f\x8b",))
        self._first: bytes | None = b""
        """Two bytes tell which of them it is; None once they have."""

    def _unpack(self, chunk: bytes) -> bytes:
        if self._first is None:
            return super()._unpack(chunk)
        chunk = self._first + chunk
        if len(chunk) < 2:
            self._first = chunk
            return b""
        self._first = None
        try:
            return super()._unpack(chunk)
        except zlib.error:
            self._inner = zlib.decompressobj(-zlib.MAX_WBITS)
            return super()._unpack(chunk)
