from pathlib import Path

import pytest

from appliance.running.hold import HeldError, hold


def test_a_folder_is_held_by_one_until_it_lets_go(tmp_path: Path) -> None:
    with hold(tmp_path), pytest.raises(HeldError, match="in use by another gatehouse run"), hold(tmp_path):
        pass
    with hold(tmp_path):
        pass
