"""How long a second gateway may go on alone is bounded, and it speaks TLS alone."""

from pathlib import Path
from typing import Any

import pytest

from appliance.second.settings import FollowSettings
from detection.settings import SettingsError


def made(**more: Any) -> FollowSettings:
    files = {name: Path(name) for name in ("ca_file", "client_certificate", "client_key", "status", "box", "state")}
    return FollowSettings(**{"appliance_url": "https://10.20.0.1:8446", **files, **more})


def test_what_is_left_out_has_a_default() -> None:
    assert (made().alone_hours, made().seconds) == (72, 5.0)
    assert made().client.client_key == Path("client_key")


@pytest.mark.parametrize(
    "more", [{"alone_hours": 0}, {"alone_hours": 337}, {"seconds": 0.0}, {"appliance_url": "http://10.20.0.1:8446"}]
)
def test_what_makes_no_sense_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises((ValueError, SettingsError)):
        made(**more)
