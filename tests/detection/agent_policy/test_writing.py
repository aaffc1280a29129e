"""A policy that is written is read as the same one, and goes by a name that follows from what it says."""

import json
from dataclasses import replace
from zoneinfo import ZoneInfo

from detection.agent_policy.notice import Notice
from detection.agent_policy.policy import Policy
from detection.agent_policy.reading import read_told, read_written
from detection.agent_policy.writing import fields_of

PLAIN = Policy(notice=Notice(school="Hill School", by="Ms Ames"), time_zone=ZoneInfo("Europe/London"))
FULL = {
    "hours": [
        {"days": [1, 7], "from": "18:00", "to": "24:00"},
        {"days": [5], "from": "22:00", "to": "06:00"},
        {"days": [6], "from": "00:00", "to": "24:00"},
    ],
    "holidays": [{"from": "2026-12-19", "to": "2027-01-04"}],
    "outside_hours": "off",
    "on_site": {"keep_from": 2, "earlier_pictures": 10, "ocr": True, "prints": True, "removable": True},
    "off_site": {"watch": False, "deleted": ["suicide"]},
    "groups": {"Year 12": {"on_site": {"screen": False}}, "Year 13": {"on_site": {"watch": False}}},
    "networks": [{"addresses": "10.9.0.0/16", "scope": "off"}, {"addresses": "fd00::/8", "scope": "off-site"}],
    "private_windows": [{"title": "My bank"}, {"app": "Diary", "address": "diary.example"}],
    "folders": ["Documents", "Desktop/School work"],
    "second_opinion": False,
}


def test_a_device_reads_what_was_written_as_it_was_meant() -> None:
    meant = read_written(FULL, PLAIN)
    fields = fields_of(meant)
    assert read_told(json.dumps(fields).encode()) == replace(meant, version=fields["version"])
    assert fields_of(read_written(fields, PLAIN)) == fields


def test_the_name_follows_from_what_it_says() -> None:
    versions = {fields_of(read_written(said, PLAIN))["version"] for said in (FULL, FULL, {}, {"off_site": {}})}
    assert len(versions) == 2
