"""Sealed boxes: a sensor can write them, only the appliance can open them."""

import hashlib
import hmac
import os
from pathlib import Path

from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.hash import blake2b
from nacl.public import Box, PrivateKey, PublicKey, SealedBox

from detection.private_file import write_privately
from detection.settings import SettingsError

SALT = 16


class SealingError(ValueError):
    """Not sealed to this key, or damaged on the way."""


def new_key(private: Path, public: Path) -> None:
    """Write a new key pair; the private half readable by its owner only. Refuses to replace one."""
    key = PrivateKey.generate()
    write_privately(private, bytes(key))
    public.write_bytes(bytes(key.public_key))


def read_public_key(file: Path, salt_key: bytes | None = None) -> "Sealer":
    """SettingsError where it cannot be read or is none. ``salt_key`` as for a Sealer."""
    try:
        return Sealer(file.read_bytes(), salt_key)
    except OSError as e:
        raise SettingsError(f"{file}: the appliance's public key cannot be read: {e.strerror}") from e
    except (ValueError, TypeError) as e:
        raise SettingsError(f"{file}: does not hold the appliance's public key (32 bytes)") from e


class Sealer:
    """The sensor's half."""

    def __init__(self, public_key: bytes, salt_key: bytes | None = None) -> None:
        """``salt_key``: for a replay, whose evidence must bear the same names every time; else one is drawn."""
        self._public_key = PublicKey(public_key)
        self._box = SealedBox(self._public_key)
        self._salt_key = salt_key or os.urandom(32)

    def seal(self, content: bytes) -> bytes:
        return self._box.encrypt(content)

    def seal_alike(self, content: bytes) -> bytes:
        """A box like any other, but the same content gives the same one: a replay must say the same every time."""
        once = PrivateKey(hmac.digest(self._salt_key, b"seal" + content, "sha256"))
        theirs, ours = bytes(self._public_key), bytes(once.public_key)
        nonce = blake2b(ours + theirs, digest_size=Box.NONCE_SIZE, encoder=RawEncoder)
        return ours + Box(once, self._public_key).encrypt(content, nonce).ciphertext

    def blob(self, content: bytes) -> tuple[str, bytes]:
        """Name and salted content of a piece of evidence (docs/wire.md), not sealed yet."""
        salted = hmac.digest(self._salt_key, content, "sha256")[:SALT] + content
        return hashlib.sha256(salted).hexdigest(), salted


class Opener:
    """The appliance's half."""

    def __init__(self, private_key: bytes) -> None:
        key = PrivateKey(private_key)
        self._box, self.public_key = SealedBox(key), bytes(key.public_key)

    def open(self, sealed: bytes) -> bytes:
        try:
            return self._box.decrypt(sealed)
        except CryptoError as e:
            raise SealingError("not sealed to this appliance's key, or damaged") from e

    def blob(self, name: str, sealed: bytes) -> bytes:
        """The content of a piece of evidence, checked against its name."""
        salted = self.open(sealed)
        if not hmac.compare_digest(hashlib.sha256(salted).hexdigest().encode(), name.encode("utf-8", "replace")):
            raise SealingError("the content does not hash to its name")
        return salted[SALT:]
