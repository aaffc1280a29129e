"""Take what a side of a TLS connection says apart into records."""

import struct
from typing import NamedTuple

CHANGE_CIPHER_SPEC, ALERT, HANDSHAKE, APPLICATION, HEARTBEAT = 20, 21, 22, 23, 24
HEADER = 5
LONGEST = (1 << 14) + 2048
"""Bytes of a record's body."""
_HEADER = struct.Struct("!BHH")


class TlsError(ValueError):
    """Why no more of a side can be read."""


class Record(NamedTuple):
    kind: int
    header: bytes
    body: bytes


class Records:
    def __init__(self) -> None:
        self.held = 0
        """Bytes of a record that is not whole yet."""
        self.is_broken = False
        """What comes now is no record."""
        self._chunks: list[bytes] = []
        self._needed = HEADER

    def feed(self, data: bytes) -> list[Record]:
        """The records that are whole now. Bytes are put together once for each record, not for each segment."""
        self._chunks.append(data)
        self.held += len(data)
        if self.held < self._needed or self.is_broken:
            return []
        whole = b"".join(self._chunks)
        records, at = self._whole_records(whole)
        self._chunks = [whole[at:]]
        self.held -= at
        return records

    def take(self) -> bytes:
        """What is held, no longer held."""
        whole = b"".join(self._chunks)
        self._chunks, self.held, self._needed = [], 0, HEADER
        return whole

    def _whole_records(self, whole: bytes) -> tuple[list[Record], int]:
        records, at, size = list[Record](), 0, len(whole)
        while True:
            if size - at < HEADER:
                self._needed = HEADER
                return records, at
            kind, version, length = _HEADER.unpack_from(whole, at)
            if not may_begin(kind, version, length):
                self.is_broken = True
                return records, at
            body, end = at + HEADER, at + HEADER + length
            if end > size:
                self._needed = end - at
                return records, at
            records.append(Record(kind, whole[at:body], whole[body:end]))
            at = end


def may_begin(kind: int, version: int, length: int) -> bool:
    return CHANGE_CIPHER_SPEC <= kind <= HEARTBEAT and version >> 8 == 3 and length <= LONGEST
