"""The root's key: in the open at first, then sealed with a passphrase, or taken off the box altogether."""

import os
import subprocess
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from detection.private_file import write_privately
from proxy_addons.certificates.folder import Folder
from proxy_addons.certificates.issuing import Issuer, Key, pem_of_key

SHORTEST = 12
"""Characters of a passphrase. It is all that stands between a copied file and signing for the whole web."""


class Place(StrEnum):
    HERE = "here"
    """In the open: the gateway renews its intermediate itself, and whoever copies the disk has the root."""
    SEALED = "sealed"
    AWAY = "away"


def place(folder: Folder) -> Place:
    if folder.root_key.exists():
        return Place.HERE
    return Place.SEALED if folder.sealed_key.exists() else Place.AWAY


def load(file: Path, certificate: x509.Certificate, passphrase: bytes | None = None) -> Issuer:
    """The root, if ``file`` holds its key."""
    try:
        key = load_pem_private_key(file.read_bytes(), passphrase)
    except TypeError as e:
        wanted = "is sealed: give its passphrase" if passphrase is None else "is not sealed: it needs no passphrase"
        raise ValueError(f"{file}: {wanted}") from e
    except ValueError as e:
        raise ValueError(f"{file}: cannot be opened: not a key, or another passphrase") from e
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ValueError(f"{file}: is not a key this gateway made")
    if key.public_key() != certificate.public_key():
        raise ValueError(f"{file}: is not the key of {certificate.subject.rfc4514_string()}")
    return Issuer(key, certificate)


def seal(folder: Folder, passphrase: bytes) -> None:
    """Put a sealed copy in the open one's place."""
    issuer = load(folder.root_key, x509.load_pem_x509_certificate(folder.root.read_bytes()))
    folder.replace(folder.sealed_key, sealed(issuer.key, passphrase), 0o600)
    load(folder.sealed_key, issuer.certificate, passphrase)
    wipe(folder.root_key)


def take_off(folder: Folder, to: Path, passphrase: bytes | None) -> None:
    """Move the key to ``to``, sealed. What is written is read back before anything is removed here."""
    certificate = x509.load_pem_x509_certificate(folder.root.read_bytes())
    if folder.sealed_key.exists():
        content = folder.sealed_key.read_bytes()
    elif passphrase is not None:
        content = sealed(load(folder.root_key, certificate).key, passphrase)
    else:
        raise ValueError("a passphrase is needed: the key leaves this machine sealed or not at all")
    write_privately(to, content)
    if to.read_bytes() != content:
        raise ValueError(f"{to}: what was written cannot be read back; the key stays here")
    for file in (folder.root_key, folder.sealed_key):
        wipe(file)


def sealed(key: Key, passphrase: bytes) -> bytes:
    """PKCS#8, AES-256, scrypt. By openssl, since our library would leave the passphrase to 2,048 rounds of SHA-256."""
    if len(passphrase) < SHORTEST or b"\n" in passphrase:
        raise ValueError(f"the passphrase must be one line of at least {SHORTEST} characters")
    command = ["openssl", "pkcs8", "-topk8", "-v2", "aes-256-cbc", "-scrypt", "-passout"]
    reading, writing = os.pipe()
    try:
        os.write(writing, passphrase + b"\n")
        os.close(writing)
        made = subprocess.run(
            [*command, f"fd:{reading}"], input=pem_of_key(key), capture_output=True, pass_fds=(reading,), check=False
        )
    except FileNotFoundError as e:
        raise ValueError("openssl is not installed: it seals the key") from e
    finally:
        os.close(reading)
    if made.returncode:
        raise ValueError(f"openssl could not seal the key: {made.stderr.decode(errors='replace').strip()[-200:]}")
    return made.stdout


def wipe(file: Path) -> None:
    """Overwritten and removed. A disk that moves its blocks about may keep the old ones: docs/security.md."""
    if file.exists():
        with file.open("r+b") as key:
            key.write(bytes(file.stat().st_size))
            key.flush()
            os.fsync(key.fileno())
        file.unlink()
