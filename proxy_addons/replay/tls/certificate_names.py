"""The hosts that a server's certificate is for: what a TLS 1.2 handshake tells without keys."""

import warnings

from cryptography import x509
from cryptography.x509.oid import NameOID
from mitmproxy.net.check import is_valid_host

MOST = 5
"""Names given; some certificates have hundreds."""
_LISTS = 6
"""Bytes before the first certificate: the length of all, and its own."""
_ODD = (ValueError, TypeError, x509.DuplicateExtension, x509.InvalidVersion, x509.UnsupportedGeneralNameType)
"""How the reader takes a certificate that is not as it should be."""


def certificate_names(message: bytes) -> tuple[str, ...]:
    """Of the first certificate in the handshake message; sorted, without what can be no host. None where unreadable."""
    size = int.from_bytes(message[3:_LISTS], "big")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about certificates that keep to old habits
            found = _names(x509.load_der_x509_certificate(message[_LISTS : _LISTS + size]))
    except _ODD:
        return ()
    return tuple(sorted({name for name in found if is_valid_host(name.removeprefix("*.").encode())})[:MOST])


def _names(certificate: x509.Certificate) -> list[str]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return names.get_values_for_type(x509.DNSName)
    except x509.ExtensionNotFound:
        common = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return [str(name.value) for name in common]
