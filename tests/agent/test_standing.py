"""Standing: what a person at the device is told arrives whole."""

import json

from agent.standing import Standing, read_standing, standing_fields
from detection.agent_policy.notice import Notice
from detection.json_object import read_object


def test_what_is_told_arrives_as_it_was_said() -> None:
    told = Standing(
        version="1.0",
        paused="",
        monitored=("what is typed",),
        never=("passwords",),
        why="on the school's network",
        account="a.clarke",
        device="laptop-7",
        connection="connected",
        notice=Notice(school="Hill School"),
    )
    assert read_standing(read_object(json.dumps(standing_fields(told)).encode())) == told
