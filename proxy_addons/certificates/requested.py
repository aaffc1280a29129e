"""An intermediate of a root that is kept elsewhere: asked for here, signed there, taken up here."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from proxy_addons.certificates import authority
from proxy_addons.certificates.constraints import excluded_by
from proxy_addons.certificates.folder import Folder
from proxy_addons.certificates.issuing import new_key, pem_of_key, request
from proxy_addons.certificates.root_key import wipe
from proxy_addons.certificates.standing import is_issued_by


def ask(folder: Folder, school: str, now: datetime, excluded: Sequence[str]) -> bytes:
    """A request to sign (PKCS#10). The key stays here; asking again before the answer asks for the same key."""
    folder.make()
    with folder.lock():
        if not folder.waiting_key.exists():
            folder.replace(folder.waiting_key, pem_of_key(new_key()), 0o600)
        return request(_waiting(folder), school, now, excluded).public_bytes(Encoding.PEM)


def answer(
    folder: Folder, file: Path, root: Path | None, now: datetime, excluded: Sequence[str], *, other_root: bool = False
) -> None:
    """Take up what came back. ``root``: what devices are to trust, where that is not here yet.

    ``other_root``: it takes the place of the one that is here, whose key is wiped.
    """
    certificate = read(file)
    folder.make()
    with folder.lock():
        if not folder.waiting_key.exists():
            raise ValueError(f"{folder.path}: nothing was asked for; begin with gatehouse authority request")
        key = _waiting(folder)
        if certificate.public_key() != key.public_key():
            raise ValueError(f"{file}: is not for the key that was asked for; was it made from an earlier request?")
        above = _root(folder, root, other_root)
        _check(file, certificate, above, now, excluded)
        if not folder.root.exists() or authority.root(folder) != above:
            for known in (folder.root_key, folder.sealed_key):
                wipe(known)
            folder.replace(folder.root, above.public_bytes(Encoding.PEM), 0o644)
        authority.install(folder, key, certificate)
        wipe(folder.waiting_key)


def read(file: Path) -> x509.Certificate:
    content = file.read_bytes()
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificates(content)[0]
        return x509.load_der_x509_certificate(content)
    except ValueError as e:
        raise ValueError(f"{file}: is not a certificate (PEM or DER)") from e


def _root(folder: Folder, given: Path | None, other: bool) -> x509.Certificate:
    new = read(given) if given else None
    if not folder.root.exists():
        if new is None:
            raise ValueError("there is no root here yet: give the certificate that devices trust with --root")
        return new
    known = authority.root(folder)
    if new is None or new == known:
        return known
    if not other:
        raise ValueError(
            f"{folder.root}: is another root than {given}. If devices trust it alone, they would refuse everything; "
            "if they trust the other, say --other-root"
        )
    return new


def _check(
    file: Path, certificate: x509.Certificate, root: x509.Certificate, now: datetime, excluded: Sequence[str]
) -> None:
    if not is_issued_by(certificate, root):
        raise ValueError(f"{file}: is not signed by {root.subject.rfc4514_string()}")
    if not certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc:
        raise ValueError(f"{file}: is not valid now")
    try:
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        basic = x509.BasicConstraints(ca=False, path_length=None)
    if not basic.ca or basic.path_length != 0:
        raise ValueError(f"{file}: must be a certificate authority of path length 0")
    if missing := set(excluded) - set(excluded_by(certificate)):
        raise ValueError(
            f"{file}: does not exclude {len(missing)} of the {len(excluded)} hosts that must not be opened, "
            f"such as {min(missing)}, as a critical constraint"
        )


def _waiting(folder: Folder) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(folder.waiting_key.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{folder.waiting_key}: is not a key this gateway made")
    return key
