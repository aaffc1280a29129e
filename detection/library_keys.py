"""The key pairs that libraries, and lists of illegal content, are signed with: every sensor has the public half."""

import os
from pathlib import Path

from nacl.signing import SigningKey, VerifyKey

from detection.private_file import write_privately
from detection.settings import SettingsError


def new_key(private: Path, public: Path) -> None:
    """Write a new key pair; the private half readable by its owner only. Refuses to replace one."""
    key = SigningKey.generate()
    write_privately(private, bytes(key))
    public.write_bytes(bytes(key.verify_key))


def read_private(file: Path, setting: str = "library_key") -> SigningKey:
    """SettingsError where it cannot be read, is none, or can be read by others."""
    content, mode = _read(file, setting)
    if os.name == "posix" and mode & 0o077:
        raise SettingsError(f"{file}: {setting}: others can read it; chmod 600 it")
    try:
        return SigningKey(content)
    except ValueError as e:
        raise SettingsError(f"{file}: {setting}: is not a key that gatehouse keys made") from e


def read_public(file: Path, setting: str = "library_key") -> VerifyKey:
    content, _ = _read(file, setting)
    try:
        return VerifyKey(content)
    except ValueError as e:
        raise SettingsError(f"{file}: {setting}: does not hold the public half of a key (32 bytes)") from e


def _read(file: Path, setting: str) -> tuple[bytes, int]:
    try:
        with file.open("rb") as opened:
            return opened.read(64), os.fstat(opened.fileno()).st_mode
    except OSError as e:
        raise SettingsError(f"{file}: {setting}: cannot be read: {e.strerror}") from e
