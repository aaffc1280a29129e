"""One member of gzip or zlib, whose checksum and length are not looked at: browsers show it all the same."""

import zlib

_GZIP, _METHOD = b"\x1f\x8b", 8
_HEADER_CHECKED, _EXTRA, _NAME, _COMMENT = 2, 4, 8, 16
_DICTIONARY = 0x20
LONGEST_HEADER = 64 << 10
"""Bytes; a name may be as long as somebody likes."""


class UncheckedZlib:
    """As ``zlib.decompressobj``."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(-zlib.MAX_WBITS)
        self._head: bytes | None = b""
        """Too little of it to read; None once it has been read."""
        self._trailer = 0
        """Bytes behind the contents, of which those in ``_behind`` have come."""
        self._behind = b""

    @property
    def eof(self) -> bool:
        return self._inner.eof and len(self._behind) >= self._trailer

    @property
    def unused_data(self) -> bytes:
        return self._behind[self._trailer :] if self.eof else b""

    def decompress(self, data: bytes, /) -> bytes:
        """zlib.error where it is neither of them, or its contents are damaged."""
        if self._head is not None:
            data = self._head + data
            if (start := self._begins(data)) is None:
                self._head = data
                return b""
            self._head, data = None, data[start:]
        if self._inner.eof:
            self._behind += data
            return b""
        out = self._inner.decompress(data)
        self._behind = self._inner.unused_data
        return out

    def _begins(self, data: bytes) -> int | None:
        """The offset of the contents; None while the header is not whole."""
        try:
            start, self._trailer = (_behind_gzip(data), 8) if _GZIP.startswith(data[:2]) else (_behind_zlib(data), 4)
        except IndexError:
            if len(data) > LONGEST_HEADER:
                raise zlib.error("a header without an end") from None
            return None
        return start if start <= len(data) else None


def _behind_gzip(data: bytes) -> int:
    """RFC 1952, section 2.3."""
    if data[2] != _METHOD:
        raise zlib.error("not in a known method")
    flags, start = data[3], 10
    if flags & _EXTRA:
        start += 2 + (data[start] | data[start + 1] << 8)
    for text in (_NAME, _COMMENT):
        if flags & text:
            if (end := data.find(b"\0", start)) < 0:
                raise IndexError
            start = end + 1
    return start + (2 if flags & _HEADER_CHECKED else 0)


def _behind_zlib(data: bytes) -> int:
    """RFC 1950, section 2.2."""
    if data[0] & 15 != _METHOD or (data[0] << 8 | data[1]) % 31 or data[1] & _DICTIONARY:
        raise zlib.error("neither gzip nor zlib")
    return 2
