"""Real sessions are in test_session; here is what no real end will do."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.replay.tls.key_schedule import expand_label
from proxy_addons.replay.tls.protection import Aead13, Opened, Protection, Unopened, of_tls12
from proxy_addons.replay.tls.records import Record
from proxy_addons.replay.tls.suites import SUITES

SECRET = bytes(range(32))
NUMBERS = [0x1301, 0x1303, 0x1304, 0x1305]
OLDER = [0x9C, 0xCCA8, 0xC09C, 0xC0A0, 0x2F, 0xC028]


def sealed(plain: bytes, number: int = 0, secret: bytes = SECRET) -> Record:
    """By RFC 8446, 5.2, in TLS_AES_128_GCM_SHA256."""
    key, iv = (expand_label(secret, name, size, "sha256") for name, size in ((b"key", 16), (b"iv", 12)))
    header = b"\x17\x03\x03" + (len(plain) + 16).to_bytes(2, "big")
    nonce = bytes(a ^ b for a, b in zip(iv, number.to_bytes(12, "big"), strict=True))
    return Record(23, header, AESGCM(key).encrypt(nonce, plain, header))


def protections() -> list[Protection]:
    made: list[Protection] = [Aead13(SUITES[number], SECRET) for number in NUMBERS]
    for number in OLDER:
        for mac_last in (True, False):
            made += of_tls12(SUITES[number], bytes(48), bytes(64), mac_last=mac_last)
    return made


def test_padding_is_taken_off_and_told() -> None:
    opening = Aead13(SUITES[0x1301], SECRET)
    assert opening.open(sealed(b"hello\x17", 7), 7) == Opened(23, b"hello", padded=False)
    assert opening.open(sealed(b"hello\x00\x17" + bytes(100)), 0) == Opened(23, b"hello\x00", padded=True)


def test_another_number_and_nothing_but_padding_are_not_opened() -> None:
    opening = Aead13(SUITES[0x1301], SECRET)
    for record, number in ((sealed(b"hello\x17"), 1), (sealed(bytes(9)), 0), (sealed(b""), 0)):
        with pytest.raises(Unopened):
            opening.open(record, number)


@given(st.binary(max_size=100), st.integers(0, 2**64 - 1))
def test_no_bytes_are_opened_that_the_key_did_not_seal(body: bytes, number: int) -> None:
    for opening in protections():
        for kind in (20, 22, 23):
            with pytest.raises(Unopened):
                opening.open(Record(kind, b"\x17\x03\x03" + len(body).to_bytes(2, "big"), body), number)
