"""For whom an intermediate cannot sign (RFC 5280, 4.2.1.10): what must not be opened even by a gateway told to."""

from collections.abc import Iterable
from pathlib import Path

from cryptography import x509

from detection.settings import SettingsError
from proxy_addons.bypass import SHIPPED, load_hosts

SEALED = frozenset({"bank", "health", "helpline"})
"""Reasons of the bypass list that stand in the certificate as well."""
_LONGEST = 253


def excluded_domains(*own: Path) -> tuple[str, ...]:
    """Shipped ones, which no list of a school's own takes off, and those it adds (``own``) for the same reasons."""
    found = {domain for hosts in (load_hosts(SHIPPED), load_hosts(*own)) for domain in hosts.domains(SEALED)}
    return _shortest(_ascii(domain) for domain in found)


def extension(domains: Iterable[str]) -> x509.NameConstraints:
    """Nothing is permitted by name, so whatever is not excluded may be signed for; addresses too."""
    return x509.NameConstraints(permitted_subtrees=None, excluded_subtrees=[x509.DNSName(d) for d in domains])


def excluded_by(certificate: x509.Certificate | x509.CertificateSigningRequest) -> tuple[str, ...]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.NameConstraints)
    except x509.ExtensionNotFound:
        return ()
    names = found.value.excluded_subtrees or ()
    return tuple(name.value for name in names if isinstance(name, x509.DNSName)) if found.critical else ()


def _shortest(domains: Iterable[str]) -> tuple[str, ...]:
    """Without those below another, which stands for them: each takes its bytes in every handshake."""
    kept = set(domains)
    return tuple(sorted(d for d in kept if not any(parent in kept for parent in _above(d))))


def _above(domain: str) -> list[str]:
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(1, len(labels))]


def _ascii(domain: str) -> str:
    try:
        written = domain.strip(".").encode("idna").decode("ascii")
    except UnicodeError:
        written = ""
    if (
        not written
        or len(written) > _LONGEST
        or not all(label.replace("-", "a").isalnum() for label in written.split("."))
    ):
        raise SettingsError(f"bypass: “{domain}” is not a domain name, so it cannot be excluded from the certificate")
    return written
