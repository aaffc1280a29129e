"""Against the derivations of a library of its own."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from proxy_addons.replay.tls.key_schedule import expand_label, next_secret, prf

HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384()}


@pytest.mark.parametrize("name", HASHES)
@pytest.mark.parametrize("size", [12, 16, 32, 48, 100])
def test_labels_are_expanded_as_hkdf_does(name: str, size: int) -> None:
    info = size.to_bytes(2, "big") + b"\x09tls13 key\x00"
    secret = bytes(range(HASHES[name].digest_size))
    assert expand_label(secret, b"key", size, name) == HKDFExpand(HASHES[name], size, info).derive(secret)


def test_the_next_secret_is_as_long_as_the_one_before() -> None:
    assert len(next_secret(bytes(48), "sha384")) == 48


def test_the_prf_gives_the_published_bytes() -> None:
    """The test vector for P_SHA256 that the TLS working group's list has had since TLS 1.2."""
    secret = bytes.fromhex("9bbe436ba940f017b17652849a71db35")
    seed = bytes.fromhex("a0ba9f936cda311827a6f796ffd5198c")
    made = prf(secret, b"test label", seed, 100, "sha256")
    assert made[:16].hex() == "e3f229ba727be17b8d122620557cd453"
    assert made[-4:].hex() == "87347b66"
