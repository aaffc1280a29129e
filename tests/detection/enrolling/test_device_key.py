"""The device's key."""

from detection.enrolling.device_key import belongs, life_of, new_key, request
from tests.detection.authority import Authority


def test_a_certificate_belongs_to_the_key_it_was_asked_for_with() -> None:
    key, other = new_key(), new_key()
    certificate = Authority().sign(request(key, "laptop-7"), "laptop-7").decode()
    assert belongs(key, certificate)
    assert not belongs(other, certificate)
    assert not belongs(key, "nothing")


def test_a_device_without_a_name_can_ask_too_and_a_long_one_is_cut() -> None:
    assert "CERTIFICATE REQUEST" in request(new_key(), "")
    assert "CERTIFICATE REQUEST" in request(new_key(), "x" * 200)


def test_a_certificates_life_is_told_with_its_zone() -> None:
    since, until = life_of(Authority().pem.decode())
    assert since < until
    assert since.endswith("+00:00")
