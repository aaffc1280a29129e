import pytest

from proxy_addons.upstream.faults import fault_of


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        ("Certificate verify failed: certificate has expired", "expired"),
        ("Certificate verify failed: hostname mismatch", "wrong-host"),
        ("Certificate verify failed: self signed certificate", "self-signed"),
        ("Certificate verify failed: self-signed certificate in certificate chain", "unknown-issuer"),
        ("Certificate verify failed: something new", "invalid"),
        ("OpenSSL Error([('SSL routines', '', 'invalid status response')])", "revoked"),
        ("The remote server does not speak TLS.", None),
        ("", None),
        (None, None),
    ],
)
def test_a_reason_is_read_off_what_openssl_says(error, fault):
    assert fault_of(error) == fault
