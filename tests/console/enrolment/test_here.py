"""Each network has its own page and its own PAC file."""

from pathlib import Path

import pytest

from console.enrolment.here import network_of
from tests.console.enrolment.schools import settings


@pytest.mark.parametrize(
    ("asked", "asking", "name"),
    [
        ("10.20.0.1", "10.20.3.4", "pupils"),
        ("10.30.0.1", "10.30.3.4", "guests"),
        ("10.30.0.1", "172.16.1.1", "guests"),  # behind a router of the school's
        ("2001:db8:20::1", "2001:db8:20::7", "pupils"),
        ("0.0.0.0", "::ffff:10.30.0.9", "guests"),
        ("0.0.0.0", "fe80::1%eth1", "pupils"),
        ("", "", "pupils"),
    ],
)
def test_a_network_is_known_by_the_boxs_address_in_it(tmp_path: Path, asked: str, asking: str, name: str) -> None:
    assert network_of(settings(tmp_path), asked, asking).name == name
