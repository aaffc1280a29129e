"""A small file that only this device can read: encrypted with a key that hangs on the device's own."""

from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from agent.enrolment.derived_key import derived
from detection.private_file import replace_privately


class SealedFile:
    """A Kept: what a thief of the disk's copy, or a backup, must not read."""

    def __init__(self, file: Path, key: bytes) -> None:
        self._file, self._box = file, SecretBox(key)

    @classmethod
    def of(cls, state: Path, device_key: Path, name: str) -> "SealedFile":
        """That of this name in the service's folder; each has a key of its own."""
        return cls(state / f"{name}.sealed", derived(device_key, name))

    def __str__(self) -> str:
        return str(self._file)

    def read(self) -> bytes:
        sealed = self._file.read_bytes()
        try:
            return self._box.decrypt(sealed)
        except CryptoError as e:
            raise OSError(f"{self._file}: was not written with this device's key") from e

    def replace(self, content: bytes) -> None:
        replace_privately(self._file, self._box.encrypt(content))
