"""Whom a second gateway reports to is said whole, and how long it goes on alone is bounded."""

from typing import Any

import pytest

from appliance.provisioning.first_box import FirstBox


def test_an_address_and_a_default() -> None:
    assert FirstBox(address="https://10.20.0.1:8446").alone_hours == 72


@pytest.mark.parametrize(
    "fields",
    [
        {"address": "10.20.0.1"},
        {"address": "http://10.20.0.1:8446"},
        {"address": "https://10.20.0.1:8446/x"},
        {"address": "https://10.20.0.1:8446", "alone_hours": 0},
        {"address": "https://10.20.0.1:8446", "alone_hours": 400},
    ],
)
def test_what_will_not_do_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"address|alone_hours"):
        FirstBox(**fields)
