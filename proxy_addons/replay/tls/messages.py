"""Put handshake messages together, which records may split and pack as they like."""

from collections.abc import Iterator
from typing import NamedTuple

from proxy_addons.replay.tls.records import TlsError

CLIENT_HELLO, SERVER_HELLO, NEW_TICKET, END_OF_EARLY_DATA, ENCRYPTED_EXTENSIONS = 1, 2, 4, 5, 8
CERTIFICATE, FINISHED, KEY_UPDATE = 11, 20, 24
LONGEST = 1 << 18
"""Bytes. Chains of certificates reach some tens of thousands."""
_HEADER = 4


class Message(NamedTuple):
    kind: int
    body: bytes


class Messages:
    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Message]:
        self._buffer += data
        while len(self._buffer) >= _HEADER:
            end = _HEADER + int.from_bytes(self._buffer[1:_HEADER], "big")
            if end > LONGEST:
                raise TlsError("a handshake message that is too long")
            if len(self._buffer) < end:
                return
            message = Message(self._buffer[0], bytes(self._buffer[_HEADER:end]))
            del self._buffer[:end]
            yield message

    def clear(self) -> None:
        self._buffer.clear()
