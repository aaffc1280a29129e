from pathlib import Path

import pytest

from detection.asking import newer
from detection.client import Client, ClientSettings
from detection.json_object import WireError
from tests.detection.scripted_appliance import TOKEN, Scripted, scripted_appliance, token_file


def test_only_what_is_new_is_taken_and_a_refused_token_is_read_again(tmp_path: Path) -> None:
    with scripted_appliance() as appliance:
        appliance.answers += [Scripted(200, b"old"), Scripted(304), Scripted(401), Scripted(200, b"new")]
        file = token_file(tmp_path)
        client = Client(ClientSettings(appliance_url=appliance.url, token_file=file))
        first = newer(client, "/things", "")
        assert first is not None
        assert first.body == b"old"
        assert newer(client, "/things", '"1"') is None
        file.write_text("another-token-of-the-gate")
        with pytest.raises(WireError, match="answer 401"):
            newer(client, "/things", '"1"')
        again = newer(client, "/things", '"1"')
        client.close()
    assert again is not None
    assert again.body == b"new"
    tokens = [asked.headers["Authorization"].removeprefix("Bearer ") for asked in appliance.asked]
    assert tokens == [TOKEN] * 3 + ["another-token-of-the-gate"]
    assert [asked.headers.get("If-None-Match", "") for asked in appliance.asked] == ["", '"1"', '"1"', '"1"']
