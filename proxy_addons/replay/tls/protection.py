"""Open one protected record: the ciphers of TLS 1.3 and TLS 1.2, each record by its number alone."""

import hmac
import struct
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers.aead import AESCCM, AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from proxy_addons.replay.tls.key_schedule import expand_label, prf
from proxy_addons.replay.tls.records import HEADER, Record
from proxy_addons.replay.tls.suites import Cipher, Suite

TAG, SHORT_TAG, NONCE, EXPLICIT, BLOCK = 16, 8, 12, 8, 16
"""Bytes."""
_NUMBERED = struct.Struct("!QB2sH")


class Unopened(Exception):
    """Another key, another number, or damage."""


class Opened(NamedTuple):
    kind: int
    data: bytes
    padded: bool = False


class Protection(Protocol):
    overhead: int | None
    """Bytes a record takes beyond what it says, if that is always the same."""
    hides_kinds: bool
    """Every protected record says it is application data; what says otherwise is in clear."""

    def open(self, record: Record, number: int) -> Opened:
        """Raises Unopened."""


class Aead13:
    hides_kinds = True

    def __init__(self, suite: Suite, secret: bytes) -> None:
        key = expand_label(secret, b"key", suite.key, suite.hash)
        self._iv = int.from_bytes(expand_label(secret, b"iv", NONCE, suite.hash), "big")
        self._aead = _aead(suite.cipher, key)
        self.overhead: int | None = HEADER + _tag(suite.cipher) + 1

    def open(self, record: Record, number: int) -> Opened:
        nonce = (self._iv ^ number).to_bytes(NONCE, "big")
        try:
            plain = self._aead.decrypt(nonce, record.body, record.header)
        except (InvalidTag, ValueError) as e:
            raise Unopened from e
        said = plain if plain[-1:] > b"\0" else plain.rstrip(b"\0")
        if not said:
            raise Unopened
        return Opened(said[-1], said[:-1], said is not plain)


class Aead12:
    hides_kinds = False

    def __init__(self, suite: Suite, key: bytes, iv: bytes) -> None:
        self._aead, self._iv, self._tag = _aead(suite.cipher, key), iv, _tag(suite.cipher)
        self._explicit = 0 if suite.cipher is Cipher.CHACHA20 else EXPLICIT
        self.overhead: int | None = HEADER + self._explicit + self._tag

    def open(self, record: Record, number: int) -> Opened:
        body = record.body[self._explicit :]
        size = len(body) - self._tag
        if size < 0:
            raise Unopened
        nonce = self._nonce(record, number)
        about = _NUMBERED.pack(number, record.kind, record.header[1:3], size)
        try:
            return Opened(record.kind, self._aead.decrypt(nonce, body, about))
        except (InvalidTag, ValueError) as e:
            raise Unopened from e

    def _nonce(self, record: Record, number: int) -> bytes:
        if self._explicit:
            return self._iv + record.body[:EXPLICIT]
        return (int.from_bytes(self._iv, "big") ^ number).to_bytes(NONCE, "big")


class Cbc12:
    overhead: int | None = None
    hides_kinds = False

    def __init__(self, suite: Suite, key: bytes, mac_key: bytes, *, mac_last: bool) -> None:
        """``mac_last``: encrypt, then MAC (RFC 7366)."""
        self._key, self._mac_key, self._hash, self._mac_last = AES(key), mac_key, suite.mac, mac_last
        self._mac = MAC_BYTES[suite.mac]

    def open(self, record: Record, number: int) -> Opened:
        body = record.body
        if self._mac_last:
            body = self._checked(record, number, body)
            plain = self._decrypted(body)
            return Opened(record.kind, _unpadded(plain))
        return Opened(record.kind, self._checked(record, number, _unpadded(self._decrypted(body))))

    def _decrypted(self, body: bytes) -> bytes:
        if len(body) < 2 * BLOCK or len(body) % BLOCK:
            raise Unopened
        opening = BlockCipher(self._key, CBC(body[:BLOCK])).decryptor()
        return opening.update(body[BLOCK:]) + opening.finalize()

    def _checked(self, record: Record, number: int, data: bytes) -> bytes:
        """Without its MAC."""
        size = len(data) - self._mac
        if size < 0:
            raise Unopened
        about = _NUMBERED.pack(number, record.kind, record.header[1:3], size)
        if hmac.digest(self._mac_key, about + data[:size], self._hash) != data[size:]:
            raise Unopened
        return data[:size]


MAC_BYTES = {"sha1": 20, "sha256": 32, "sha384": 48}


def of_tls12(suite: Suite, master: bytes, randoms: bytes, *, mac_last: bool) -> tuple[Protection, Protection]:
    """For what the client says, and the server. ``randoms``: the server's, then the client's."""
    mac = MAC_BYTES.get(suite.mac, 0)
    iv = {Cipher.CBC: 0, Cipher.CHACHA20: NONCE}.get(suite.cipher, 4)
    block = prf(master, b"key expansion", randoms, 2 * (mac + suite.key + iv), suite.hash)
    at, parts = 0, []
    for size in (mac, mac, suite.key, suite.key, iv, iv):
        parts.append(block[at : at + size])
        at += size
    macs, keys, ivs = parts[:2], parts[2:4], parts[4:]
    if suite.cipher is Cipher.CBC:
        return Cbc12(suite, keys[0], macs[0], mac_last=mac_last), Cbc12(suite, keys[1], macs[1], mac_last=mac_last)
    return Aead12(suite, keys[0], ivs[0]), Aead12(suite, keys[1], ivs[1])


def _aead(cipher: Cipher, key: bytes) -> AESGCM | AESCCM | ChaCha20Poly1305:
    if cipher is Cipher.CHACHA20:
        return ChaCha20Poly1305(key)
    return AESGCM(key) if cipher is Cipher.GCM else AESCCM(key, _tag(cipher))


def _tag(cipher: Cipher) -> int:
    return SHORT_TAG if cipher is Cipher.CCM_8 else TAG


def _unpadded(plain: bytes) -> bytes:
    padding = plain[-1] + 1
    if padding > len(plain) or plain[-padding:] != plain[-1:] * padding:
        raise Unopened
    return plain[:-padding]
