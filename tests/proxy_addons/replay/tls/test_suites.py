"""Against the names that scapy has for the same numbers."""

import re

import pytest
from scapy.layers.tls.crypto.suites import _tls_cipher_suites

from proxy_addons.replay.tls.suites import SUITES, Cipher

PARTS = {Cipher.GCM: "GCM", Cipher.CHACHA20: "CHACHA20", Cipher.CCM: "CCM", Cipher.CCM_8: "CCM_8", Cipher.CBC: "CBC"}
UNNAMED = {0xD001, 0xD002, 0xD003, 0xD005}
"""ECDHE with pre-shared keys (RFC 8442), which scapy does not know."""


@pytest.mark.parametrize("number", sorted(SUITES.keys() - UNNAMED), ids=hex)
def test_a_number_stands_for_what_its_name_says(number: int) -> None:
    name, suite = _tls_cipher_suites[number], SUITES[number]
    cipher = re.search(r"(GCM|CHACHA20|CCM_8|CCM|CBC)", name)
    hashed = re.search(r"SHA(\d*)$", name)
    assert cipher
    assert cipher[1] == PARTS[suite.cipher]
    assert suite.key == (int(found[1]) // 8 if (found := re.search(r"AES_(\d+)", name)) else 32)
    named = f"sha{hashed[1] or 1}" if hashed else "sha256"
    assert suite.hash == (named if named == "sha384" else "sha256")
    assert suite.mac == (named if suite.cipher is Cipher.CBC else "")
