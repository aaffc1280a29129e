"""For whom an intermediate cannot sign (RFC 5280, 4.2.1.10): what must not be opened even by a gateway told to."""

from collections.abc import Iterable
from pathlib import Path

from cryptography import x509

from detection.unopened.layers import load_layers

SEALED = frozenset({"bank", "health", "helpline"})
"""Reasons of the list of what is left closed that stand in the certificate as well."""


def excluded_domains(place: Path | None = None) -> tuple[str, ...]:
    """Shipped ones, which no list of a school's own takes off, and those it adds in ``place`` for the same reasons."""
    both = (load_layers(), load_layers(place))
    return _shortest(domain for layers in both for domain in layers.closed() if layers.reason(domain) in SEALED)


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
