"""What an origin's issuer says of its certificate, handed over by the origin itself (stapled OCSP, RFC 6960)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

CLOCK_SLACK = timedelta(minutes=5)


def says_revoked(staple: bytes, chain: Sequence[x509.Certificate], now: datetime) -> bool:
    """Whether it does, provably and of today. One that proves nothing counts as none: whoever has a stolen key leaves
    the staple away, so that only a good word from elsewhere could help there (docs/security.md)."""
    if not staple or len(chain) < 2:
        return False
    try:
        response = ocsp.load_der_ocsp_response(staple)
        if response.response_status != ocsp.OCSPResponseStatus.SUCCESSFUL or not _is_signed(response, chain[1], now):
            return False
        return any(
            single.certificate_status == ocsp.OCSPCertStatus.REVOKED and _is_fresh(single, now)
            for single in response.responses
            if _is_about(single, chain[0], chain[1])
        )
    except (ValueError, UnsupportedAlgorithm):
        return False


def _is_about(single: ocsp.OCSPSingleResponse, leaf: x509.Certificate, issuer: x509.Certificate) -> bool:
    digest = hashes.Hash(single.hash_algorithm)
    digest.update(issuer.subject.public_bytes())
    return single.serial_number == leaf.serial_number and single.issuer_name_hash == digest.finalize()


def _is_fresh(single: ocsp.OCSPSingleResponse, now: datetime) -> bool:
    until = single.next_update_utc
    return single.this_update_utc - CLOCK_SLACK <= now and (until is None or now <= until + CLOCK_SLACK)


def _is_signed(response: ocsp.OCSPResponse, issuer: x509.Certificate, now: datetime) -> bool:
    """By the issuer, or by one whom it has charged with saying so."""
    if _fits(response, issuer):
        return True
    return any(_is_charged(signer, issuer, now) and _fits(response, signer) for signer in response.certificates)


def _is_charged(signer: x509.Certificate, issuer: x509.Certificate, now: datetime) -> bool:
    try:
        signer.verify_directly_issued_by(issuer)
        purposes = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in purposes and signer.not_valid_before_utc <= now <= (
        signer.not_valid_after_utc
    )


def _fits(response: ocsp.OCSPResponse, signer: x509.Certificate) -> bool:
    key, algorithm = signer.public_key(), response.signature_hash_algorithm
    try:
        if isinstance(key, rsa.RSAPublicKey) and algorithm:
            key.verify(response.signature, response.tbs_response_bytes, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey) and algorithm:
            key.verify(response.signature, response.tbs_response_bytes, ec.ECDSA(algorithm))
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(response.signature, response.tbs_response_bytes)
        else:
            return False
    except InvalidSignature:
        return False
    return True
