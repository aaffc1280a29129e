"""Without TLS 1.3 a certificate of one's own would be seen by whoever is on the way."""

import ssl
from pathlib import Path

from detection.client_tls import tls
from tests.detection.test_client import certificate


def test_what_speaks_no_tls_1_3_is_shown_no_certificate(tmp_path: Path) -> None:
    made = certificate(tmp_path / "device.pem", "127.0.0.1")
    assert tls(made, made, made).minimum_version is ssl.TLSVersion.TLSv1_3
