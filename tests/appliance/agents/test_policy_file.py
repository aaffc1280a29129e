"""A policy is read as TOML or JSON, says what it does not say too, and is named by what it says."""

import json
from pathlib import Path
from typing import Any

import pytest

from appliance.agents import policy_file
from detection.agent_policy.fields import PolicyError

TOML = """
holidays = [{from = 2026-12-19, to = 2027-01-04}]
[[hours]]
days = [1, 2, 3, 4, 5]
from = 08:00:00
to = "17:00"
[off_site]
keep_from = 4
[groups.12.off_site]
watch = false
"""


def complete(written: dict[str, Any]) -> dict[str, Any]:
    return policy_file.complete(written, "Oak School", "Europe/London")


def test_the_defaults_watch_less_off_site() -> None:
    plain = complete({})
    assert (plain["off_site"]["screen"], plain["off_site"]["ocr"], plain["on_site"]["screen"]) == (False, False, True)
    assert plain["version"] == complete({})["version"]
    assert plain["version"] != complete({"second_opinion": False})["version"]


def test_days_and_times_are_those_of_toml_or_texts_and_json_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(TOML)
    read = complete(policy_file.load(tmp_path / "policy.toml"))
    assert read["holidays"] == [{"from": "2026-12-19", "to": "2027-01-04"}]
    assert read["hours"] == [{"days": [1, 2, 3, 4, 5], "from": "08:00", "to": "17:00"}]
    assert read["groups"]["Year 12"]["off_site"]["watch"] is False
    assert read["groups"]["Year 12"]["off_site"]["keep_from"] == 4
    (tmp_path / "policy.json").write_text(json.dumps(read))
    assert complete(policy_file.load(tmp_path / "policy.json")) == read


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [("p.json", "{", "is not JSON"), ("p.json", "[]", "must be an object"), ("p.toml", "= 1", "p.toml")],
)
def test_what_cannot_be_read_is_said_with_its_file(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(PolicyError, match=said):
        policy_file.load(tmp_path / name)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"groups": {"staff": {}}}, "staff are not watched"),
        ({"groups": {"Year 40": {}}}, r"groups\.Year 40: there is no group"),
        ({"groups": []}, "groups: must be a table"),
        ({"onsite": {}}, "onsite: is not known here; known: .*on_site"),
    ],
)
def test_what_will_not_do_at_a_school_is_named(written: dict[str, Any], said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        complete(written)
