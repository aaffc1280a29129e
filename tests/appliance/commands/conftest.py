"""A settings file for the commands to be run with."""

import json
from pathlib import Path

import pytest


@pytest.fixture
def config(tmp_path: Path, url: str) -> Path:
    file = tmp_path / "appliance.toml"
    file.write_text(f'database = {json.dumps(url)}\nvault = "vault"\nprivate_key = "keys/appliance.key"\n')
    return file
