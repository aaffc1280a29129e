"""Whom a code may be told to."""

import base64
import hashlib
import ssl
from pathlib import Path

import pytest

from detection.client import NoAnswerError
from detection.enrolling.pin import WrongAuthorityError, fetch_authority, fingerprint, pin_of
from tests.agent.appliance import agents_appliance


def test_the_pin_stands_behind_the_point() -> None:
    digest = bytes(range(16))
    said = base64.b32encode(digest).decode().rstrip("=").lower()
    assert pin_of(f"abcd-efgh.{said}") == digest
    assert pin_of("abcd-efgh") == b""
    with pytest.raises(ValueError, match=r"(?i)digit|padded|base32"):
        pin_of("abcd.1!")


def test_a_fingerprint_is_taken_as_people_copy_it() -> None:
    digest = hashlib.sha256(b"x").digest()
    assert fingerprint(digest.hex()) == digest
    assert fingerprint(digest.hex(":").upper()) == digest
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        fingerprint("ab:cd")


def test_only_the_authority_that_was_meant_is_taken(tmp_path: Path) -> None:
    with agents_appliance(tmp_path) as appliance:
        digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(appliance.authority.pem.decode())).digest()
        assert fetch_authority(appliance.url, digest[:16]).encode() == appliance.authority.pem.strip()
        for wrong in (bytes(16), b""):
            with pytest.raises(WrongAuthorityError, match="another one"):
                fetch_authority(appliance.url, wrong)
        assert appliance.http.asked[0].body == b""
        url = appliance.url
    with pytest.raises(NoAnswerError):
        fetch_authority(url, digest)
