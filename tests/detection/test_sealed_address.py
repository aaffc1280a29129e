"""A sealed address is text that only the private key opens."""

import pytest
from nacl.public import PrivateKey

from detection.sealed_address import is_sealed, opened, seal
from detection.sealing import Opener, Sealer, SealingError

PRIVATE = PrivateKey.generate()
SEALER = Sealer(bytes(PRIVATE.public_key))


def test_it_is_opened_as_it_was_written() -> None:
    sealed = seal("https://listed.test/ü\udc80", SEALER)
    assert is_sealed(sealed)
    assert opened(sealed, Opener(bytes(PRIVATE))) == "https://listed.test/ü?"


@pytest.mark.parametrize("sealed", [seal("x", Sealer(bytes(PrivateKey.generate().public_key))), "sealed:!", "sealed:"])
def test_another_key_or_a_damaged_box_opens_nothing(sealed: str) -> None:
    with pytest.raises(SealingError):
        opened(sealed, Opener(bytes(PRIVATE)))


def test_an_ordinary_location_is_not_sealed() -> None:
    assert not is_sealed("https://chat.example/room/7")
