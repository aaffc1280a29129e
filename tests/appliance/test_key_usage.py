"""A key signs certificates or proves who its holder is, never both."""

import pytest

from appliance.key_usage import key_usage


@pytest.mark.parametrize("signs", [True, False])
def test_a_key_does_one_of_the_two(signs: bool) -> None:
    usage = key_usage(signs_certificates=signs)
    assert (usage.key_cert_sign, usage.crl_sign, usage.digital_signature) == (signs, signs, not signs)
    assert not any((usage.key_encipherment, usage.key_agreement, usage.data_encipherment, usage.content_commitment))
