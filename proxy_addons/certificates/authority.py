"""Make or take up the gateway's authority, and renew what signs while there is a key to do it with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from detection.settings import SettingsError
from proxy_addons.certificates import root_key
from proxy_addons.certificates.folder import MITMPROXY, Folder
from proxy_addons.certificates.issuing import Issuer, Key, new_intermediate, new_root, pem_of_key
from proxy_addons.certificates.standing import Standing, standing

OVERLAP = 24 * 3600.0
"""Seconds an earlier intermediate's key is kept: a worker that is busy may still read its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    confdir: Path
    """mitmproxy's: readable by the gateway's user only."""
    root: Path
    """What browsers are told to trust."""
    standing: Standing


def authority(path: Path, school: str, now: datetime, excluded: Sequence[str]) -> Authority:
    """Safe to repeat, and from several processes at once: at a start, and every minute while a worker runs.

    Where the root's key is sealed or away, what is there is used as long as it is valid; ``standing`` says so.
    """
    folder = Folder(path)
    folder.make()
    with folder.lock():
        if not folder.root.exists():
            _begin(folder, school, now)
        found = standing(folder, excluded)
        if (found is None or found.due(now)) and folder.root_key.exists():
            issue(folder, root_key.load(folder.root_key, root(folder)), school, now, excluded)
            found = standing(folder, excluded)
        folder.forget(OVERLAP, now.timestamp())
        confdir = folder.current()
    if found is None or confdir is None or found.expires <= now:
        raise SettingsError(_CANNOT_SIGN.format(path))
    return Authority(confdir=confdir, root=folder.root, standing=found)


_CANNOT_SIGN = (
    "{}: there is no certificate to sign with that is still valid, and the root’s key is not here: "
    "make the next with gatehouse authority intermediate, or install it with gatehouse authority install"
)


def issue(folder: Folder, by: Issuer, school: str, now: datetime, excluded: Sequence[str]) -> None:
    """Make the next intermediate and take it up. Workers follow within seconds; the one before stays valid."""
    made = new_intermediate(by, school, now, excluded)
    install(folder, made.key, made.certificate)


def install(folder: Folder, key: Key, certificate: x509.Certificate) -> None:
    folder.put(
        certificate,
        pem_of_key(key) + certificate.public_bytes(Encoding.PEM) + root(folder).public_bytes(Encoding.PEM),
    )
    (folder.path / MITMPROXY).unlink(missing_ok=True)  # of a version before: could sign for anybody


def root(folder: Folder) -> x509.Certificate:
    return x509.load_pem_x509_certificate(folder.root.read_bytes())


def _begin(folder: Folder, school: str, now: datetime) -> None:
    if folder.waiting_key.exists():
        raise SettingsError(f"{folder.path}: a certificate was asked for and has not come: gatehouse authority install")
    if folder.sealed_key.exists():
        raise SettingsError(f"{folder.root}: is missing, but the root’s sealed key is here: bring the certificate back")
    made = new_root(school, now)
    # The certificate last: a start that died in between finds none and begins again.
    folder.replace(folder.root_key, pem_of_key(made.key), 0o600)
    folder.replace(folder.root, made.certificate.public_bytes(Encoding.PEM), 0o644)
