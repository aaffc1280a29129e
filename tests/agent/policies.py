"""A school's policy as its appliance says it, for tests that change a part of it."""

import json
from typing import Any

from detection.agent_policy.policy import Policy
from detection.agent_policy.reading import read_told

PLAIN: dict[str, Any] = {
    "version": "p1",
    "notice": {
        "school": "Hill School",
        "text": "This device is monitored.",
        "by": "Ms Ames",
        "link": "https://hill.example/notice",
        "help": "tel:116123",
    },
    "hours": [],
    "holidays": [],
    "time_zone": "Europe/London",
    "outside_hours": "off-site",
    "on_site": {},
    "off_site": {},
    "groups": {},
    "networks": [],
    "private_windows": [],
    "folders": ["Documents"],
    "second_opinion": False,
}
WEEK = [{"days": [1, 2, 3, 4, 5], "from": "08:00", "to": "17:00"}]


def written(**changes: Any) -> bytes:
    return json.dumps(PLAIN | changes).encode()


def policy(**changes: Any) -> Policy:
    return read_told(written(**changes))
