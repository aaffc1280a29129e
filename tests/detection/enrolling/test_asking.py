"""What is told to whom, when somebody asks to be let in."""

import json
from pathlib import Path

import pytest

from detection.client import Failure, NoAnswerError
from detection.enrolling import device_key
from detection.enrolling.asking import ask
from detection.settings import SettingsError
from tests.agent.appliance import CODE, agents_appliance


def test_the_pin_behind_the_code_is_kept_for_oneself(tmp_path: Path) -> None:
    with agents_appliance(tmp_path) as appliance:
        said = {"csr": device_key.request(device_key.new_key(), "lab"), "system": "", "agent_version": ""}
        assert ask(appliance.url, f" {CODE} .abcdefgh", said, appliance.authority.pem).status == 201
        assert json.loads(appliance.http.asked[-1].body) == {"version": 1, "code": CODE, **said}


def test_who_is_not_trusted_is_told_nothing(tmp_path: Path) -> None:
    with agents_appliance(tmp_path) as appliance:
        with pytest.raises(NoAnswerError) as raised:
            ask(appliance.url, CODE, {}, b"")
        assert (raised.value.failure, appliance.http.asked) == (Failure.CERTIFICATE, [])


def test_what_is_no_certificate_is_called_by_its_name() -> None:
    with pytest.raises(SettingsError, match=r"^school\.pem: holds no certificate"):
        ask("https://127.0.0.1:1", CODE, {}, b"hello", "school.pem")
