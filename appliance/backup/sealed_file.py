"""A file of any length that only holders of certain keys can read, and in which nothing can be changed, moved or cut.

A line of our own, a line of JSON with the file's key sealed to each holder, then chunks of libsodium's secretstream.
Its last chunk is marked, so that a file which ends too soon is known from one that is whole.
"""

import base64
import io
import json
from collections.abc import Sequence
from typing import BinaryIO

from nacl import bindings as sodium
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

MAGIC = b"gatehouse backup 1\n"
CHUNK = 64 * 1024
LONGEST_HEADER = 64 * 1024
_OVERHEAD = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_MESSAGE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL


class SealedFileError(ValueError):
    """Not for this key, changed or cut; the message is for whoever wants it back."""


class SealedWriter(io.RawIOBase):
    """Write, then ``finish``; without that the file counts as cut."""

    def __init__(self, out: BinaryIO, holders: Sequence[bytes]) -> None:
        self.key = sodium.crypto_secretstream_xchacha20poly1305_keygen()
        """While this lives, what was written can be read again."""
        self._out, self._state = out, sodium.crypto_secretstream_xchacha20poly1305_state()
        stream = sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, self.key)
        self._about, self._waiting = _header(self.key, holders, stream), bytearray()
        out.write(self._about)

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self._waiting += content
        while len(self._waiting) > CHUNK:
            self._push(bytes(self._waiting[:CHUNK]), _MESSAGE)
            del self._waiting[:CHUNK]
        return len(content)

    def finish(self) -> None:
        self._push(bytes(self._waiting), _FINAL)
        self._waiting.clear()

    def _push(self, chunk: bytes, tag: int) -> None:
        about, self._about = self._about, b""  # the header is vouched for by the first chunk
        self._out.write(sodium.crypto_secretstream_xchacha20poly1305_push(self._state, chunk, about, tag))


class SealedReader(io.RawIOBase):
    """``key``: a holder's private key, or with ``whole`` the file's own."""

    def __init__(self, file: BinaryIO, key: bytes, *, whole: bool = False) -> None:
        self._file, self._state = file, sodium.crypto_secretstream_xchacha20poly1305_state()
        self._about, fields = _read_header(file)
        own = key if whole else _unwrapped(fields, key)
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(self._state, bytes.fromhex(fields["stream"]), own)
        self._ready, self._over = bytearray(), False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._over and (size < 0 or len(self._ready) < size):
            self._pull()
        given = bytes(self._ready if size < 0 else self._ready[:size])
        del self._ready[: len(given)]
        return given

    def finish(self) -> None:
        """SealedFileError unless the file ends where it was ended."""
        while not self._over:
            self._ready.clear()
            self._pull()

    def _pull(self) -> None:
        sealed = self._file.read(CHUNK + _OVERHEAD)
        if len(sealed) < _OVERHEAD:
            raise SealedFileError("it was cut: the end is missing")
        about, self._about = self._about, b""
        try:
            chunk, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(self._state, sealed, about)
        except (CryptoError, RuntimeError) as e:
            raise SealedFileError("it was changed or cut") from e
        self._ready += chunk
        self._over = tag == _FINAL
        if self._over and self._file.read(1):
            raise SealedFileError("something was added to its end")


def holders(file: BinaryIO) -> list[str]:
    """The public keys it can be opened with, hexadecimal."""
    return [str(each["key"]) for each in _read_header(file)[1]["holders"]]


def _header(key: bytes, holders: Sequence[bytes], stream: bytes) -> bytes:
    wrapped = [
        {"key": each.hex(), "wrapped": base64.b64encode(SealedBox(PublicKey(each)).encrypt(key)).decode()}
        for each in holders
    ]
    return MAGIC + json.dumps({"holders": wrapped, "stream": stream.hex()}).encode() + b"\n"


def _read_header(file: BinaryIO) -> tuple[bytes, dict]:  # type: ignore[type-arg]  # JSON, read at once below
    magic = file.read(len(MAGIC))
    line = file.readline(LONGEST_HEADER)
    try:
        if magic != MAGIC:
            raise ValueError
        fields = json.loads(line)
        bytes.fromhex(fields["stream"])
        [(each["key"], each["wrapped"]) for each in fields["holders"]]
    except (ValueError, KeyError, TypeError) as e:
        raise SealedFileError("it is no backup of this version of Gatehouse, or its beginning is damaged") from e
    return magic + line, fields


def _unwrapped(fields: dict, key: bytes) -> bytes:  # type: ignore[type-arg]
    try:
        private = PrivateKey(key)
    except (TypeError, ValueError) as e:
        raise SealedFileError("that is not a key that gatehouse keys backup made") from e
    mine = bytes(private.public_key).hex()
    for each in fields["holders"]:
        if each["key"] == mine:
            try:
                return SealedBox(private).decrypt(base64.b64decode(each["wrapped"]))
            except (CryptoError, ValueError) as e:
                raise SealedFileError("its beginning was changed") from e
    known = ", ".join(str(each["key"])[:8] for each in fields["holders"])
    raise SealedFileError(f"it is not sealed to this key ({mine[:8]}), but to {known}")
