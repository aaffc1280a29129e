"""Whom a sensor believes to be its appliance, and what it shows of itself."""

import ssl
from pathlib import Path

from detection.settings import SettingsError


def tls(ca_file: Path | None, certificate: Path | None = None, key: Path | None = None) -> ssl.SSLContext:
    """For an appliance's certificate by ``ca_file``, showing ``certificate`` where there is one."""
    context = _trusting(ca_file)
    if certificate is None:
        return context
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    try:
        context.load_cert_chain(certificate, key)
    except ssl.SSLError as e:
        raise SettingsError(f"{certificate}: is not a certificate in PEM form that belongs to the key {key}") from e
    except OSError as e:
        raise SettingsError(f"{certificate} or {key}: cannot be read: {e.strerror}") from e
    return context


def _trusting(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is None:
        context.load_default_certs()
        return context
    try:
        context.load_verify_locations(ca_file)
    except ssl.SSLError as e:
        raise SettingsError(f"{ca_file}: holds no certificate in PEM form") from e
    except OSError as e:
        raise SettingsError(f"{ca_file}: cannot be read: {e.strerror}") from e
    return context
