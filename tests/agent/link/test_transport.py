import sys
from pathlib import Path, PureWindowsPath

import pytest

from agent.link.transport import PLACE, PLACES


@pytest.mark.skipif(sys.platform != "linux", reason="says where it is on Linux")
def test_the_service_is_met_where_its_unit_may_write() -> None:
    assert str(PLACE) == "/run/gatehouse-agent/agent.sock"


def test_each_system_has_a_place_of_its_own_kind() -> None:
    recipe = (Path(__file__).parents[3] / "agent" / "packaging" / "macos" / "scripts" / "postinstall").read_text()
    assert PLACES["darwin"].parent.as_posix().replace("/Library/Application Support/Gatehouse Agent", "$own") in recipe
    assert str(PureWindowsPath(PLACES["win32"])) == r"\\.\pipe\gatehouse-agent"
