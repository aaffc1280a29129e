import pytest

from proxy_addons.replay import layer_kinds
from proxy_addons.replay.layer_kinds import two


def test_no_two_kinds_have_one_number() -> None:
    numbers = [value for name, value in vars(layer_kinds).items() if name.isupper() and isinstance(value, int)]
    assert len(numbers) > 30
    assert len(numbers) == len(set(numbers))


def test_two_bytes_are_a_number_the_greater_first() -> None:
    assert two(b"\x00\x08\x06", 1) == 0x0806
    with pytest.raises(IndexError):
        two(b"\x08", 0)
