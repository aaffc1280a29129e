import pytest

from proxy_addons.upstream.faults import Fault
from proxy_addons.upstream.page import _WHY, page


def test_every_fault_has_its_words():
    assert set(_WHY) == set(Fault)


def test_a_bad_certificate_is_told_in_plain_words():
    told = page(502, "Certificate verify failed: certificate has expired").decode()
    assert "has expired" in told
    assert "nothing was sent" in told
    assert "<code>expired</code>" in told
    assert "OpenSSL" not in told


@pytest.mark.parametrize("status", [502, 400])
def test_what_the_other_side_said_is_shown_as_text_alone(status):
    told = page(status, "<script>alert('x')</script>{title}").decode()
    assert "<script" not in told
    assert "&lt;script&gt;" in told
    assert "mitmproxy" not in told.lower()
