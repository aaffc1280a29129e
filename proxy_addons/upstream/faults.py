"""What can be wrong with an origin's certificate, and how mitmproxy says so."""

from enum import StrEnum


class Fault(StrEnum):
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    WRONG_HOST = "wrong-host"
    SELF_SIGNED = "self-signed"
    UNKNOWN_ISSUER = "unknown-issuer"
    REVOKED = "revoked"
    INVALID = "invalid"
    """Anything else that OpenSSL finds wrong with it: a broken signature, a key too weak, a wrong purpose."""


_VERIFYING = "Certificate verify failed: "
_REFUSED_BY_US = "invalid status response"
"""What OpenSSL makes of our own no to a certificate that was revoked (check.py)."""
_SAID = {
    "certificate has expired": Fault.EXPIRED,
    "certificate is not yet valid": Fault.NOT_YET_VALID,
    "hostname mismatch": Fault.WRONG_HOST,
    "IP address mismatch": Fault.WRONG_HOST,
    "self-signed certificate": Fault.SELF_SIGNED,
    "self-signed certificate in certificate chain": Fault.UNKNOWN_ISSUER,
    "unable to get issuer certificate": Fault.UNKNOWN_ISSUER,
    "unable to get local issuer certificate": Fault.UNKNOWN_ISSUER,
    "unable to verify the first certificate": Fault.UNKNOWN_ISSUER,
}


def fault_of(error: str | None) -> Fault | None:
    """By the error of a connection to an origin; none if it failed for another reason than its certificate."""
    if not error:
        return None
    if error.startswith(_VERIFYING):
        return _SAID.get(error.removeprefix(_VERIFYING).strip().replace("self signed", "self-signed"), Fault.INVALID)
    return Fault.REVOKED if _REFUSED_BY_US in error else None
